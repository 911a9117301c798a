create schema if not exists audit;
create schema if not exists landing authorization rbpk_owner;
create schema if not exists quarantine authorization rbpk_owner;
create schema if not exists linkage authorization rbpk_owner;
create schema if not exists marts authorization rbpk_publisher;
create schema if not exists published authorization rbpk_publisher;
create schema if not exists lists authorization rbpk_lists;
create schema if not exists restricted authorization rbpk_publisher;

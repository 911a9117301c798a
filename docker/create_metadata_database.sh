#!/bin/sh
# Runs once, when the volume is empty: Airflow's metadata has its own database and its own login.
set -eu
psql --set=ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" --set=password="$AIRFLOW_DB_PASSWORD" <<'SQL'
create role airflow login password :'password';
create database airflow owner airflow;
revoke all on database airflow from public;
SQL

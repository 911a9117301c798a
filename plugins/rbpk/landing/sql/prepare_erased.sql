create temporary table if not exists erased_rows (
    delivery_id text not null,
    sheet text not null,
    source_row integer not null,
    leaves boolean not null,
    primary key (delivery_id, sheet, source_row)
) on commit drop;
truncate pg_temp.erased_rows

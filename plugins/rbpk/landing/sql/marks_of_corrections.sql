array(
    select 'nik:' || quarantine.digits(cells.value)
    from jsonb_each_text(coalesce(landed.extra, '{{}}')) as cells
)

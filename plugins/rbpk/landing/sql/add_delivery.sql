insert into audit.deliveries (
    delivery_id, regency_code, period, feed, entity, source_file, sha256, size_bytes, stored_as,
    file_format, header_shape, status, error_code, error_message, ba_number
)
values (
    %(delivery_id)s, %(regency_code)s, %(period)s, %(feed)s, %(entity)s, %(source_file)s, %(sha256)s,
    %(size_bytes)s, %(stored_as)s, %(file_format)s, %(header_shape)s, %(status)s, %(error_code)s,
    %(error_message)s, %(ba_number)s
)

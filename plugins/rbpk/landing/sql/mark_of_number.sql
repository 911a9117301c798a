'nik:' || quarantine.digits({number})

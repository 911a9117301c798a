{home} || quarantine.digits({number}) || '|' || quarantine.letters({name})

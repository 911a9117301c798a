"""Who is the same person, and which household is theirs."""

"""RBPK Data: poverty-programme feeds in, gated and published marts out."""

"""The embedded default: one private PostgreSQL and one Airflow on loopback, kept in one folder."""

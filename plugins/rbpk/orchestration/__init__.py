"""The only room that knows Airflow and reads the environment: settings, connections, retries, steps."""

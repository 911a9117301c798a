"""`python -m benchmarks.dbt_command`: dbt's command line, its adapter changed as in a run."""

from dbt.cli.main import cli

from rbpk.orchestration.dbt_adapter import adapt_dbt

if __name__ == "__main__":
    adapt_dbt()
    cli()

"""`python -m benchmarks.dbt_command`: dbt as a run calls it; the last line says how many seconds its nodes took."""

import sys

from dbt.cli.main import dbtRunner

from rbpk.orchestration.dbt_adapter import adapt_dbt

if __name__ == "__main__":
    adapt_dbt()
    done = dbtRunner().invoke(sys.argv[1:])
    if not done.success:
        sys.exit(str(done.exception or "a node failed"))
    print(getattr(done.result, "elapsed_time", 0.0))

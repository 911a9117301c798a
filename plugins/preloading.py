"""What Airflow itself loads of this project beside the DAGs: a listener that spares tasks their imports."""

from __future__ import annotations

from airflow.plugins_manager import AirflowPlugin

from rbpk.orchestration import preloading


class Preloading(AirflowPlugin):
    """Loads the libraries of the tasks in the scheduler."""

    name = "rbpk_preloading"
    listeners = (preloading,)

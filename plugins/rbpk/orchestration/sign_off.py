"""The box in the month where a person says yes or no, drawn only where the installation asks for it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from airflow.providers.standard.operators.hitl import ApprovalOperator
from airflow.sdk import Param

from rbpk.orchestration.transformations import OPENING_TASK

if TYPE_CHECKING:
    from rbpk.orchestration.settings import Settings


class SignOff(ApprovalOperator):
    """An approval whose answer is kept in the audit before anything follows from it."""

    def execute_complete(self, context: Any, event: dict[str, Any]) -> Any:  # noqa: ANN401 - Airflow's signature
        """Keep who said what; then go on, or skip what is downstream."""
        from rbpk.orchestration.steps import signing  # noqa: PLC0415 - not at every look at the DAG

        signing.keep_decision(context["ti"].xcom_pull(task_ids=OPENING_TASK), event)
        return super().execute_complete(context, event)


def sign_off(settings: Settings) -> SignOff:
    """Return the box; an unanswered one is refused after the hours the installation gives."""
    return SignOff(
        task_id="sign_off",
        task_display_name="Pengesahan · Sign-off",
        subject="Terbitkan {{ ti.xcom_pull(task_ids='open_release')['release_id'] }}? · Publish?",
        body="{{ ti.xcom_pull(task_ids='describe_changes') }}",
        defaults=ApprovalOperator.REJECT,
        response_timeout=timedelta(hours=settings.sign_off_hours),
        params={
            "reason": Param("", type="string", title="Alasan · Reason"),
            "ba_number": Param("", type="string", title="Nomor berita acara · Number of the minutes"),
        },
    )

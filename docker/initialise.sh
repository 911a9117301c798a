#!/bin/sh
# Brings metadata database, warehouse and UI login to the version of this image; safe to run again.
set -eu
airflow db migrate
python -m rbpk.orchestration.installation
umask 077
python - <<'PY'
import json, os, pathlib
pathlib.Path("/opt/airflow/auth/passwords.json").write_text(json.dumps({"admin": os.environ["RBPK_UI_PASSWORD"]}))
PY

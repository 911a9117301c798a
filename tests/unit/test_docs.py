"""The documents keep up with the code: generated pages are current, every code is explained."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
PLUGINS = REPOSITORY / "plugins" / "rbpk"
ERRORS = (REPOSITORY / "docs" / "errors.md").read_text(encoding="utf-8")
ROOMS = "step|dbt|feed|file|delivery|source|gate|release|linkage|contract|scenario|config|warehouse"
DOTTED = re.compile(rf"\"((?:{ROOMS})\.[a-z_]+)\"")
# The codes a table of errors.md explains: its first column.
EXPLAINED = re.findall(r"`([A-Za-z_]+\.?[a-z_]*)`", "\n".join(re.findall(r"^\| (`.*?) \|", ERRORS, re.MULTILINE)))
WHOLE_FILE = ("HDR_UNKNOWN", "HDR_MISSING_COL", "HDR_DUPLICATE_COL", "FILE_PERIOD")


def codes_in_the_code() -> list[str]:
    """Collect the code of every error, every dotted one, and every reason a row is refused for."""
    from rbpk.errors import RbpkError  # noqa: PLC0415
    from rbpk.feeds.reasons import REASONS  # noqa: PLC0415

    def codes(kind: type[RbpkError]) -> set[str]:
        return {kind.code}.union(*map(codes, kind.__subclasses__()))

    dotted = {code for path in PLUGINS.rglob("*.py") for code in DOTTED.findall(path.read_text(encoding="utf-8"))}
    tables = {"linkage.person_links"}
    return sorted((dotted - tables) | codes(RbpkError) | set(REASONS) | set(WHOLE_FILE))


@pytest.mark.parametrize("code", codes_in_the_code())
def test_every_code_is_explained(code: str) -> None:
    assert f"`{code}`" in ERRORS


def test_every_code_that_is_explained_is_given() -> None:
    assert len(EXPLAINED) > 60
    sources = "".join(path.read_text("utf-8") for kind in ("py", "yml", "sql") for path in PLUGINS.rglob(f"*.{kind}"))
    # A correction workbook that mends nothing is refused by what most of its rows are refused for.
    given = {code: re.sub(r"^correction\.(.*)", lambda of: f"CORR_{of[1].upper()}", code) for code in EXPLAINED}
    assert [code for code, name in given.items() if not re.search(rf"\b{name}\b", sources)] == []


def test_the_data_dictionary_is_current() -> None:
    command = [sys.executable, str(REPOSITORY / "docs" / "dictionary.py"), "--check"]
    environment = {"PYTHONPATH": str(REPOSITORY / "plugins"), "PATH": "/usr/bin:/bin"}
    checked = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert checked.returncode == 0, checked.stderr


@pytest.mark.parametrize("page", sorted(REPOSITORY.glob("*.md")) + sorted((REPOSITORY / "docs").rglob("*.md")), ids=str)
def test_links_between_documents_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!http)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_every_requirement_is_answered_by_what_is_there() -> None:
    page = (REPOSITORY / "docs" / "requirements.md").read_text(encoding="utf-8")
    project = REPOSITORY / "dbt_project"
    models = {path.stem for path in (project / "models").rglob("*.sql")}
    cases = "".join(path.read_text(encoding="utf-8") for path in (project / "models").rglob("*unit_tests.yml"))
    known = models | set(re.findall(r"- name: ([a-z_]+)", cases))
    named = {
        name
        for line in page.splitlines()
        if line.startswith("| R")
        for column in line.split("|")[3:5]
        for name in re.findall(r"`([a-z0-9]+_[a-z0-9_]+)`", re.sub(r"\(.*?\)|seed `[a-z_]+`", "", column))
    }
    assert named - known == {"person_links", "regency_code", "release_id"}
    spans = re.findall(r"^\| R(\d+)(?:-R(\d+))? \|", page, re.MULTILINE)
    assert [one for first, last in spans for one in range(int(first), int(last or first) + 1)] == list(range(1, 61))

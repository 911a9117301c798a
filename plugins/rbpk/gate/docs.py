"""The quality report people open: one small page a delivery or release, counts only.

GX's own Data Docs are not used: their pages load a dozen scripts and a logo from third parties,
so they are broken on a server without internet and tell strangers who looks; they know one
language and no next step; and their template prints whatever a result holds.
"""

from __future__ import annotations

import html
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rbpk.gate.results import CheckResult, Verdict

KEEP = 60
_STYLE = (
    "body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:75rem;padding:0 1rem;color:#1c2733}"
    "table{border-collapse:collapse;width:100%}th,td{border-bottom:1px solid #d9dfe5;padding:.45rem;"
    "text-align:left;vertical-align:top}"
    "td.n{text-align:right;white-space:nowrap}small{color:#566573;display:block}"
    ".fail{background:#fdecea}.warn{background:#fff6df}.ok b{color:#1e7b34}.fail b{color:#a61b1b}.warn b{color:#8a5a00}"
)


def write(verdict: Verdict, docs_dir: Path, kind: str) -> Path:
    """Write the page of one verdict, keep the newest `KEEP` of its kind, and renew the index."""
    folder = docs_dir / kind
    folder.mkdir(parents=True, exist_ok=True)
    page = folder / f"{verdict.subject}.html"
    _replace(page, _page(verdict))
    pages = sorted(folder.glob("*.html"), key=_age, reverse=True)
    for old in pages[KEEP:]:
        # Another gate may prune at the same moment.
        old.unlink(missing_ok=True)
    _replace(docs_dir / "index.html", _index(docs_dir))
    return page


def _age(page: Path) -> float:
    with suppress(FileNotFoundError):
        return page.stat().st_mtime
    return 0.0


def _replace(page: Path, text: str) -> None:
    """Put a page in place at once; a reader never sees half of one."""
    handle, name = tempfile.mkstemp(dir=page.parent, suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
        Path(name).chmod(0o644)
        Path(name).replace(page)
    finally:
        Path(name).unlink(missing_ok=True)


def _frame(title: str, body: str) -> str:
    return (
        f'<!doctype html><html lang="id"><meta charset="utf-8"><title>{html.escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style><body>{body}</body></html>\n'
    )


def _page(verdict: Verdict) -> str:
    answer = "Lolos · Passed" if verdict.passed else "Ditahan · Blocked"
    rows = "".join(_row(result) for result in sorted(verdict.results, key=_gravity))
    return _frame(
        f"{verdict.subject}: {answer}",
        f'<p><a href="../index.html">Semua laporan · All reports</a></p><h1>{html.escape(verdict.subject)}</h1>'
        f"<h2>{answer}</h2><p>{len(verdict.results)} aturan · rules; {len(verdict.blocking)} menahan · blocking; "
        f"{len(verdict.warnings)} peringatan · warnings</p>"
        "<table><thead><tr><th>Aturan · Rule</th><th>Tabel · Table</th><th>Hasil · Result</th>"
        "<th>Terukur · Measured</th><th>Batas · Limit</th><th>Arti dan langkah · Meaning and next step</th></tr>"
        f"</thead><tbody>{rows}</tbody></table>",
    )


def _gravity(result: CheckResult) -> tuple[int, str, str]:
    rank = 0 if result.blocks else 1 if not result.success else 2
    return rank, result.suite, result.rule


def _row(result: CheckResult) -> str:
    style, answer = _answer(result)
    cells = (html.escape(text) for text in (result.rule, result.suite, answer))
    rule, suite, shown = cells
    measured = "-" if result.observed is None else f"{result.observed:,.10g}"
    step = (
        "" if result.success else f"<small>&rarr; {html.escape(result.next_step)} ({html.escape(result.owner)})</small>"
    )
    return (
        f'<tr class="{style}"><td>{rule}</td><td>{suite}</td><td><b>{shown}</b><small>{html.escape(result.severity)}'
        f'</small></td><td class="n">{measured}</td><td class="n">{html.escape(result.threshold)}</td>'
        f"<td>{html.escape(result.description_id)}<small>{html.escape(result.description)}</small>{step}</td></tr>"
    )


def _answer(result: CheckResult) -> tuple[str, str]:
    if result.crashed:
        return "fail", "tidak dapat diperiksa · could not run"
    if result.success:
        return "ok", "baik · good"
    return ("fail", "gagal · failed") if result.blocks else ("warn", "perhatian · note")


def _index(docs_dir: Path) -> str:
    parts = []
    for kind, title in (("releases", "Rilis · Releases"), ("deliveries", "Kiriman · Deliveries")):
        pages = sorted((docs_dir / kind).glob("*.html"), key=_age, reverse=True)
        items = "".join(f'<li><a href="{kind}/{html.escape(p.name)}">{html.escape(p.stem)}</a></li>' for p in pages)
        parts.append(f"<h2>{title}</h2><ul>{items}</ul>")
    return _frame("Laporan mutu · Quality reports", f"<h1>Laporan mutu · Quality reports</h1>{''.join(parts)}")

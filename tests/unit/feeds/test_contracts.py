"""Contracts load strictly, and recognise every header they promise to."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from rbpk.errors import ContractInvalid
from rbpk.feeds import CONTRACTS, FEEDS, contract_for
from rbpk.feeds.contract import Kind
from rbpk.feeds.header_misses import NearMiss, refuse
from rbpk.feeds.headers import Layout, find_layouts, wanted
from rbpk.feeds.loader import load_contract
from rbpk.feeds.registry import readable

if TYPE_CHECKING:
    from rbpk.feeds.contract import Contract

GOOD = """
owner: Dinas
description: {id: a, en: b}
natural_key: [kunci]
carry_forward_months: 1
columns:
  kunci: {kind: key, required: true, titles: [Kunci], id: a, en: b}
  nik: {kind: nik, titles: [NIK], id: a, en: b}
shapes:
  one: {requires: [nik], id: a, en: b}
"""


def test_every_feed_has_its_contracts() -> None:
    assert set(FEEDS) == {
        "apbd", "apbdes", "baznas", "blt_dd", "bps", "corrections", "decisions", "dtks", "dtsen", "handover",
        "opd", "p3ke", "pkh", "tjsp", "tni", "verval",
    }  # fmt: skip
    assert len({c.table for c in CONTRACTS}) == len(CONTRACTS) == 29


def test_deciles_of_p3ke_and_dtsen_are_never_one_column() -> None:
    names = {c.feed: {column.name for column in c.of_kind(Kind.DESIL)} for c in CONTRACTS if c.of_kind(Kind.DESIL)}
    assert names == {"p3ke": {"desil_kesejahteraan"}, "dtsen": {"desil_nasional"}}


def test_landing_columns_are_plain_and_each_there_once() -> None:
    for contract in CONTRACTS:
        names = [name for name, _ in contract.landing_columns()]
        assert len(names) == len(set(names))


def test_naming_the_feeds_loads_neither_yaml_nor_dataframes() -> None:
    code = "import sys, rbpk.feeds; rbpk.feeds.FEEDS; print({'yaml', 'polars'} & set(sys.modules))"
    folder = str(Path(__file__).parents[3] / "plugins")
    told = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": folder},
    )
    assert told.stdout.strip() == "set()"


def test_a_good_contract_loads(tmp_path: Path) -> None:
    (tmp_path / "x__y.yaml").write_text(GOOD)
    contract = load_contract(tmp_path / "x__y.yaml", {})
    assert (contract.table, contract.owner, contract.column("nik").is_identifier) == ("x__y", "Dinas", True)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("owner: Dinas", "ownr: Dinas", "unknown key ownr"),
        ("kind: nik", "kind: nikk", "nikk"),
        ("requires: [nik]", "requires: [nik2]", "requires nik2"),
        ("natural_key: [kunci]", "natural_key: [kunci2]", "natural_key names kunci2"),
        ("titles: [NIK]", "titles: [Kunci]", "belongs to"),
        ("carry_forward_months: 1", "carry_forward_months: -1", "negative"),
        ("  nik: {kind: nik", "  sheet: {kind: nik", "column of the platform"),
        ("kind: nik", "kind: code", "needs codes"),
        ("owner: Dinas", "owner: [", "not YAML"),
    ],
)
def test_a_slip_in_a_contract_is_an_error(tmp_path: Path, before: str, after: str, said: str) -> None:
    (tmp_path / "x__y.yaml").write_text(GOOD.replace(before, after))
    with pytest.raises(ContractInvalid, match=said):
        load_contract(tmp_path / "x__y.yaml", {})


def header(feed: str, entity: str) -> list[str | None]:
    contract = contract_for(feed, entity)
    return [(column.titles or (column.name,))[0] for column in contract.columns]


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda c: c.table)
def test_recognises_its_own_full_header_anywhere_in_the_first_rows(contract: object) -> None:
    titles = header(contract.feed, contract.entity)  # type: ignore[attr-defined]
    found = find_layouts([["DAFTAR"], [], [], [None, *titles]], CONTRACTS)
    assert isinstance(found, Layout)
    assert (found.contract, found.header_row, found.columns[0][0]) == (contract, 4, 1)


@pytest.mark.parametrize(
    "dress", [str.upper, str.lower, lambda t: t.replace(" ", "_"), lambda t: f" {t}\xa0", lambda t: t + "."]
)
def test_titles_meet_whatever_their_dress(dress: object) -> None:
    titles = [dress(t) for t in header("p3ke", "individuals")]  # type: ignore[operator]
    found = find_layouts([titles], CONTRACTS)
    assert isinstance(found, Layout)
    assert found.unknown == ()


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda c: c.table)
def test_each_shape_is_told_by_its_own_columns_alone(contract: Contract) -> None:
    for shape in contract.shapes:
        found = find_layouts([[*shape.says[:1]], list(wanted(contract, shape))], readable())
        if shape.refused:
            assert isinstance(found, NearMiss)
            assert shape.refused in found.message
            continue
        assert isinstance(found, Layout)
        assert (found.contract.table, found.shape) == (contract.table, shape.name)


def test_a_missing_column_is_named_with_what_was_expected_and_found() -> None:
    titles = [title for title in header("pkh", "payments") if title != "NIK"]
    found = find_layouts([titles], CONTRACTS)
    assert isinstance(found, NearMiss)
    refusal = refuse([found])
    assert refusal.reason == "HDR_MISSING_COL"
    assert "lacks nik" in refusal.message
    assert "Expected:" in refusal.message
    assert "Found:" in refusal.message


def test_a_shape_may_lack_what_others_must_have() -> None:
    budget = ["Kode SKPD", "Kode Sub Kegiatan", "Nama Sub Kegiatan", "Sumber Dana", "Pagu Perubahan"]
    village = ["No", "Desa", "Alamat", "ID Keluarga", "Desil", "Nama", "NIK", "Jenis Kelamin", "Hubungan"]
    assert [shape_of(titles) for titles in (budget, village)] == ["perubahan-only", "village-list"]
    # What the shape never has is there: it is another shape, and that one is not whole.
    assert [shape_of(titles) for titles in ([*budget, "Pagu Murni"], [*village, "Kecamatan"])] == ["perubahan", None]


def shape_of(titles: list[str]) -> str | None:
    found = find_layouts([titles], CONTRACTS)
    return found.shape if isinstance(found, Layout) else None


def test_one_slip_of_the_pen_in_a_long_title_is_forgiven() -> None:
    titles = ["Desil Kesejahtraan" if t == "Desil Kesejahteraan" else t for t in header("p3ke", "families")]
    found = find_layouts([titles], CONTRACTS)
    assert isinstance(found, Layout)
    assert "desil_kesejahteraan" in {name for _, name in found.columns}


def test_a_foreign_list_is_of_no_known_feed() -> None:
    found = find_layouts([["Merk", "Warna", "Roda", "NIK"]], CONTRACTS)
    assert refuse([found] if isinstance(found, NearMiss) else []).reason == "feed.unknown"

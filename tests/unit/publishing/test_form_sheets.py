"""The official forms: titles as the ministries print them, and cells that never become formulas."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from rbpk.publishing.form_sheets import write_forms
from rbpk.publishing.forms import Form, forms

MARTS = Path(__file__).parents[3] / "dbt_project" / "models" / "marts"


def test_the_semester_report_has_the_titles_of_the_form() -> None:
    titles = {form.table: form.titles for form in forms(MARTS)}["mart_oppkpke_semester"]
    assert [title for title in titles if title != "Realisasi Belum Terbagi per Triwulan"] == [
        *("Nomor", "Strategi OPPKPKE", "Perangkat Daerah", "Kode", "Program", "Kegiatan", "Sub Kegiatan"),
        *("Aktivitas Real (Langsung/Tidak Langsung/Penunjang)", "Alokasi Anggaran (Rp)", "Sumber Pembiayaan"),
        *("Sifat Bantuan", "Lokasi", "Jumlah Sasaran Penerima Manfaat", "Besaran Manfaat", "Jenis Bantuan"),
        *("Durasi Penerima Bantuan", "Realisasi Triwulan I", "Realisasi Triwulan II", "Realisasi Triwulan III"),
        *("Realisasi Triwulan IV", "Total Realisasi"),
    ]


def test_every_sheet_has_a_name_of_its_own_that_excel_takes() -> None:
    sheets = [form.sheet for form in forms(MARTS)]
    assert len(set(sheets)) == len(sheets) > 0
    assert [sheet for sheet in sheets if len(sheet) > 31] == []


@pytest.mark.parametrize("text", ["=1+1", "+6281", "-2", "@SUM(A1)", "=HYPERLINK(1)", "http://x.example"])
def test_no_text_becomes_a_formula(tmp_path: Path, text: str) -> None:
    path = tmp_path / "forms.xlsx"
    form = Form("t", "Lembar", "Judul", ("a", "b", "c", "d"), ("A", "B", "C", "D"))
    write_forms(path, [(form, [(text, Decimal("1250000.50"), date(2026, 10, 31), None)])], "Rilis x")
    row = load_workbook(path)["Lembar"][5]
    assert [cell.value for cell in row] == [text, 1250000.5, "31-10-2026", None]
    assert (row[0].data_type, row[0].quotePrefix) == ("s", True)
    assert row[0].hyperlink is None

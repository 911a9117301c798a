"""Person records straight from a folder of deliveries, for accuracy tests: what staging would hand to linkage.

A second, plain reader on purpose: accuracy must not depend on the platform's own readers being right.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, NamedTuple

import fastexcel
import polars as pl

if TYPE_CHECKING:
    from pathlib import Path


class Layout(NamedTuple):
    """Where an entity keeps what linkage needs; several names are tried in turn."""

    feed: str
    entity: str
    marks: frozenset[str]
    nik: str
    name: str
    village: str
    district: str
    family: str = ""
    card: tuple[str, ...] = ()
    birth_date: str = ""
    sex: str = ""
    head: str = ""
    mother: str = ""
    code: str = ""


LAYOUTS = (
    Layout("p3ke", "individuals", frozenset({"id_keluarga_p3ke", "id_individu"}), "nik", "nama", "desa_kelurahan",
           "kecamatan", "id_keluarga_p3ke", (), "tanggal_lahir", "jenis_kelamin", "hubungan_dengan_kepala_keluarga",
           code="kode_kemdagri"),
    Layout("p3ke", "families", frozenset({"id_keluarga_p3ke", "kepala_keluarga"}), "nik", "kepala_keluarga",
           "desa_kelurahan", "kecamatan", "id_keluarga_p3ke", (), "tanggal_lahir", "jenis_kelamin", "",
           code="kode_kemdagri"),
    Layout("dtks", "individuals", frozenset({"nama_ibu_kandung", "keterangan_padan"}), "nik", "nama",
           "desa_kelurahan", "kecamatan", "", ("nokk", "no_kk"), "tanggal_lahir", "jenis_kelamin", "hub_keluarga",
           "nama_ibu_kandung"),
    Layout("pkh", "participants", frozenset({"no_peserta", "kelompok"}), "nik_pengurus", "nama_pengurus", "desa",
           "kecamatan", "no_peserta", ("no_kk",), "tgl_lahir"),
    Layout("pkh", "components", frozenset({"no_peserta", "komponen"}), "nik_art", "nama_art", "desa", "kecamatan",
           "no_peserta", (), "tgl_lahir", "jenis_kelamin", "hubungan"),
    Layout("pkh", "payments", frozenset({"no_peserta", "tahap"}), "nik", "nama_pengurus", "kel", "kec",
           "no_peserta", ("no_kk",)),
    Layout("dtsen", "families", frozenset({"id_keluarga", "nama_kepala_keluarga"}), "nik", "nama_kepala_keluarga",
           "kelurahan", "kecamatan", "id_keluarga", ("no_kk",)),
    Layout("dtsen", "individuals", frozenset({"id_keluarga", "idsemesta"}), "nik", "nama", "", "", "id_keluarga",
           ("no_kk",), "tgl_lahir", "jenis_kelamin", "hub_kepala_keluarga"),
)  # fmt: skip
_NOTHING = pl.lit(None, pl.String)


def person_records(folder: Path, period: str, regions: Path) -> pl.DataFrame:
    """Return the columns linkage reads, plus `sha256` and the path below `folder` as `file`."""
    villages = _villages(pl.read_csv(regions, infer_schema=False))
    parts = [part for path in sorted(folder.rglob("*")) if path.is_file() for part in _read(path, folder, period)]
    records = pl.concat(parts).join(villages, on=["district_key", "village_key"], how="left")
    known = set(villages["by_name"])
    code = pl.when(pl.col("code").is_in(known)).then("code")
    placed = records.with_columns(village_code=pl.coalesce(code, "by_name"))
    # A member of DTSEN carries no place: the family's is theirs.
    homes = (
        placed.filter(feed="dtsen", entity="families")
        .group_by("source_family_id")
        .agg(home=pl.col("village_code").min())
    )
    placed = placed.join(homes, on="source_family_id", how="left", maintain_order="left")
    return placed.with_columns(village_code=pl.coalesce("village_code", "home")).drop(
        "district_key", "village_key", "code", "by_name", "home"
    )


def _read(path: Path, folder: Path, period: str) -> list[pl.DataFrame]:
    sheet, rows = _rows(path)
    for number, row in enumerate(rows[:20], start=1):
        titles = [re.sub(r"[^a-z0-9]+", "_", (cell or "").strip().lower()).strip("_") for cell in row]
        for layout in LAYOUTS:
            if layout.marks <= set(titles):
                width = len(titles)
                cells = [(list(cells) + [None] * width)[:width] for cells in rows[number:]]
                named = [title or f"empty_{place}" for place, title in enumerate(titles)]
                frame = pl.DataFrame(cells, schema=dict.fromkeys(named, pl.String), orient="row")
                frame = frame.with_row_index("source_row", offset=number + 1)
                return [_records(frame, layout, path, folder, period, sheet)]
    return []


def _rows(path: Path) -> tuple[str, list[tuple[str | None, ...]]]:
    if path.suffix == ".xlsx":
        book = fastexcel.read_excel(path)
        sheet = book.load_sheet(0, header_row=None, skip_rows=0, dtypes="string")
        return book.sheet_names[0], sheet.to_polars().rows()
    if path.suffix != ".csv":
        return "", []
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252")
    first = text.split("\n", 1)[0]
    separator = ";" if first.count(";") > first.count(",") else ","
    frame = pl.read_csv(
        text.encode(), separator=separator, has_header=False, infer_schema=False, truncate_ragged_lines=True
    )
    return "", frame.rows()


def _records(  # noqa: PLR0913, PLR0917 - one call, beside it
    frame: pl.DataFrame, at: Layout, path: Path, folder: Path, period: str, sheet: str
) -> pl.DataFrame:
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    delivery = f"6402-{period.replace('-', '')}-{at.feed}-{at.entity}-{sha256[:12]}"
    card = next((name for name in at.card if name in frame.columns), "")
    number = _number(pl.col(at.nik), is_nik=True)
    family_card = _number(pl.col(card), is_nik=False) if card else _NOTHING
    family = family_card if at.feed == "dtks" else pl.col(at.family)
    code = pl.col(at.code).str.replace_all(r"\D", "") if at.code else _NOTHING
    named = pl.col(at.name).is_not_null()
    return frame.filter(named & pl.col(at.village).is_not_null() if at.village else named).select(
        record_id=pl.format("{}/{}/{}", pl.lit(delivery), pl.lit(sheet), "source_row"),
        regency_code=pl.lit("64.02"),
        period=pl.lit(period),
        feed=pl.lit(at.feed),
        entity=pl.lit(at.entity),
        delivery_id=pl.lit(delivery),
        source_file=pl.lit(path.relative_to(folder).as_posix()),
        sheet=pl.lit(sheet),
        source_row=pl.col("source_row").cast(pl.Int64),
        nik=pl.when(number.ne_missing(family_card)).then(number),
        family_card=family_card,
        name=pl.col(at.name),
        birth_date=_date(pl.col(at.birth_date)) if at.birth_date else pl.lit(None, pl.Date),
        sex=_sex(pl.col(at.sex)) if at.sex else _NOTHING,
        source_family_id=pl.format("{}:{}", pl.lit(at.feed), family),
        source_person_id=_NOTHING,
        is_family_head=(
            pl.col(at.head).str.to_uppercase().str.contains(r"KEPALA|^1$").fill_null(value=False)
            if at.head
            else pl.lit(at.entity == "families")
        ),
        mother_name=pl.col(at.mother) if at.mother else _NOTHING,
        sha256=pl.lit(sha256),
        village_key=_place(pl.col(at.village)) if at.village else _NOTHING,
        district_key=_place(pl.col(at.district)) if at.district else _NOTHING,
        code=pl.concat_str(
            code.str.slice(0, 2), code.str.slice(2, 2), code.str.slice(4, 2), code.str.slice(6, 4), separator="."
        ),
    )


def _number(cell: pl.Expr, *, is_nik: bool) -> pl.Expr:
    digits = cell.str.replace_all(r"['\s.\-\x{00A0}\x{200B}]", "")
    repaired = digits.str.replace_all("[Oo]", "0").str.replace_all("[Il]", "1")
    digits = pl.when(repaired.str.contains(r"^\d{16}$")).then(repaired).otherwise(digits)
    day = digits.str.slice(6, 2).cast(pl.Int32, strict=False)
    day = pl.when((day > 40) & is_nik).then(day - 40).otherwise(day)
    date = pl.concat_str(day.cast(pl.String).str.zfill(2), digits.str.slice(8, 2), pl.lit("2000")).str.to_date(
        "%d%m%Y", strict=False
    )
    one_digit = digits.str.replace_all(r"^(0+|1+|2+|3+|4+|5+|6+|7+|8+|9+)$", "")
    valid = (
        digits.str.contains(r"^[1-9]\d{15}$")
        & date.is_not_null()
        & (digits.str.slice(12, 4) != "0000")
        & (one_digit != "")
        & (digits != "1234567890123456")
    )
    return pl.when(valid).then(digits)


def _date(cell: pl.Expr) -> pl.Expr:
    text = cell.str.strip_chars().str.replace(r"[ T]0?0?:?.*$", "")
    forms = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d %B %Y")
    return pl.coalesce(text.str.to_date(form, strict=False) for form in forms)


def _sex(cell: pl.Expr) -> pl.Expr:
    letter = cell.str.strip_chars().str.to_uppercase().str.slice(0, 1)
    return letter.replace_strict({"L": "L", "P": "P", "1": "L", "2": "P"}, default=None)


def _place(cell: pl.Expr) -> pl.Expr:
    plain = cell.str.to_uppercase().str.replace_all(r"\b(DESA|DS|KEL|KELURAHAN|KEC|KECAMATAN)\b\.?", "")
    return plain.str.replace_all(r"[^A-Z0-9]", "")


def _villages(regions: pl.DataFrame) -> pl.DataFrame:
    return regions.select(
        district_key=_place(pl.col("kecamatan_name")),
        village_key=_place(pl.col("village_name")),
        by_name=pl.col("village_code"),
    ).unique(["district_key", "village_key"], keep="first", maintain_order=True)

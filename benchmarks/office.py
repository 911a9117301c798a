"""What office staff do today: pandas over openpyxl, cleaning row by row, merges on NIK, results written back."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
from sqlalchemy import Engine, create_engine

if TYPE_CHECKING:
    from benchmarks.segments import Clock

SCHEMA = "office"
NIK_DIGITS = 16
TITLE = re.compile(r"^(H|HJ|BPK|IBU|DRS)\.? |,? (S\.PD|S\.AG)\.?$|\((ALM|ALMH)\)")


def tables(folder: str) -> list[tuple[str, Path, int]]:
    """List the files of a month: table, path, rows above the titles."""
    found = {path.name.split("_")[0] + path.suffix: path for path in Path(folder).rglob("*.*")}
    families = next(path for path in Path(folder).rglob("P3KE_KELUARGA*"))
    members = next(path for path in Path(folder).rglob("P3KE_INDIVIDU*"))
    dtks = next(path for path in Path(folder).rglob("DTKS_*"))
    return [
        ("p3ke_keluarga", families, 0),
        ("p3ke_individu", members, 0),
        ("dtks", dtks, 4 if dtks.suffix == ".xlsx" else 0),
        ("pkh_kpm", found["KPM.xlsx"], 4),
        ("pkh_komponen", found["KOMPONEN.csv"], 0),
        ("pkh_bayar", found["BAYAR.csv"], 0),
    ]


def clean_nik(value: object) -> str | None:
    """Take away what is not a digit; keep sixteen digits."""
    text = re.sub(r"\D", "", str(value))
    return text if len(text) == NIK_DIGITS else None


def clean_name(value: object) -> str:
    """Write a name in capitals, without titles."""
    text = re.sub(r"\s+", " ", str(value).upper().strip())
    return TITLE.sub("", text)


def clean_date(value: object) -> date | None:
    """Read a date in the forms met so far."""
    for form in ("%d/%m/%Y %H:%M:%S", "%d-%m-%Y", "%Y-%m-%d", "%Y-%m-%d %H:%M:%S"):
        try:
            return datetime.strptime(str(value), form).date()  # noqa: DTZ007 - a birth date has no zone
        except ValueError:
            continue
    return None


CLEANERS = {
    r"^(nik|nik_pengurus|nik_art|nokk|no_kk|no kk)$": clean_nik,
    r"^(nama|kepala keluarga|nama_pengurus|nama_art)$": clean_name,
    r"^(tanggal lahir|tgl_lahir|tanggal_lahir)$": clean_date,
}


def read(path: Path, above: int) -> pd.DataFrame:
    """Read a file as it is; rows below the data are those without a name."""
    if path.suffix == ".xlsx":
        frame = pd.read_excel(path, header=above, dtype=str, engine="openpyxl")
    else:
        with path.open("rb") as handle:
            head = handle.readline()
        encoding = "utf-8-sig" if head[:3] == b"\xef\xbb\xbf" else "cp1252"
        delimiter = ";" if head.count(b";") > head.count(b",") else ","
        frame = pd.read_csv(path, sep=delimiter, dtype=str, encoding=encoding)
    names = [name for name in frame.columns if re.match(r"(?i)^(nama|kepala keluarga|nama_pengurus)$", name)]
    return frame[frame[names[0]].notna()].reset_index(drop=True)


def clean(frame: pd.DataFrame) -> pd.DataFrame:
    """Clean the columns that are compared, row after row."""
    cleaners = {
        name: cleaner
        for name in frame.columns
        for pattern, cleaner in CLEANERS.items()
        if re.match(pattern, name.lower())
    }
    cleaned: dict[str, list[object]] = {name: [] for name in cleaners}
    for _, row in frame.iterrows():
        for name, cleaner in cleaners.items():
            cleaned[name].append(cleaner(row[name]))
    for name, values in cleaned.items():
        frame[f"{name.lower()}_bersih"] = pd.Series(values, dtype=object)
    return frame


def month(clock: Clock, dsn: str, folder: str, results: str) -> None:
    """Load everything, compare, write the results back."""
    engine = create_engine(dsn.replace("postgresql://", "postgresql+psycopg2://"))
    frames: dict[str, pd.DataFrame] = {}
    for table, path, above in tables(folder):
        with clock.part(f"read and clean {table}") as part:
            frame = clean(read(path, above))
        part.rows = len(frame)
        with clock.part(f"to_sql {table}", rows=len(frame)):
            frame.to_sql(table, engine, schema=SCHEMA, if_exists="replace", index=False)
        frames[table] = frame
    with clock.part("merge on NIK") as part:
        overlap, excluded = compare(frames)
    part.rows = sum(len(frames[name]) for name in ("p3ke_individu", "dtks", "pkh_komponen"))
    with clock.part("write results", rows=len(overlap) + len(excluded)):
        write(engine, overlap, excluded, Path(results))
    clock.result = {"families": len(overlap), "excluded": len(excluded)}


def compare(frames: dict[str, pd.DataFrame]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Say which P3KE families are known to DTKS and PKH, and which poorest ones to neither."""
    members, dtks = frames["p3ke_individu"], frames["dtks"]
    members.columns = [name.lower().replace(" ", "_") for name in members.columns]
    family, decile = "id_keluarga_p3ke", "desil_kesejahteraan"
    one = dtks[["nik_bersih"]].dropna().drop_duplicates().assign(dtks=True)
    paid = pd.concat([frames["pkh_komponen"]["nik_art_bersih"], frames["pkh_kpm"]["nik_pengurus_bersih"]])
    two = pd.DataFrame({"nik_bersih": paid.dropna().drop_duplicates()}).assign(pkh=True)
    joined = members.merge(one, on="nik_bersih", how="left").merge(two, on="nik_bersih", how="left")
    joined["dtks"] = joined["dtks"].notna()
    joined["pkh"] = joined["pkh"].notna()
    overlap = (
        joined.groupby(family).agg(desil=(decile, "first"), dtks=("dtks", "any"), pkh=("pkh", "any")).reset_index()
    )
    heads = frames["p3ke_keluarga"].rename(columns={"ID Keluarga P3KE": family})
    poorest = overlap[overlap["desil"].isin(["1", "2"]) & ~overlap["dtks"] & ~overlap["pkh"]]
    return overlap, poorest.merge(heads, on=family, how="left")


def write(engine: Engine, overlap: pd.DataFrame, excluded: pd.DataFrame, results: Path) -> None:
    """Put the results where they are asked for: the database and a workbook."""
    overlap.to_sql("hasil_irisan", engine, schema=SCHEMA, if_exists="replace", index=False)
    excluded.to_sql("hasil_terlewat", engine, schema=SCHEMA, if_exists="replace", index=False)
    excluded.to_excel(results / "terlewat.xlsx", index=False)

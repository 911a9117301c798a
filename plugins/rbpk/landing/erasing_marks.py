"""What a row of each list can be known by, and which of its cells name somebody: read off the contracts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from psycopg2 import sql

from rbpk.feeds.contract import Contract, Kind
from rbpk.warehouse import statement

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_ROOM: Final = "rbpk.landing"
_CORRECTIONS: Final = "corrections__rows"
# By which number of which sender rows of one family are known, beside the family card.
_HOMES: Final = {"no_peserta": "pkh", "id_keluarga_p3ke": "p3ke", "id_keluarga": "dtsen", "id_keluarga_dtks": "dtks"}
_RELATIVES: Final = ("nama_ibu_kandung", "nama_orang_tua", "nama_pengurus")
_NAMES_SOMEBODY: Final = (
    Kind.NIK, Kind.PERSON_NAME, Kind.BIRTH_DATE, Kind.BIRTH_PLACE_DATE, Kind.PHONE,
)  # fmt: skip
_OF_ONE_PERSON: Final = frozenset({
    "tempat_lahir", "no_rekening", "no_kks", "no_kartu_jkn", "nisn", "id_sumber", "koordinat_x", "koordinat_y",
    "catatan", "keterangan", "foto_ref", *_RELATIVES,
})  # fmt: skip


def of_corrections(contract: Contract) -> bool:
    """Say whether it is the list of rows that come back mended, whose cells have no titles of their own."""
    return contract.table == _CORRECTIONS


def marks_of_rows(contract: Contract) -> sql.Composable:
    """Spell what a landed row's own person is known by: `nik:…`, `card:…|NAME`, …; null where it does not say."""
    if of_corrections(contract):
        # Every number in a workbook that came back is looked at.
        return sql.SQL(statement(_ROOM, "marks_of_corrections")).format()
    return _marks(contract, _landed)


def marks_of_refused(contract: Contract) -> sql.Composable:
    """Spell the same of a refused row."""
    return _marks(contract, _refused)


def marks_of_relative(contract: Contract, name: str) -> sql.Composable:
    """Spell what the relative that a landed row names in a column is known by."""
    return _array(_homes(contract, _landed, name))


def what_names_somebody(contract: Contract) -> sql.Composable | None:
    """Spell the emptying of every cell that says who a row is about; nothing if the list has none."""
    names = [column.name for column in contract.columns if column.kind in _NAMES_SOMEBODY]
    names += [f"{column.name}_clean" for column in contract.of_kind(Kind.NIK)]
    names += [column.name for column in contract.columns if column.name in _OF_ONE_PERSON]
    if not of_corrections(contract):
        # Cells under titles nobody promised may hold anything.
        names.append("extra")
    return sql.SQL(", ").join(sql.SQL("{} = null").format(sql.Identifier(name)) for name in dict.fromkeys(names))


def relatives_named(contract: Contract) -> list[str]:
    """Return the columns in which a row names a relative of the person it is about."""
    own = {column.name for column in contract.of_kind(Kind.PERSON_NAME)}
    return [column.name for column in contract.columns if column.name in _RELATIVES and column.name not in own]


def _marks(contract: Contract, cell: Callable[[str], sql.Composable]) -> sql.Composable:
    number = sql.SQL(statement(_ROOM, "mark_of_number"))
    marks: list[sql.Composable] = [number.format(number=cell(column.name)) for column in contract.of_kind(Kind.NIK)]
    for name in contract.of_kind(Kind.PERSON_NAME)[:1]:
        marks += _homes(contract, cell, name.name)
    return _array(marks)


def _homes(contract: Contract, cell: Callable[[str], sql.Composable], name: str) -> list[sql.Composable]:
    homes = [("card", column.name) for column in contract.of_kind(Kind.FAMILY_CARD)]
    homes += [(_HOMES[column.name], column.name) for column in contract.columns if column.name in _HOMES]
    mark = sql.SQL(statement(_ROOM, "mark_of_home"))
    return [mark.format(home=sql.Literal(f"{home}:"), number=cell(column), name=cell(name)) for home, column in homes]


def _array(marks: Sequence[sql.Composable]) -> sql.Composable:
    return sql.SQL("array[{}]::text[]").format(sql.SQL(", ").join(marks))


def _landed(name: str) -> sql.Composable:
    return sql.Identifier("landed", name)


def _refused(name: str) -> sql.Composable:
    return sql.SQL("(refused.raw ->> {})").format(sql.Literal(name))

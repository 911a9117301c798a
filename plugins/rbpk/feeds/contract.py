"""What a sender promises: the frozen shape of one delivered list, as its reviewed YAML says it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a column holds; each kind has one judge."""

    RUNNING_NUMBER = "running_number"
    TEXT = "text"
    KEY = "key"
    NIK = "nik"
    FAMILY_CARD = "family_card"
    PERSON_NAME = "person_name"
    BIRTH_DATE = "birth_date"
    DATE = "date"
    SEX = "sex"
    CODE = "code"
    FLAG = "flag"
    INTEGER = "integer"
    DESIL = "desil"
    MONEY = "money"
    VILLAGE_CODE = "village_code"
    VILLAGE = "village"
    KECAMATAN = "kecamatan"
    REGENCY = "regency"
    # A village code in pieces, as budgets of villages have it.
    PROVINCE_PART = "province_part"
    REGENCY_PART = "regency_part"
    KECAMATAN_PART = "kecamatan_part"
    VILLAGE_PART = "village_part"
    # Two facts in one cell: `Tenggarong, 27-12-1983`; `Jl. Poros, Jahab, Kec. Tenggarong`.
    BIRTH_PLACE_DATE = "birth_place_date"
    FULL_ADDRESS = "full_address"
    MONTH = "month"
    PERCENTAGE = "percentage"
    DECIMAL = "decimal"
    PHONE = "phone"
    SUB_ACTIVITY = "sub_activity"


# A number that stands on more than one row of a list in which everybody stands once.
REPEATED = "NIK_DUP_FILE"
IDENTIFIERS = (Kind.NIK, Kind.FAMILY_CARD)

# Every landing table starts and ends with these, whatever the contract.
LINEAGE = (
    ("delivery_id", "text"),
    ("regency_code", "text"),
    ("period", "text"),
    ("source_file", "text"),
    ("sheet", "text"),
    ("source_row", "integer"),
)
JUDGED = (
    ("village_code", "text"),
    ("village_rule", "text"),
    ("numeric_cells", "text"),
    ("findings", "text[]"),
    ("extra", "jsonb"),
)


@dataclass(frozen=True, slots=True)
class Wording:
    """One description in the two languages of the project."""

    id: str
    en: str


@dataclass(frozen=True, slots=True)
class Column:
    """One promised column: its name here, its titles there, and what its values must be."""

    name: str
    kind: Kind
    description: Wording
    titles: tuple[str, ...] = ()
    required: bool = False
    codes: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    # Its name here is no title of it: other lists call other things so.
    only_titles: bool = False

    @property
    def written(self) -> tuple[str, ...]:
        """List every title under which it may be sent."""
        return self.titles if self.only_titles else (self.name, *self.titles)

    @property
    def is_identifier(self) -> bool:
        """Say whether the column holds a national identity or family card number."""
        return self.kind in IDENTIFIERS


@dataclass(frozen=True, slots=True)
class Shape:
    """One version of the header: the columns without which it is not this version."""

    name: str
    requires: tuple[str, ...]
    description: Wording
    # Words of which the lines above the header hold one; tells lists apart that have the same titles.
    says: tuple[str, ...] = ()
    # Columns of the contract that this version never has; a header with one of them is another version.
    lacks: tuple[str, ...] = ()
    # Why a list of this version is never taken in, though it is known, and what to ask for instead.
    refused: str | None = None


@dataclass(frozen=True, slots=True)
class Unique:
    """Rows that may be there once only, e.g. a payment to one family in one stage."""

    columns: tuple[str, ...]
    reason: str
    where_column: str | None = None
    where_values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One check of a row by its code; a code that reasons know holds the row back, any other is a finding."""

    code: str
    column: str
    empty: bool = False
    says_nothing: bool = False
    values: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    below: float | None = None
    above: float | None = None
    above_column: str | None = None
    one_of: tuple[str, ...] = ()
    sum_over: int | None = None
    of: tuple[str, ...] = ()
    where_column: str | None = None
    where_values: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Name every column the check reads."""
        others = (self.above_column, self.where_column)
        return (self.column, *self.one_of, *self.of, *(name for name in others if name))


@dataclass(frozen=True, slots=True)
class People:
    """What a list of persons or families promises as a whole: who stands once, what makes a family."""

    once: str | None = None
    family: str | None = None
    head_column: str | None = None
    head_values: tuple[str, ...] = ()
    same: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Name every column that is read."""
        return (*filter(None, (self.once, self.family, self.head_column)), *self.same)


@dataclass(frozen=True, slots=True)
class Contract:
    """Everything promised about one entity of one feed."""

    feed: str
    entity: str
    owner: str
    description: Wording
    columns: tuple[Column, ...]
    shapes: tuple[Shape, ...]
    natural_key: tuple[str, ...]
    carry_forward_months: int
    thresholds: dict[str, float] = field(default_factory=dict)
    uniques: tuple[Unique, ...] = ()
    rules: tuple[Rule, ...] = ()
    people: People | None = None
    # Who sent a row, by the first of these columns that is filled: each sender's newest list counts by itself.
    sender: tuple[str, ...] = ()
    # What tells one thing given from the next thing given to the same person.
    event: tuple[str, ...] = ()
    # What a list never says and everybody knows, e.g. the office that sends it; lands as columns.
    constants: tuple[tuple[str, str], ...] = ()

    @property
    def table(self) -> str:
        """Name the landing table, without its schema."""
        return f"{self.feed}__{self.entity}"

    def column(self, name: str) -> Column:
        """Find one column by its name."""
        return next(column for column in self.columns if column.name == name)

    def of_kind(self, *kinds: Kind) -> tuple[Column, ...]:
        """List the columns of some kinds, in their promised order."""
        return tuple(column for column in self.columns if column.kind in kinds)

    def landing_columns(self) -> tuple[tuple[str, str], ...]:
        """List (name, SQL type) of the landing table, in the order they are copied."""
        sent = tuple((column.name, "text") for column in self.columns)
        clean = tuple((f"{column.name}_clean", "text") for column in self.of_kind(*IDENTIFIERS))
        return LINEAGE + sent + clean + JUDGED

"""People, numbers and payments obey the rules, and harm strikes about as often as it should."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl
import pytest

from sample import identifiers, months, names, regions, welfare
from sample.damage.niks import plausible
from sample.dice import Dice
from sample.feeds import payments
from sample.identifiers import HIGHEST, LOWEST, _numbered, _rank
from sample.population import Founding, found
from tests.unit.sample.conftest import FIRST, SECOND

if TYPE_CHECKING:
    from tests.unit.sample.conftest import Made

MEMBERS = "p3ke/P3KE_INDIVIDU_KUTAI_KARTANEGARA_202510.csv"
PAID = "pkh/BAYAR_PKH_TAHAP4_202510.csv"
COUNTED = "pkh/KOMPONEN_PKH_KUTAI_KARTANEGARA_202510.csv"


def test_no_number_could_be_somebodys(made: Made) -> None:
    for name, columns in ((MEMBERS, ["NIK"]), (PAID, ["NIK", "NO_KK"]), (COUNTED, ["NIK_ART"])):
        for column in columns:
            for value in made.csv(FIRST, name)[column].drop_nulls().to_list():
                if plausible(value):
                    assert 9001 <= int(value[-4:]) <= 9998, name


def test_niks_are_unique_and_lasting() -> None:
    dice = Dice(1)
    regency = regions.load("64.02", dice)
    people, _, _ = found(dice, regency, Founding(np.arange(3000), months.parse("2024-01"), 0.18))
    numbers = identifiers.niks(dice, people, regions.elsewhere("64.02")[0])
    assert len(np.unique(numbers)) == len(people)
    foreign = (numbers // 10**12 != 6402).mean()
    assert 0.13 < foreign < 0.24


def test_serials_overflow_into_other_offices() -> None:
    dice = Dice(1)
    count = HIGHEST - LOWEST + 1
    prefix = np.full(count + 50, 640206)
    numbers = _numbered(dice, "nik", prefix, np.full(count + 50, 10190), np.array([647201, 647202]))
    assert len(np.unique(numbers)) == count + 50
    assert (numbers // 10**10 == 640206).sum() == count
    assert (numbers % 10_000 >= LOWEST).all()


def test_rank_counts_earlier_rows_of_a_key() -> None:
    assert _rank(np.array([5, 7, 5, 5, 7])).tolist() == [0, 0, 1, 2, 1]


def test_namesakes_grow_with_the_number_of_people() -> None:
    shares = []
    for count in (300, 6000):
        dice = Dice(1)
        people, _, _ = found(dice, regions.load("64.02", dice), Founding(np.arange(count), 24_000, 0.18))
        written = names.write(people.words)
        shares.append(written.n_unique() / len(written))
    assert shares[1] < shares[0] * 0.8


# rates per row as measured in deliveries, and how far a small sample may be off
RATES = {
    "dtks": {"nik_apostrophe": 0.0208, "nik_missing": 0.0103, "name_abbrev": 0.039, "mother_missing": 0.060},
    "p3ke_individu": {"nik_digit": 0.0156, "name_typo": 0.040, "dob_year": 0.0154, "nik_excel15": 0.0088},
    "p3ke_keluarga": {"nik_digit": 0.0152, "name_phonetic": 0.035, "nik_transpose": 0.0076},
    "pkh_kpm": {"village_text": 0.11, "nik_apostrophe": 0.036, "name_typo": 0.030},
}


@pytest.mark.parametrize("feed", RATES)
def test_harm_strikes_as_often_as_in_life(made: Made, feed: str) -> None:
    rows = made.truth.filter(pl.col("feed") == feed)
    for defect, rate in RATES[feed].items():
        found_rate = rows["defects"].list.contains(defect).sum() / rows.height
        slack = 3.5 * (rate / rows.height) ** 0.5 + 0.25 * rate
        assert abs(found_rate - rate) < slack, defect


def test_all_kinds_of_harm_occur(made: Made) -> None:
    seen = set(made.truth["defects"].explode().drop_nulls().to_list())
    assert seen >= {
        "nik_excel15", "nik_sci", "nik_apostrophe", "nik_space", "nik_short", "nik_digit", "nik_transpose",
        "nik_missing", "nik_placeholder", "nik_temp", "nik_baddate", "nik_ocr", "nik_eq_kk", "nik_family", "nik_old",
        "name_abbrev", "name_typo", "name_phonetic", "name_drop", "name_space", "name_swap", "name_title", "name_alias",
        "name_binti", "dob_year", "dob_swap", "dob_0101", "dob_missing", "sex_wrong", "village_text", "village_wrong",
        "old_region_code", "dup_row", "dup_person", "footer", "dead_listed", "left_regency", "stale_household",
        "stale_village", "kk_old", "kk_digit", "kk_missing", "mother_missing", "mother_typo", "inclusion_error",
    }  # fmt: skip


def test_a_record_keeps_its_mistakes_from_month_to_month(made: Made) -> None:
    by_month = [
        made.truth.filter((pl.col("feed") == "p3ke_individu") & (pl.col("period") == period))
        .filter(~pl.col("must_reject"))
        .select("source_key", pl.col("defects").list.contains("nik_digit").alias("wrong"))
        for period in (FIRST, SECOND)
    ]
    both = by_month[0].join(by_month[1], on="source_key", suffix="_later")
    assert both.height > 1000
    assert (both["wrong"] == both["wrong_later"]).all()


def test_rows_to_reject_have_a_reason_and_are_not_to_load(made: Made) -> None:
    rejected = made.truth.filter("must_reject")
    assert rejected.height > 0
    assert set(rejected["reject_reason"].to_list()) <= {"NOT_DATA", "DUPLICATE_ROW", "PAID_TWICE"}
    assert not rejected["must_load"].any()
    assert not made.truth.filter("nik_wrong")["must_load"].any()


def test_copies_of_a_row_share_a_group(made: Made) -> None:
    groups = made.truth.filter(pl.col("dup_group") >= 0).group_by("period", "file", "dup_group").len()
    assert groups["len"].to_list() == [2] * groups.height


@pytest.mark.parametrize(
    ("family", "amount"),
    [
        ({"SD": 1}, 225_000),
        ({"AUD": 1, "SD": 1, "SMP": 1, "LANSIA": 1}, 1_950_000),
        ({"AUD": 3}, 1_500_000),
        ({"BUMIL": 3, "AUD": 3, "LANSIA": 1}, 3_000_000),
        ({"SD": 5, "SMA": 1}, 500_000 + 3 * 225_000),
        ({"LANSIA": 2, "DISABILITAS": 1, "SMP": 2, "SD": 1}, 3 * 600_000 + 375_000),
    ],
)
def test_the_most_valuable_four_are_paid(family: dict[str, int], amount: int) -> None:
    counts = np.array([[family.get(name, 0) for name in payments.NAMES]])
    assert int(payments.paid(counts)[0] @ payments.AMOUNTS) == amount


def test_paid_amounts_follow_the_components_shown(made: Made) -> None:
    rows = made.csv(FIRST, PAID)
    truth = made.truth.filter((pl.col("feed") == "pkh_bayar") & (pl.col("period") == FIRST))
    over = truth["defects"].list.contains("pay_over4")
    amounts = rows["NOMINAL"].str.replace_all(".", "", literal=True).cast(pl.Int64)
    counts = rows.select(pl.col(payments.NAMES).cast(pl.Int64)).to_numpy()
    assert (amounts.to_numpy() == counts @ payments.AMOUNTS).all()
    assert (counts.sum(axis=1)[~over.to_numpy()] <= payments.MOST).all()
    assert set(rows["STATUS"].to_list()) <= set(payments.STATUSES)
    assert rows.filter(pl.col("TGL_SP2D").is_not_null())["STATUS"].unique().to_list() == ["SUKSES SPM"]


def test_p3ke_lists_deciles_one_to_four_with_one_age_bin_each(made: Made) -> None:
    rows = made.csv(FIRST, MEMBERS)
    assert set(rows["Desil Kesejahteraan"].to_list()) == {"1", "2", "3", "4"}
    bins = rows.select(pl.col("^Usia.*$").cast(pl.Int64)).sum_horizontal()
    assert (bins == 1).all()


def test_poor_families_live_in_worse_houses() -> None:
    dice, homes = Dice(1), np.arange(20_000)
    share = welfare.rank(dice, homes, welfare.hardship(dice, homes))
    floors = np.array(welfare.house(dice, homes, share)["jenis_lantai"])
    tiled = floors == "Keramik/Granit/Marmer/Ubin/Tegel/Teraso"
    assert tiled[share > 0.8].mean() > 3 * tiled[share < 0.2].mean()
    assert set(np.unique(welfare.decile(share))) == set(range(1, 11))


@pytest.mark.parametrize(
    ("value", "could_be"),
    [
        ("6402062304179651", True), ("6402066707999515", True), ("6402060002129397", False),
        ("9999999999999999", False), ("1234567890123456", False), ("0640206795406926", False),
        ("6402060801150000", False), ("640206080115916", False), ("640213O110739222", False), (None, False),
    ],
)  # fmt: skip
def test_what_could_be_a_nik(value: str | None, could_be: bool) -> None:  # noqa: FBT001
    assert plausible(value) is could_be

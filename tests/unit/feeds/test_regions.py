"""Which village a row means, case by case."""

from __future__ import annotations

from pathlib import Path

import pytest

from rbpk.feeds.regions import Regions

REGIONS = Regions.load(Path(__file__).parents[3] / "dbt_project" / "seeds")

CASES = [
    # code, kecamatan, village → village code, rule, finding
    ("6402061001", "TENGGARONG", "JAHAB", "64.02.06.1001", "CODE", None),
    ("64.02.06.1001", None, None, "64.02.06.1001", "CODE", None),
    ("6402061001.0", None, None, "64.02.06.1001", "CODE", None),
    ("6402061001,0", None, None, "64.02.06.1001", "CODE", None),
    (None, "Tenggarong", "Jahab (Kel.)", "64.02.06.1001", "NAME", None),
    ("6402131001", "SAMBOJA", "SALOK API DARAT", "64.02.20.1007", "OLD_CODE", "REG_OLD_CODE"),
    ("6402061001", "TENGGARONG", "TIMBAU", "64.02.06.1001", "CODE", "REG_NAME_MISMATCH"),
    (None, "Tenggarong", "Jahab", "64.02.06.1001", "NAME", None),
    (None, "KEC. TENGGARONG ", "Kel. Jahab\xa0", "64.02.06.1001", "NAME", None),
    (None, "SAMBOJA BARAT", "AMBARAWANG LAUT", "64.02.20.1009", "NAME", None),
    (None, "SAMBOJA BARAT", "Amborawang  Laot", "64.02.20.1009", "NAME_VARIANT", None),
    (None, "SAMBOJA", "TANI BAKTI", "64.02.20.2004", "NAME_VARIANT", "REG_OLD_NAME"),
    (None, "KOTA BANGUN", "KOTA BANGUN 3", "64.02.19.2006", "NAME_VARIANT", "REG_OLD_NAME"),
    (None, "SANGASANGA", "JAWA", "64.02.15.1001", "NAME", None),
    (None, "SAMBOJA", "KEL KAMPUNG LAMA", "64.02.13.1022", "NAME", None),
    (None, "SAMBOJA", "TJ. HARAPAN", "64.02.13.1009", "NAME", None),
    (None, "SAMBOJA BARAT", "SEI. MERDEKA", "64.02.20.1002", "NAME", None),
    (None, "TENGGARONG", "BKT BIRU", "64.02.06.1003", "NAME", None),
    (None, "TENGGARONG", "BARU", "64.02.06.1008", "NAME_VARIANT", None),
    ("6403050001", "LOA KULU", "JONGGON DESA", "64.02.02.2001", "BPS_CODE", "REG_UNCONFIRMED"),
    # renamed, in preparation, or spelt by BPS (reference 2.7 and 2.8)
    (None, "LOA KULU", "KARYA UTAMA", "64.02.02.2009", "NAME_VARIANT", "REG_OLD_NAME"),
    (None, "LOA KULU", "JEMBAYAN ILIR", "64.02.02.2003", "NAME_VARIANT", "REG_OLD_NAME"),
    (None, "TENGGARONG SEBERANG", "Desa Persiapan Sumber Rejo", "64.02.16.2004", "NAME_VARIANT", "REG_OLD_NAME"),
    (None, "ANGGANA", "TANJUNG BARUKANG", "64.02.04.2001", "NAME_VARIANT", "REG_OLD_NAME"),
    (None, "MUARA JAWA", "MUARA JAWA PESISIR", "64.02.14.1008", "NAME_VARIANT", "REG_OLD_NAME"),
    (None, "LOA KULU", "JEMBAYAN", "64.02.02.2003", "NAME", None),
    (None, None, "SUMBER SARI", None, None, "REG_UNKNOWN"),
    (None, "TENGGARONG", "ENTAH DI MANA", None, None, "REG_UNKNOWN"),
]


@pytest.mark.parametrize(("code", "kecamatan", "village", "expected", "rule", "finding"), CASES)
def test_resolves_a_village(  # noqa: PLR0917  (one row of the table)
    code: str | None,
    kecamatan: str | None,
    village: str | None,
    expected: str | None,
    rule: str | None,
    finding: str | None,
) -> None:
    place = REGIONS.resolve("64.02", code, kecamatan, village)
    assert (place.village_code, place.rule, place.finding) == (expected, rule, finding)


OF_OTHERS = [
    # BPS and Kemendagri spell these differently (reference 2.8)
    ("64.08", "KONGBENG", "SUKAMAJU", "64.08.08.2003"),
    ("64.08", "KOMBENG", "SUKA MAJU", "64.08.08.2003"),
    ("17.04", "TANJUNG KEMUNING", "PELAJARAN I", "17.04.02.2008"),
    ("17.04", "TANJUNG KEMUNING", "PELAJARAN II", "17.04.02.2015"),
    ("17.04", "TANJUNG KEMUNING", "TANJUNG AUR I", "17.04.02.2003"),
    ("17.04", "PADANG GUCI HULU", "MANAU SEMBILAN I", "17.04.15.2005"),
    ("17.04", "PADANG GUCI HULU", "MANAU SEMBILAN II", "17.04.15.2006"),
    ("17.04", "NASAL", "PASAR JUMAT", "17.04.07.2019"),
    ("17.04", "KAUR SELATAN", "BANDAR", "17.04.05.1013"),
    # a numeral without its space is a number all the same, or nothing, never the village without it
    ("17.04", "TANJUNG KEMUNING", "PELAJARANII", "17.04.02.2015"),
    ("17.04", "KELAM TENGAH", "SUKARAMIII", "17.04.09.2013"),
    ("17.04", "KINAL", "PINANGJAWAIV", None),
    # one letter left out
    ("64.02", "MUARA JAWA", "MUAA JAWA", "64.02.14.1008"),
    ("17.04", "KINAL", "PINNG JAWA", "17.04.01.2007"),
    ("64.02", "SAMBOJA", "DESA/KEL. KAMPUNG LAMA", "64.02.13.1022"),
    # one is nobody's number here: there is no second one
    ("17.04", "MAJE", "TANJUNG AUR I", None),
]


@pytest.mark.parametrize(("regency", "kecamatan", "village", "expected"), OF_OTHERS)
def test_a_village_is_known_as_bps_spells_it(regency: str, kecamatan: str, village: str, expected: str | None) -> None:
    assert REGIONS.resolve(regency, None, kecamatan, village).village_code == expected


CLASHES = [
    # 1704042 is Muara Sahung to BPS, 17.04.04 Kaur Tengah to Kemendagri: the names decide, never the digits alone
    ("1704042001", "MUARA SAHUNG", "ULAK LEBAR", "17.04.11", "BPS_CODE", "REG_BPS_CODE"),
    ("1704042001", "KAUR TENGAH", "SUKARAMI", "17.04.04", "CODE", None),
    ("1704042001", None, None, "17.04.04", "CODE", None),
    ("1704042001", "NASAL", "PASAR JUMAT", "17.04.04", "CODE", "REG_NAME_MISMATCH"),
]


@pytest.mark.parametrize(("code", "kecamatan", "village", "found", "rule", "finding"), CLASHES)
def test_a_code_of_two_systems_is_the_one_the_names_confirm(  # noqa: PLR0917  (one row of the table)
    code: str, kecamatan: str | None, village: str | None, found: str, rule: str, finding: str | None
) -> None:
    place = REGIONS.resolve("17.04", code, kecamatan, village)
    assert (place.kecamatan_code, place.rule, place.finding) == (found, rule, finding)
    assert place.village_code is not None


def test_a_bps_code_leads_to_its_kecamatan_and_the_name_to_the_village() -> None:
    place = REGIONS.resolve("17.04", "1704050001", "KINAL", "GERAMAT")
    assert (place.village_code, place.rule) == ("17.04.01.2003", "BPS_CODE")


def test_another_regencys_code_is_another_regencys_row() -> None:
    assert REGIONS.resolve("64.02", "6408011001", None, None).regency_code == "64.08"
    assert REGIONS.resolve("64.02", "3515081001", None, None).regency_code == "35.15"


@pytest.mark.parametrize("regency", sorted({row["regency_code"] for row in REGIONS._villages.values()}))
def test_every_village_is_found_by_its_own_names(regency: str) -> None:
    villages = [row for row in REGIONS._villages.values() if row["regency_code"] == regency]
    wrong = [
        row["village_code"]
        for row in villages
        if REGIONS.resolve(regency, None, row["kecamatan_name"], row["village_name"]).village_code
        != row["village_code"]
    ]
    assert wrong == []

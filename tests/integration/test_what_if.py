"""What-if questions on a real server: answered from the published release, which nobody touches."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from rbpk.errors import ReleaseUnknown, ScenarioUnlike
from rbpk.publishing import publish
from rbpk.scenarios import Scenario, compare
from tests.integration.publishing_kit import ask, candidate, run

if TYPE_CHECKING:
    from tests.conftest import Database

MARTS = """
create table {schema}.mart_households (
    household_id text, kecamatan_code text, priority_tier integer, desil integer, deprivation_count integer,
    members integer, members_aid integer, members_train_or_capital integer, members_family integer,
    is_eligible boolean, programmes_received text, is_deprived_housing boolean, is_deprived_education boolean,
    is_deprived_health boolean, is_deprived_economy boolean, is_deprived_employment boolean,
    regency_code text, period text, release_id text
);
create table {schema}.mart_budget_coverage (
    programme_code text, phase text, is_current_phase boolean, desil_from integer, desil_to integer,
    needs_indicator_code text, needs_pathway text, not_with_programme_code text, priority_order text,
    cost_basis text, unit_cost_idr numeric(18,2), ceiling_idr numeric(18,2),
    need_households integer, fundable_households integer, regency_code text, period text, release_id text
);
create table {schema}.dim_regions (
    level text, region_code text, region_name text, regency_code text, period text, release_id text
);
insert into {schema}.dim_regions
select 'KECAMATAN', code, name, {facts}
from (values ('64.02.06', 'Tenggarong'), ('64.02.17', 'Marang Kayu'), ('64.02.12', 'Tabang')) as listed (code, name);
insert into {schema}.mart_budget_coverage values
    ('AID', 'PERUBAHAN', true, 1, 2, null, null, null, 'TIER,DESIL,DEPRIVATIONS', 'household', 3, 7, 3, 2, {facts}),
    ('AID', 'MURNI', false, 1, 2, null, null, null, 'TIER,DESIL,DEPRIVATIONS', 'household', 3, 3, 3, 1, {facts}),
    ('ODD', 'MURNI', true, 1, 2, null, null, null, 'DESIL', 'household', 3, 7, 99, 2, {facts}),
    ('HOUSE', 'MURNI', true, 1, 4, 'RUMAH', null, 'PKH', 'DESIL', 'member', 2, 8, 1, 1, {facts});
insert into {schema}.mart_households
select
    id, kecamatan, tier, desil, 0, 4, 0, 0, 0, eligible, received, house, false, false, false, false, {facts}
from (values
    ('a', '64.02.17', 2, 1, true, '', true),
    ('b', '64.02.06', 1, 2, true, 'PKH', true),
    ('c', '64.02.06', 1, 1, true, '', false),
    ('d', '64.02.06', 1, 3, true, '', false),
    ('e', '64.02.06', 1, 1, false, '', true)
) as listed (id, kecamatan, tier, desil, eligible, received, house)
"""


@pytest.fixture
def published(database: Database) -> Database:
    opened = candidate(database.owner, ())
    facts = f"'64.02', '2026-10', '{opened.release_id}'"
    run(
        database.owner,
        f"drop table {opened.release_schema}.mart_households",
        MARTS.format(schema=opened.release_schema, facts=facts),
    )
    publish(database.publisher, opened.release_id, "tester")
    return database


def test_a_wider_cut_off_and_a_higher_ceiling_move_households_and_rupiah(published: Database) -> None:
    before = ask(published.owner, "select release_id, content_hash from audit.releases")
    answer = compare(published.bi_reader, Scenario("64.02", "AID", 3, Decimal(2)))
    assert (answer.phase, answer.desil_to_before, answer.desil_to_after) == ("PERUBAHAN", 2, 3)
    assert (answer.ceiling_before_idr, answer.ceiling_after_idr) == (7, 9)
    total = answer.total
    assert (total.need_before, total.need_after, total.funded_before, total.funded_after) == (3, 4, 2, 3)
    assert (total.need_before_idr, total.need_after_idr, total.funded_after_idr) == (9, 12, 9)
    # Every kecamatan answers (R37): the second tier stays behind the first.
    assert [(one.kecamatan_name, one.need_after, one.funded_after) for one in answer.kecamatans] == [
        ("Tenggarong", 3, 3), ("Tabang", 0, 0), ("Marang Kayu", 1, 0)]  # fmt: skip
    assert ask(published.owner, "select release_id, content_hash from audit.releases") == before


def test_a_lower_ceiling_funds_nobody_it_cannot_pay(published: Database) -> None:
    total = compare(published.bi_reader, Scenario("64.02", "AID", None, Decimal(-100))).total
    assert (total.need_after, total.funded_after, total.funded_after_idr) == (3, 0, 0)


def test_needs_and_members_count_as_in_the_release(published: Database) -> None:
    total = compare(published.bi_reader, Scenario("64.02", "HOUSE")).total
    assert (total.need_before, total.funded_before, total.need_before_idr) == (1, 1, 8)


def test_no_answer_is_given_that_the_release_contradicts(published: Database) -> None:
    with pytest.raises(ScenarioUnlike):
        compare(published.bi_reader, Scenario("64.02", "ODD"))
    with pytest.raises(ReleaseUnknown):
        compare(published.bi_reader, Scenario("64.02", "NOBODY"))

"""The rules by their levels: all that two rows can say of each other, at its best."""

from __future__ import annotations

from rbpk.linkage.cascade import load_scores
from rbpk.linkage.engine import open_engine
from rbpk.warehouse import statement

# Every mixture of what is known before names are compared, with names, sex and mother as good as they can be.
LEVELS = """
select
    row_number() over ()::uinteger as left_unit, 0::uinteger as right_unit, *,
    1.0 as name_score, 1.0 as jaro_winkler, 'equal' as sex_level, 'equal' as mother_level,
    false as is_birth_contradicted, true as is_long_name
from
    (select unnest(['missing', 'equal', 'slip', 'differ', 'doubtful']) as nik_level),
    (select unnest(['equal', 'by_nik', 'missing', 'swapped', 'default', 'other_year', 'close', 'differ'])
        as birth_level),
    (select unnest([true, false]) as same_card), (select unnest([true, false]) as same_family),
    (select unnest([true, false]) as same_source_person), (select unnest([true, false]) as same_village),
    (select unnest([true, false]) as is_both_niks_attested), (select unnest([true, false]) as is_related)
"""


def test_no_rule_joins_what_is_left_out_before_names_are_compared() -> None:
    text = statement("rbpk.linkage", "comparisons")
    left_out = text[text.index("possible as (") : text.index("heard as (")].partition("where")[2].rpartition(")")[0]
    with open_engine("200MB") as engine:
        load_scores(engine)
        engine.connection.execute(f"create table levels as {LEVELS}")
        engine.connection.execute(f"create table missed as select * from levels where ({left_out}) is not true")
        assert len(engine.connection.table("levels")) == 5 * 8 * 2**6
        for table, rules in (("missed", "rules"), ("missed where is_related", "household_rules")):
            engine.connection.execute(f"create or replace table comparisons as from {table}")
            assert len(engine.table("comparisons")) > 100
            assert engine.ask(rules).is_empty()
        engine.connection.execute("create or replace table comparisons as from levels")
        assert len(engine.ask("rules")) > 100

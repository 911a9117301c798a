select
    (
        select count(*)
        from {release}.dim_regions as regions
        where regions.village_kind = 'desa'
            and regions.desa_code not in (select scored.desa_code from {table} as scored)
    ) as regions_missing,
    count(*) filter (
        where total_score not between 0 and 100
            or least(score_a, score_b, score_c, score_d, score_e) < 0
            or greatest(score_a, score_b, score_c, score_d, score_e) > 100
            or weight_a_pct + weight_b_pct + weight_c_pct + weight_d_pct + weight_e_pct is distinct from 100
            or desa_code not like '__.__.__.2___'
    ) as scores_impossible
from {table}

-- Villages by score, with the priority tier of their kecamatan.
-- index: none: one row a village
select
    scorecard.kecamatan_name,
    scorecard.desa_name,
    regions.priority_tier,
    scorecard.total_score,
    scorecard.regency_rank
from published.mart_village_scorecard as scorecard
inner join published.dim_regions as regions
    on scorecard.desa_code = regions.region_code
        and scorecard.release_id = regions.release_id
order by scorecard.regency_rank

select jsonb_build_object(
    'release_id', release.release_id,
    'regency_code', release.regency_code,
    'period', release.period,
    'revision', release.revision,
    'published_at', release.published_at,
    'approved_by', release.approved_by,
    'verdict', release.verdict,
    'inputs_hash', release.inputs_hash,
    'content_hash', release.content_hash,
    'code_version', release.code_version,
    'deliveries', (
        select jsonb_object_agg(delivery.delivery_id, delivery.sha256)
        from audit.release_deliveries as frozen
        inner join audit.deliveries as delivery on frozen.delivery_id = delivery.delivery_id
        where frozen.release_id = release.release_id
    ),
    'rewrites', (
        select jsonb_agg(
            jsonb_build_object(
                'erasure_id', rewrite.erasure_id,
                'erased_at', erasure.erased_at,
                'former_hash', rewrite.former_hash,
                'content_hash', rewrite.content_hash
            )
            order by rewrite.erasure_id
        )
        from audit.release_rewrites as rewrite
        inner join audit.erasures as erasure on rewrite.erasure_id = erasure.erasure_id
        where rewrite.release_id = release.release_id
    ),
    'decisions', (
        select jsonb_agg(
            jsonb_build_object(
                'decision', decision.decision, 'decided_by', decision.decided_by, 'decided_at', decision.decided_at,
                'reason', decision.reason, 'ba_number', decision.ba_number
            )
            order by decision.approval_id
        )
        from audit.approvals as decision
        where decision.release_id = release.release_id
    )
)
from audit.releases as release
where release.release_id = %(release_id)s and release.published_at is not null

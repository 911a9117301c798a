"""What readers see: candidates opened, published by one pointer row, taken back, cleared away."""

from rbpk.publishing.decisions import Decision, decide, summarise
from rbpk.publishing.hashing import content_hash
from rbpk.publishing.manifest import known_heads, verify_release, write_manifest
from rbpk.publishing.official import Doors, Written, export_official
from rbpk.publishing.open_data import export_open
from rbpk.publishing.opening import OpenedRelease, close_candidate, open_release
from rbpk.publishing.publication import Publication, publish
from rbpk.publishing.retention import retain
from rbpk.publishing.rollbacks import rollback
from rbpk.publishing.views import refresh_views

__all__ = [
    "Decision",
    "Doors",
    "OpenedRelease",
    "Publication",
    "Written",
    "close_candidate",
    "content_hash",
    "decide",
    "export_official",
    "export_open",
    "known_heads",
    "open_release",
    "publish",
    "refresh_views",
    "retain",
    "rollback",
    "summarise",
    "verify_release",
    "write_manifest",
]

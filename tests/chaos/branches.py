"""Every path that is taken only after something died or filled up: how it tells of itself, and what leads there.

Two are Airflow's alone and are met by the end-to-end tests: burying a dead scheduler, joining a run under way.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Branch:
    """A recovery: words of what a step prints (none: the stage sees it happen), and the disturbance that needs it."""

    name: str
    words: str
    step: str
    kind: str
    trap: str = ""


BRANCHES = (
    Branch("a half file of the store", "removed what an attempt that died left half", "receive", "trap",
           "dies after rbpk.landing.store:shutil.copyfile 3"),
    Branch("a file kept, not entered", "the content is kept already", "receive", "trap",
           "dies after rbpk.landing.receiving:keep 4"),
    Branch("a file entered before", "was received by an earlier attempt", "receive", "trap",
           "dies after rbpk.landing.receiving:_entered 5"),
    Branch("no room in the store", "no room left on the disk of", "receive", "room"),
    Branch("a dead reader", "its reader ended without a word", "land", "trap",
           "bereaved after rbpk.feeds.child:Reader._started 2"),
    Branch("landed by another attempt", "was dealt with by another attempt", "land", "trap",
           "twin before rbpk.landing:land"),
    Branch("a gate without an answer", "no verdict while the warehouse cannot answer", "check_deliveries", "trap",
           "cut before rbpk.gate.engine:_measure 4"),
    Branch("judged by another attempt", "was judged by another attempt meanwhile", "check_deliveries", "trap",
           "twin after rbpk.gate.engine:run 2"),
    Branch("an orphan candidate", "was opened by an earlier try", "open_release", "trap",
           "dies after rbpk.publishing:open_release"),
    Branch("a failed candidate closed", "withdrew release=", "marts", "closed",
           "dies after tests.chaos.step:_build"),
    Branch("an orphan work schema", "which a withdrawn candidate left", "link", "closed",
           "dies before rbpk.linkage:link"),
    Branch("what linkage kept, spoilt", "what linkage kept cannot be read", "link", "spoilt",
           "dies after rbpk.linkage.kept:Kept.keep"),
    Branch("what linkage spilled", "removed what a run that died had spilled", "link", "trap",
           "dies after rbpk.linkage.linking:find_homes"),
    Branch("links that stand", "nothing they depend on has changed", "link", "trap", "dies after rbpk.linkage:link"),
    Branch("a pending publication", "were attached by an earlier attempt", "publish", "trap",
           "dies after rbpk.publishing.publication:_attach"),
    Branch("a publication not heard of", "was published by an earlier attempt", "publish", "trap",
           "dies after rbpk.publishing.publication:_show"),
    Branch("a lock in the way", "the warehouse is busy: attempt", "publish", "trap",
           "locked before rbpk.publishing.publication:_show"),
    Branch("a server out of room", "the warehouse ran out of room", "land", "server room"),
    Branch("a server's orphans", "", "link", "postmaster"),
    Branch("a half-made server", "", "receive", "half server"),
    Branch("a clearing half done", "finishing what a killed clearing began", "publish", "clearing"),
)  # fmt: skip

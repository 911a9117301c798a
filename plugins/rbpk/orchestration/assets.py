"""The assets the DAGs exchange: the inbox, received and landed deliveries by feed, published releases."""

from __future__ import annotations

from typing import Final

from airflow.sdk import Asset, AssetAlias, AssetWatcher

from rbpk.orchestration.inbox_trigger import InboxTrigger

INBOX: Final = "inbox"
PUBLISHED: Final = Asset(name="published_releases", uri="rbpk://published/releases", group="rbpk")
# One receiving task tells, at run time, which feeds got something new.
RECEIVED_FEEDS: Final = AssetAlias(name="received_feeds", group="rbpk")


def inbox(inbox_url: str) -> Asset:
    """Return the watched inbox."""
    watcher = AssetWatcher(name="inbox_watcher", trigger=InboxTrigger(inbox_url=inbox_url))
    return Asset(name=INBOX, uri="rbpk://inbox", group="rbpk", watchers=[watcher])


def received(feed: str) -> Asset:
    """Return the asset that says: deliveries of this feed wait to be landed."""
    return Asset(name=f"received_{feed}", uri=f"rbpk://received/{feed}", group="rbpk")


def landed(feed: str) -> Asset:
    """Return the asset that says: deliveries of this feed are in the landing tables."""
    return Asset(name=f"landed_{feed}", uri=f"rbpk://landed/{feed}", group="rbpk")

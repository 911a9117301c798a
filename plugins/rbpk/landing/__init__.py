"""Deliveries in: seen in the inbox, kept unchanged in the store, landed row by row with nothing lost."""

from rbpk.landing.entering import ReceivedDelivery
from rbpk.landing.erasing import Gone, Traces, erase
from rbpk.landing.inbox import Fingerprint, Scan, scan
from rbpk.landing.ledger import pending
from rbpk.landing.loading import LandingOutcome, land
from rbpk.landing.places import load_regions
from rbpk.landing.receiving import Receipt, receive
from rbpk.landing.shredding import shred
from rbpk.landing.workbooks import write_corrections

__all__ = [
    "Fingerprint",
    "Gone",
    "LandingOutcome",
    "Receipt",
    "ReceivedDelivery",
    "Scan",
    "Traces",
    "erase",
    "land",
    "load_regions",
    "pending",
    "receive",
    "scan",
    "shred",
    "write_corrections",
]

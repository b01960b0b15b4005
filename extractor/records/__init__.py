"""A notice as rows of the contract's tables: what a worker makes, and the store puts in. Pure.

`record` is the way in. The store and the shards take a `Record` as it is.
"""

from __future__ import annotations

from extractor.records.record import TABLES, Record, record
from extractor.records.rows import Row

__all__ = ["TABLES", "Record", "Row", "record"]

"""Official notices (公文) into clauses, duties, targets, sums and citations that can be queried.

>>> from extractor import compare, facts, ingest, read
>>> notice = read("corpora/xihu.txt")
>>> notice.head.doc_number, notice.amounts[0].value
('西发〔2023〕8号', Decimal('2000'))
>>> [result.status for result in ingest("corpora/xihu.txt", "corpora/luhe.txt", database="policies.db")]
['written', 'written']
>>> [column.name for column in compare("policies.db", topic="托位供给").columns]
['南昌市西湖区', '汕尾市陆河县']
>>> sorted(facts("policies.db", "targets")["place"].unique())
['西湖区', '陆河县']
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["__version__", "compare", "facts", "ingest", "read", "side_by_side", "table"]

if TYPE_CHECKING:
    from extractor.compare.asked import compare as compare
    from extractor.frames import facts as facts
    from extractor.frames import side_by_side as side_by_side
    from extractor.frames import table as table
    from extractor.library import ingest as ingest
    from extractor.pipeline import read as read

# Where the functions for programs and notebooks are. Each is loaded when it is asked for.
_HOMES = {
    "facts": "extractor.frames", "ingest": "extractor.library", "read": "extractor.pipeline",
    "side_by_side": "extractor.frames", "table": "extractor.frames",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    if name == "compare":  # the package, which can be called
        return import_module("extractor.compare")
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)

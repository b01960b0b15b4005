"""The comparison of notices: topics, aligned clauses, common wording, tables side by side.

Reads the database and writes the tables that hold comparisons (topics, pairs, runs, works, facts, gaps) and
the findings of works; it imports no stage of the pipeline.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any


class _Package(ModuleType):
    """A package that can be called: `from extractor import compare; compare("policies.db", topic=…)`.

    Importing a package makes it an attribute of the one above it, where a function of the same name would be
    lost; so the package itself passes the call on.
    """

    def __call__(self, *words: Any, **options: Any) -> Any:
        """See `extractor.compare.asked.compare`."""
        from extractor.compare.asked import compare

        return compare(*words, **options)


sys.modules[__name__].__class__ = _Package

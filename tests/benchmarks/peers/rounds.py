"""What the programs of the peers share; the standard library alone, for they run in environments of their own.

Standard input: JSON, {"documents": [[paragraph, …], …], "rounds": 3}. Standard output, last line: JSON,
{"seconds": {name: [processor seconds of each round]}, "facts": [[[kind, value, unit], …] of each document]}.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator

Fact = tuple[str, float | str, str]
Find = Callable[[list[str]], Iterator[Fact]]


def main(finders: dict[str, Find]) -> None:
    """Run each finder over all documents, once to warm up and then in rounds."""
    asked = json.load(sys.stdin)
    documents = asked["documents"]
    facts: list[list[Fact]] = [[] for _ in documents]
    for find in finders.values():
        for found, paragraphs in zip(facts, documents, strict=True):
            found += find(paragraphs)
    seconds: dict[str, list[float]] = {name: [] for name in finders}
    for _ in range(asked["rounds"]):
        for name, find in finders.items():
            began = time.process_time()
            for paragraphs in documents:
                for _ in find(paragraphs):
                    pass
            seconds[name].append(time.process_time() - began)
    print(json.dumps({"seconds": seconds, "facts": facts}))

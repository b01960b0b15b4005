"""The block of fields that generators of static sites keep above a page: `---`, `title: …`, `---`."""

from __future__ import annotations

import re
from itertools import islice
from typing import NamedTuple

MOST = 4096  # bytes that the block takes up at most
BLANK = b"\xef\xbb\xbf \t\r\n"  # what may stand before it
FENCE = re.compile(rb"^(?:\xef\xbb\xbf)?---[ \t]*\r?(?:\n|\Z)", re.MULTILINE)
FIELD = re.compile(r"([^\s:#<-][^:\n]{0,60}):(?:[ \t]+(.*))?$")  # title: 某某办法
BELONGS = re.compile(r"\s|-[ \t]|#|$")  # an item of a list, a line that goes on, a comment


class Split(NamedTuple):
    """The fields above a page, and the page itself."""

    fields: dict[str, str]
    page: bytes


def split(data: bytes) -> Split:
    """The fields, by name, and what stands below them; all of it where it does not open with fields alone."""
    opening = list(islice(FENCE.finditer(data, 0, MOST), 2))
    if len(opening) < 2 or data[: opening[0].start()].strip(BLANK):
        return Split({}, data)
    first, last = opening
    fields: dict[str, str] = {}
    for line in data[first.end() : last.start()].decode("utf-8", "replace").splitlines():
        field = FIELD.match(line)
        if field is None and not BELONGS.match(line):
            return Split({}, data)
        if field is not None and field[2]:
            fields[field[1].strip()] = field[2].strip().strip("\"'")
    return Split(fields, data[last.end() :] if fields else data)

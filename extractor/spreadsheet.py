"""Text for the cells of spreadsheets, kept from running there as a formula, and back."""

from __future__ import annotations

# What Excel, LibreOffice and others take for the beginning of a formula (OWASP, «CSV Injection»; CWE-1236).
_STARTS = ("=", "+", "-", "@", "\t", "\r")


def inert(text: str) -> str:
    """The text, led by an apostrophe where a spreadsheet would take it for a formula.

    So is one that begins so after apostrophes of its own, so that `original` gives back every text.

    >>> inert("=1+1"), inert("--11-30"), inert("托位=4.5"), inert("'=1")
    ("'=1+1", "'--11-30", '托位=4.5', "''=1")
    """
    return f"'{text}" if text.lstrip("'").startswith(_STARTS) else text


def original(cell: str) -> str:
    """The text that `inert` was given.

    >>> original("'=1+1"), original("'十四五'规划")
    ('=1+1', "'十四五'规划")
    """
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(_STARTS) else cell

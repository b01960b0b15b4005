"""The language that the command line speaks: English, or Chinese where the reader's locale or choice says so.

Messages stay in English until they are shown; `spoken` looks them up by their templates in a catalogue of
gettext (`locale/zh/LC_MESSAGES/extractor.po`; `python -m tests.docs` writes the .mo that is read). What
click says by itself stands in the same catalogue, for click asks gettext too.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Final, Literal

from extractor.messages import Message

Language = Literal["en", "zh"]
VARIABLE: Final = "EXTRACTOR_LANG"
FOLDER: Final = Path(__file__).parent / "locale"
_DOMAIN: Final = "extractor"
_TOLD: Final = "LANGUAGE"  # where gettext looks first


def preferred(variables: Mapping[str, str]) -> Language:
    """What the variables of a process ask for, read as gettext does: LANGUAGE counts where there is a locale.

    >>> preferred({"LANG": "zh_CN.UTF-8"}), preferred({"LANG": "zh_CN.UTF-8", "LC_ALL": "C.UTF-8"})
    ('zh', 'en')
    >>> preferred({"LANG": "zh_CN.UTF-8", "LANGUAGE": "en_US:zh"}), preferred({"EXTRACTOR_LANG": "zh"})
    ('en', 'zh')
    """
    locale = next(filter(None, map(variables.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "C")
    if locale.partition(".")[0] not in ("C", "POSIX"):
        locale = variables.get(_TOLD) or locale
    return "zh" if (variables.get(VARIABLE) or locale).lower().startswith("zh") else "en"


@contextmanager
def speaking() -> Iterator[None]:
    """Speak the preferred language, and say again afterwards what gettext was told before."""
    before, domain = os.environ.get(_TOLD), gettext.textdomain()
    gettext.bindtextdomain(_DOMAIN, os.fspath(FOLDER))
    gettext.textdomain(_DOMAIN)
    speak(preferred(os.environ))
    try:
        yield
    finally:
        gettext.textdomain(domain)
        os.environ.pop(_TOLD)
        if before is not None:
            os.environ[_TOLD] = before


def speak(language: Language) -> None:
    """Speak this language from now on."""
    os.environ[_TOLD] = language


def looked_up(template: str) -> str:
    """A sentence in the language that is spoken; itself where the catalogue lacks it."""
    if not template:
        return ""
    if gettext.textdomain() != _DOMAIN:
        return gettext.gettext(template)
    return _catalogue(os.environ.get(_TOLD, "")).gettext(template)


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    """What gettext finds, looked for once: a run says a line for each of its files."""
    return gettext.translation(_DOMAIN, os.fspath(FOLDER), languages=language.split(":"), fallback=True)


def spoken(words: str) -> str:
    """A message in the language that is spoken, with the messages in it; other words as they are."""
    if not isinstance(words, Message):
        return words
    values = {
        name: spoken(value) if isinstance(value, str) else value for name, value in words.values.items()
    }
    return looked_up(words.template).format(**values)

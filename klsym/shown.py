"""What a text from outside may show: nothing that steers a terminal, or hides what is there.

Every answer and every message goes through here, for a file's name, a formula and a label may hold
anything: escape sequences, letters that run from right to left, half a character.
"""

from __future__ import annotations

import json
import re
from typing import Any

_SUSPECT = re.compile(r"[^ -~\n]")


def printable(text: str) -> str:
    """The text without control characters, so that it cannot steer a terminal.

    >>> printable("a\\x1b[2Jb")
    'a\N{REPLACEMENT CHARACTER}[2Jb'
    """
    return _SUSPECT.sub(lambda found: _or(found, "\N{REPLACEMENT CHARACTER}"), text)


def one_line(text: str) -> str:
    """The text without control characters and without an end of a line.

    >>> one_line("a\\nb")
    'a\N{REPLACEMENT CHARACTER}b'
    """
    return printable(text).replace("\n", "\N{REPLACEMENT CHARACTER}")


def json_text(data: Any, indent: int | None = 2) -> str:
    r"""Data as JSON that a person can read; what must not be shown is escaped, and so not lost.

    >>> print(json_text({"name": "μ\x9b2J"}, None))
    {"name": "μ\u009b2J"}
    """
    written = json.dumps(data, indent=indent, ensure_ascii=False)
    return _SUSPECT.sub(lambda found: _or(found, json.dumps(found.group())[1:-1]), written)


def _or(found: re.Match[str], instead: str) -> str:
    return found.group() if found.group().isprintable() else instead

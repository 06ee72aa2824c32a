r"""Marking: where a repair differs from what was printed, and by how much.

>>> changes("a + b", "a - b"), changes("2*a", "a")
((Span(start=2, end=3),), (Span(start=0, end=0),))
>>> distance("a + b", "a - b"), distance("a*b - c", "a*(b - c)")
(1, 0)
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from klsym.errors import Span

_TOKEN = re.compile(r"\\[A-Za-z]+\s*|\\.|[A-Za-z]+|\d+(?:\.\d+)?|\*\*|\S")
_SILENT = re.compile(r"\\left|\\right|\\cdot|\*\*|[(){}\[\]^*]|\\[,;:! ]")


def changes(before: str, after: str) -> tuple[Span, ...]:
    """The places of ``after`` that differ from ``before``; where something went, an empty one."""
    old, new = _tokens(before), _tokens(after)
    matcher = SequenceMatcher(None, [t for t, _ in old], [t for t, _ in new], autojunk=False)
    found = []
    for kind, _, _, low, high in matcher.get_opcodes():
        if kind == "equal":
            continue
        if low < high:
            found.append(Span(new[low][1].start, new[high - 1][1].end))
        else:
            at = new[low][1].start if low < len(new) else len(after)
            found.append(Span(at, at))
    return tuple(found)


def distance(before: str, after: str) -> int:
    """How many words, numbers and signs were put in, left out or replaced.

    Brackets are free, and so is what only joins.
    """
    old, new = ([t for t, _ in _tokens(x) if not _SILENT.fullmatch(t)] for x in (before, after))
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return sum(max(j - i, n - m) for kind, i, j, m, n in matcher.get_opcodes() if kind != "equal")


def _tokens(text: str) -> list[tuple[str, Span]]:
    found = []
    for token in _TOKEN.finditer(text):
        word = token.group().rstrip()
        found.append((word, Span(token.start(), token.start() + len(word))))
    return found

r"""Displays to rows: ``\\`` ends a row, unless inside braces, cases or a matrix.

A row that begins with an operator, in a cell left empty, continues the row above.  Nothing is
moved: what belongs to the layout becomes blanks, so each row keeps its places.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from klsym.documents.source import Excerpt

_MARKS = re.compile(r"\\(?:label|tag\*?|eqref)\s*\{[^{}]*\}|\\(?:nonumber|notag)(?![A-Za-z])")
_TOKEN = re.compile(
    r"\\(?:begin|end)\s*\{([A-Za-z]+\*?)\}|\\\\(?:\s*\[[^\]\n]*\])?|\\.|[{}]", re.DOTALL
)
_ALIGNED = ("aligned", "align", "alignat", "alignedat", "split", "eqnarray", "flalign")
_STACKED = ("gather", "gathered", "multline", "equation", "math", "displaymath")
_LAYOUTS = frozenset((*_ALIGNED, *_STACKED))
_TAKES_COLUMNS = frozenset({"alignat", "alignedat"})
_OPTIONS = re.compile(r"\s*\[[a-z]\]|\s*\{\d+\}")
_LEAD = re.compile(
    r"(?:\s|&|\{\}|\\q?quad(?![A-Za-z])|\\[,;:!\s]|\\left\s*\.)*"
    r"(?P<op>[+\-*/]|\\(?:cdot|times)(?![A-Za-z])|\\left\s*\.)"
)
_RELATION = re.compile(r"=|\\(?:leq?|geq?|approx|sim|propto|equiv)(?![A-Za-z])|[<>]")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a display, or several that are one; ``first`` and ``last`` count from 1."""

    excerpt: Excerpt
    first: int
    last: int


def rows(excerpt: Excerpt) -> list[Row]:
    """The rows of a display that hold anything."""
    text, ends = _flattened(excerpt.text)
    excerpt = excerpt.with_text(text)
    found: list[Row] = []
    starts: list[int] = []
    number = 0
    for start, end in ends:
        piece = text[start:end]
        if not piece.strip(" \t\n&"):
            continue
        number += 1
        if found and _continues(piece, text[starts[-1] : start]):
            found[-1] = Row(excerpt.part(starts[-1], end), found[-1].first, number)
        else:
            found.append(Row(excerpt.part(start, end), number, number))
            starts.append(start)
    return found


def _flattened(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text with the layout's environments blanked, and where its rows lie."""
    text = _MARKS.sub(_blank, text)
    blanked, ends = text, []
    depth = nested = start = 0
    for token in _TOKEN.finditer(text):
        word = token.group()
        if token.group(1):
            layout = token.group(1).rstrip("*") in _LAYOUTS
            if layout:
                end = token.end()
                option = _OPTIONS.match(text, end) if word.startswith("\\begin") else None
                if option and ("[" in option.group() or token.group(1) in _TAKES_COLUMNS):
                    end = option.end()
                blank = re.sub(r"[^\n]", " ", text[token.start() : end])
                blanked = blanked[: token.start()] + blank + blanked[end:]
            else:
                nested += 1 if word.startswith("\\begin") else -1
        elif word == "{":
            depth += 1
        elif word == "}":
            depth -= 1
        elif word.startswith("\\\\") and depth == 0 and nested == 0:
            ends.append((start, token.start()))
            start = token.end()
    return blanked, [*ends, (start, len(text))]


def _blank(mark: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", mark.group())


def _continues(piece: str, above: str) -> bool:
    """Whether a row goes on with the expression above it: it begins with an operator.

    Without an empty cell before it, ``-1 = x`` is a new equation.
    """
    lead = _LEAD.match(piece)
    if lead is None:
        return False
    if "&" in piece[: lead.start("op")] or lead.group("op") not in "+-":
        return True
    return _RELATION.search(piece) is None and _RELATION.search(above) is not None

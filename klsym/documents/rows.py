r"""Displays to rows: ``\\`` ends a row, unless inside braces, cases or a matrix.

A row goes on with the one above it if that one ends with an operator, a relation or an open
bracket, if it begins with an operator in a cell left empty, or if it is set in from the left and
relates nothing.  A ``multline`` is one row, and an ``array`` that is all of
a display has the rows of an ``align``.  Nothing is moved: what belongs to the layout becomes
blanks, so each row keeps its places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from klsym.documents.source import Excerpt
from klsym.syntax.vocabulary import RELATIONS

_MARKS = re.compile(
    r"\\(?:label|tag\*?|eqref)\s*\{[^{}]*\}|\\(?:nonumber|notag)(?![A-Za-z])"
    # Words in a column of their own at the end of a row say why it holds.
    r"|&\s*&\s*\\(?:text|mbox|textrm)\s*\{(?:[^{}]|\{[^{}]*\})*\}(?=\s*(?:\\\\|\\end|$))"
)
_TOKEN = re.compile(
    r"\\(?:begin|end)\s*\{([A-Za-z]+\*?)\}|\\\\(?:\s*\[[^\]\n]*\])?|\\.|[{}]", re.DOTALL
)
_ALIGNED = ("aligned", "align", "alignat", "alignedat", "split", "eqnarray", "flalign")
_STACKED = ("gather", "gathered", "multline", "multlined", "equation", "math", "displaymath")
_LAYOUTS = frozenset((*_ALIGNED, *_STACKED))
_TAKES_COLUMNS = frozenset({"alignat", "alignedat"})
_ONE_ROW = frozenset({"multline", "multlined"})
_OPTIONS = re.compile(r"\s*\[[a-z]\]|\s*\{\d+\}")

_TABLE = re.compile(
    r"\s*\\begin\{array\}(?:\[[a-z]\])?\{[lcr@{}\s]*\}(.*)\\end\{array\}[\s.,;]*", re.DOTALL
)

_SIGN = re.compile(
    r"(?P<space>\s+|~|\{\}|\\[,;:!\s]|\\(?:nonumber|notag|displaystyle|big|Big|bigg|Bigg)"
    r"(?![A-Za-z])|\\(?:left|right)\s*\.)"
    r"|(?P<indent>\\(?:q?quad|enspace|hspace\*?\s*\{[^{}]*\}|h?phantom\s*\{[^{}]*\})(?![A-Za-z]))"
    r"|(?P<cell>&)"
    r"|(?P<open>[(\[]|\\(?:\{|lbrace|langle|lvert|lVert|lbrack)(?![A-Za-z]))"
    r"|(?P<close>[)\]]|\\(?:\}|rbrace|rangle|rvert|rVert|rbrack)(?![A-Za-z]))"
    r"|(?P<op>[+\-*/]|\\(?:cdot|times|div)(?![A-Za-z]))"
    r"|(?P<words>\\(?:text|mbox|textrm|intertext)(?![A-Za-z]))"
    r"|\\(?P<command>[A-Za-z]+|.)|(?P<brace>\{)|(?P<end>\})|(?P<sign>.)",
    re.DOTALL,
)
_LEFT_OPEN = re.compile(r"\\left\s*\.")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a display, or several that are one; ``first`` and ``last`` count from 1."""

    excerpt: Excerpt
    first: int
    last: int


@dataclass(slots=True)
class _Piece:
    """What stands between two row ends, and what of it tells whether it goes on with another.

    ``leading`` is the operator or relation it begins with, at ``at``, and ``trailing`` that with
    which it ends; ``balance`` is how many brackets it leaves open.
    """

    start: int
    end: int
    at: int
    leading: str = ""
    trailing: str = ""
    balance: int = 0
    empty_cell: bool = False
    indented: bool = False
    related: bool = False
    begins_related: bool = False
    worded: bool = False

    def take(self, other: _Piece) -> None:
        """Let another piece be part of this."""
        self.end = other.end
        self.trailing = other.trailing
        self.balance += other.balance
        self.related = self.related or other.related


def rows(excerpt: Excerpt) -> list[Row]:
    """The rows of a display that hold anything."""
    text, ends = _flattened(excerpt.text)
    pieces = [_piece(text, start, end) for start, end in ends if text[start:end].strip(" \t\n&")]
    found: list[tuple[_Piece, int, int]] = []
    blanks: list[tuple[int, int]] = []
    for number, piece in enumerate(pieces, 1):
        after = pieces[number] if number < len(pieces) else None
        if found and _continues(piece, found[-1][0], after):
            above, first, _ = found[-1]
            # The sign at which a formula is broken may be printed on both rows.
            again = above.trailing != "" and above.trailing == piece.leading
            blanks.append((above.end, piece.at + len(piece.leading) * again))
            above.take(piece)
            found[-1] = above, first, number
        else:
            found.append((piece, number, number))
    excerpt = excerpt.with_text(_blanked(text, blanks))
    return [Row(excerpt.part(p.start, p.end), first, last) for p, first, last in found]


def _blanked(text: str, ranges: list[tuple[int, int]]) -> str:
    pieces, done = [], 0
    for start, end in sorted(ranges):
        if end <= done:
            continue
        start = max(start, done)
        pieces += [text[done:start], re.sub(r"[^\n]", " ", text[start:end])]
        done = end
    return "".join((*pieces, text[done:]))


def _flattened(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text with the layout's environments blanked, and where its rows lie."""
    table = _TABLE.fullmatch(text)
    if table is not None and text.count("\\begin{array}") == 1:
        text = _blanked(text, [(0, table.start(1)), (table.end(1), len(text))])
    blanks = [mark.span() for mark in _MARKS.finditer(text)]
    ends: list[tuple[int, int]] = []
    depth = nested = one_row = start = 0
    for token in _TOKEN.finditer(text):
        word = token.group()
        if token.group(1):
            name, begins = token.group(1).rstrip("*"), word.startswith("\\begin")
            if name not in _LAYOUTS:
                nested += 1 if begins else -1
                continue
            one_row += (name in _ONE_ROW) * (1 if begins else -1)
            end = token.end()
            option = _OPTIONS.match(text, end) if begins else None
            if option and ("[" in option.group() or name in _TAKES_COLUMNS):
                end = option.end()
            blanks.append((token.start(), end))
        elif word == "{":
            depth += 1
        elif word == "}":
            depth -= 1
        elif word.startswith("\\\\") and depth == 0 and nested == 0:
            if one_row > 0:
                blanks.append(token.span())
                continue
            ends.append((start, token.start()))
            start = token.end()
    return _blanked(text, blanks), [*ends, (start, len(text))]


def _piece(text: str, start: int, end: int) -> _Piece:
    piece = _Piece(start, end, end)
    for sign in _outer_signs(text, start, end):
        kind, word = sign.lastgroup, sign.group()
        first = piece.at == end
        if kind in ("space", "indent", "cell"):
            if first and _LEFT_OPEN.match(word):
                piece.at, piece.leading = sign.start(), word
            elif first:
                piece.indented |= kind == "indent"
                piece.empty_cell |= kind == "cell"
            continue
        named = kind in ("sign", "command") and word.removeprefix("\\") in RELATIONS
        related = named and piece.balance <= 0
        piece.trailing = word if related or kind == "op" else ""
        if first:
            piece.at, piece.leading = sign.start(), piece.trailing
            piece.begins_related, piece.worded = related, kind == "words"
        piece.balance += (kind == "open") - (kind == "close")
        piece.related |= related
    return piece


def _outer_signs(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """What a row holds outside of braces; the first brace of a group stands for it."""
    depth = 0
    for sign in _SIGN.finditer(text, start, end):
        if sign.lastgroup == "end":
            depth -= 1
        elif depth == 0:
            yield sign
        if sign.lastgroup == "brace":
            depth += 1


def _continues(piece: _Piece, above: _Piece, after: _Piece | None) -> bool:
    """Whether a row goes on with the expression above it.

    Without an empty cell before it, ``-1 = x`` is a new equation.
    """
    if piece.begins_related:
        return above.trailing == piece.leading
    if above.balance > 0 or above.trailing:
        return True
    if piece.leading:
        if piece.empty_cell or piece.leading not in "+-":
            return True
        return not piece.related and above.related
    if piece.related or piece.worded or not above.related:
        return False
    return piece.indented or (piece.empty_cell and not (after and after.begins_related))

r"""What is written out in cells: case distinctions and matrices."""

from __future__ import annotations

import re

from klsym.syntax import vocabulary as v
from klsym.syntax.cursor import Cursor
from klsym.syntax.tree import Cases, Matrix, Node, Text

_CONDITION_WORDS = re.compile(r"(?:if|for|when|where|,|\s)*\Z")
_OTHERWISE = re.compile(r"\s*(?:otherwise|else|elsewhere|,|\.|\s)+\Z")


def read_table(c: Cursor) -> Node:
    """Read ``\\begin{cases}`` or a matrix, the cursor at its opening."""
    opening = c.token
    close = c.brackets[c.index].close
    c.advance()
    c.context.append("bracket")
    rows: list[tuple[list[Node], Node | None]] = []
    while c.index < close:
        rows.append(_read_cases_row(c) if opening.value == "cases" else (_read_cells(c), None))
        if c.token.kind == "row":
            c.advance()
        elif c.index != close:
            raise c.unexpected("an operator or the end of the cell")
    c.context.pop()
    c.advance()
    span = c.span_from(opening.start)
    if not rows:
        raise c.error("empty-brackets", "nothing stands in this environment", span)
    if opening.value == "cases":
        return Cases(span, tuple((cells[0], condition) for cells, condition in rows))
    return Matrix(span, tuple(tuple(cells) for cells, _ in rows), v.MATRICES[opening.value])


def _read_cells(c: Cursor) -> list[Node]:
    cells = [_read_cell(c)]
    while c.token.kind == "align":
        c.advance()
        cells.append(_read_cell(c))
    return cells


def _read_cell(c: Cursor) -> Node:
    if c.token.kind == "text":
        token = c.advance()
        if c.token.kind in ("align", "row", "close"):
            return Text(token.span, token.value)
    node = c.chain()
    _skip_punctuation(c)
    return node


def _read_cases_row(c: Cursor) -> tuple[list[Node], Node | None]:
    value = c.expression()
    _skip_punctuation(c)
    if c.token.kind == "align":
        c.advance()
    condition: Node | None = None
    while c.token.kind in ("text", "name", "gap") and _is_word(c):
        c.advance()
    if c.token.kind == "text" and not _OTHERWISE.match(c.token.value):
        condition = Text(c.token.span, c.token.value)
        c.advance()
    elif c.token.kind == "text":
        c.advance()
    elif c.token.kind not in ("row", "close", "end"):
        condition = c.chain()
    _skip_punctuation(c)
    return [value], condition


def _is_word(c: Cursor) -> bool:
    token = c.token
    if token.kind == "gap":
        return True
    if token.kind == "name":
        return token.style == "upright" and token.value in (
            "if",
            "for",
            "when",
            "otherwise",
            "else",
        )
    return _CONDITION_WORDS.match(token.value) is not None


def _skip_punctuation(c: Cursor) -> None:
    while c.token.kind == "gap" or (c.token.kind == "op" and c.token.value in ",;"):
        c.advance()

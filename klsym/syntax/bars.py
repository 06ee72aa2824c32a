r"""Absolute values and norms, ``|x|`` and ``\|x\|``, whose bars open and close alike."""

from __future__ import annotations

from klsym.errors import KlsymError, Span
from klsym.syntax.brackets import read_tex_argument
from klsym.syntax.cursor import Cursor
from klsym.syntax.scanner import Token
from klsym.syntax.tree import Bars, Node, Number


def read_bars(c: Cursor) -> Node:
    """Read an absolute value or a norm."""
    opening = c.token
    if opening.value == "||" and _opens_two(c):
        half = (opening.start + opening.end) // 2
        c.tokens[c.index] = opening = opening._replace(value="|", end=half)
        c.token = opening
        c.context.append("bar")
        c.enter()
        c.tokens[c.index] = c.token = opening._replace(start=half, end=half + 1)
        content = c.expression()
        c.depth -= 1
        c.context.pop()
        if not (c.token.kind == "bar" and c.token.value == "|"):
            raise _unclosed(c, opening)
        c.advance()
        return Bars(c.span_from(opening.start), content)
    double = opening.value == "||"
    sized = c.brackets.get(c.index)
    c.advance()
    c.context.append("bracket" if sized else "norm" if double else "bar")
    content = c.expression()
    if c.context[-1] == "bar" and c.token.kind == "bar" and c.token.value == "||":
        half = (c.token.start + c.token.end) // 2
        c.replace(c.token._replace(value="|", start=half))
        c.context.pop()
        return Bars(Span(opening.start, half), content)
    c.context.pop()
    closes = c.token.kind == "bar" and c.token.value == opening.value
    if sized is not None and c.index != sized.close:
        raise c.unexpected("an operator or the closing bar")
    if not closes:
        raise _unclosed(c, opening)
    c.advance()
    if double and c.is_op("_"):
        c.advance()
        degree = read_tex_argument(c, opening)
        if not (isinstance(degree, Number) and degree.text == "2"):
            raise c.error(
                "unsupported-notation", "a norm other than the Euclidean one", degree.span
            )
    return Bars(c.span_from(opening.start), content, double)


def _unclosed(c: Cursor, opening: Token) -> KlsymError:
    return c.error(
        "unclosed-bracket",
        f"the bar {c.show(opening)} is never closed",
        opening.span,
        "write \\lvert x \\rvert for an absolute value",
    )


def _opens_two(c: Cursor) -> bool:
    """Whether two absolute values begin here, ``||x| - y|``: the next bar closes the inner one."""
    if c.brackets.get(c.index) is not None or c.text[c.token.start : c.token.end] != "||":
        return False
    index = c.index + 1
    while index < len(c.tokens) and c.tokens[index].kind not in ("bar", "close", "end"):
        index = c.brackets[index].close + 1 if index in c.brackets else index + 1
    if index + 1 >= len(c.tokens) or c.tokens[index].value != "|" or index == c.index + 1:
        return False
    before, after = c.tokens[index - 1], c.tokens[index + 1]
    return before.kind not in ("op", "relation", "function") and after.kind in ("op", "relation")

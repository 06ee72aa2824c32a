r"""Expressions taken at points: ``\left. F \right|_{x=0}^{1}``, ``[F]_a^b``, ``\lim_{x \to 0} F``.

A bracket with both a lower and an upper point is a difference of two values, and so is one whose
lower point names its variable; a bar needs a point below it, which no absolute value has.
"""

from __future__ import annotations

from klsym.errors import Span
from klsym.syntax.brackets import read_tex_argument
from klsym.syntax.cursor import Cursor
from klsym.syntax.scanner import Token
from klsym.syntax.scripts import Scripts, read_scripts
from klsym.syntax.tree import Chain, Evaluated, Limit, Name, Node

APPROACHES = {
    "\\to": "", "\\rightarrow": "", "\\longrightarrow": "", "\\downarrow": "+", "\\searrow": "+",
    "\\uparrow": "-", "\\nearrow": "-",
}  # fmt: skip
"""The arrows of a limit by the side from which the point is approached."""


def evaluation_stands(c: Cursor) -> bool:
    """Whether a bar with a point below it stands here, after what is taken at that point."""
    token = c.token
    if token.kind != "bar" or token.value != "|" or token.side == "left":
        return False
    sign = c.peek()
    below = sign.kind == "op" and sign.value == "_"
    return below and c.index not in c.closing and c.context[-1] != "bar"


def bracket_is_evaluated(c: Cursor, opening: Token) -> bool:
    """Whether points stand at the bracket just closed that say where its content is taken."""
    if not (c.token.kind == "op" and c.token.value in ("_", "^")):
        return False
    if opening.value == ".":
        return True
    if opening.value not in ("[", "(", "\\{") or not c.is_op("_"):
        return False
    after = c.index + 1
    below = c.tokens[after]
    end = c.brackets[after].close if after in c.brackets and below.value == "{" else after
    names_variable = any(token.value == "=" for token in c.tokens[after:end][:6])
    following = c.tokens[min(end + 1, len(c.tokens) - 1)]
    return names_variable or (following.kind == "op" and following.value == "^")


def read_points(c: Cursor, body: Node, start: int) -> Node:
    """Read the points after a bar or a bracket, of which at least the lower one is given."""
    variable: Name | None = None
    points: dict[str, Node] = {}
    while c.token.kind == "op" and c.token.value in ("_", "^") and c.token.value not in points:
        sign = c.advance()
        point = _point(c, sign)
        if isinstance(point, Chain):
            named, value = point.terms[0], point.terms[-1]
            if len(point.terms) != 2 or point.relations[0].sign != "=":
                raise c.error("unsupported-notation", "a point not given as 'x=0'", point.span)
            if not isinstance(named, Name):
                raise c.error("unexpected-token", "expected a variable here", named.span)
            variable, point = named, value
        points[sign.value] = point
    span = c.span_from(start)
    if "_" not in points:
        raise c.error("missing-argument", "the point below the bar is missing", span)
    return Evaluated(span, variable, points["_"], points.get("^"), body)


def _point(c: Cursor, sign: Token) -> Node:
    if not (c.token.kind == "open" and c.token.value == "{"):
        return read_tex_argument(c, sign, loose=True)
    close = c.brackets[c.index].close
    c.advance()
    c.context.append("bracket")
    node = c.chain()
    c.context.pop()
    if c.index != close:
        raise c.unexpected("the end of the point")
    c.advance()
    return node


def read_limit(c: Cursor, token: Token) -> Node:
    r"""Read ``\lim_{x \to 0^+} f(x)``, after the command; the body is one term."""
    if not c.is_op("_") or c.index + 1 not in c.brackets:
        raise c.error(
            "missing-argument",
            "a limit that does not say where",
            token.span,
            "write \\lim_{x \\to 0}",
        )
    c.advance()
    end = c.brackets[c.index].close
    c.advance()
    if c.token.kind != "name":
        raise c.unexpected("the variable of the limit")
    name = c.advance()
    scripts = read_scripts(c) if c.is_op("_") or c.is_op("'") else Scripts()
    variable = Name(c.span_from(name.start), scripts.name(name.value), name.style)
    arrow = c.token
    if arrow.kind != "command" or arrow.value not in APPROACHES:
        raise c.unexpected("\\to")
    c.advance()
    side, last = _side(c, end)
    side = side or APPROACHES[arrow.value]
    mark = c.tokens[last]
    if last != end:
        c.tokens[last] = mark._replace(kind="end", value="")
    point = c.expression()
    if c.index != last:
        raise c.unexpected("the end of the limit's point")
    c.go(end + 1)
    if not c.starts_factor() and not (c.token.kind == "op" and c.token.value in "+-"):
        raise c.error("missing-argument", "a limit of nothing", token.span)
    body = c.expression(term=True)
    return Limit(Span(token.start, c.span_from(token.start).end), variable, point, side, body)


def _side(c: Cursor, end: int) -> tuple[str, int]:
    """The side in ``0^+`` or ``0^{-}``, and the index at which the point itself ends."""
    tokens, last = c.tokens, end - 1
    if tokens[last].kind == "close" and tokens[last].value == "{":
        last -= 1
    sign = tokens[last]
    if sign.kind != "op" or sign.value not in ("+", "-") or last <= c.index:
        return "", end
    last -= last < end - 1  # the brace around the sign
    return (sign.value, last - 1) if tokens[last - 1].value == "^" else (sign.value, last)

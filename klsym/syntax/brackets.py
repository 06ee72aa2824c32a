r"""What stands between brackets: groups, lists, and what TeX takes for one argument.

``\left( a \over b \right)`` and ``{n \choose k}`` are read here, since a group is what they divide.
"""

from __future__ import annotations

from klsym.errors import Span
from klsym.syntax.cursor import Cursor
from klsym.syntax.scanner import Token
from klsym.syntax.tree import (
    Binary,
    Call,
    Cases,
    Given,
    Items,
    Matrix,
    Name,
    Negative,
    Node,
    Number,
    Text,
)

_CLOSING = {"(": ")", "[": "]", "\\{": "}", "{": "}"}


def read_bracket(c: Cursor) -> Node:
    """Read a bracketed expression, or a list such as an interval or a set."""
    opening = c.token
    close, conditioned = c.brackets[c.index].close, c.brackets[c.index].conditioned
    end = c.tokens[close]
    c.advance()
    if c.index == close:
        raise c.error(
            "empty-brackets",
            "nothing stands between the brackets",
            Span(opening.start, end.end),
            "write what belongs there, or remove the brackets",
        )
    c.context.append("call" if conditioned else "bracket")
    items, dots = [_item(c)], False
    while c.token.kind == "dots" or (c.token.kind == "op" and c.token.value in ",;"):
        if c.token.kind == "dots":
            dots = True
            c.advance()
            if c.is_op(","):
                c.advance()
            if c.index == close:
                break
        else:
            c.advance()
            if c.token.kind == "dots":
                continue
        items.append(_item(c))
    condition = None
    if conditioned and c.index != close and c.token.kind == "bar" and opening.value != "{":
        c.advance()
        condition = c.chain()
    c.context.pop()
    close_bracket(c, close, opening)
    span = c.span_from(opening.start)
    taken = opening.value == "." and c.token.kind == "op" and c.token.value in ("_", "^")
    if (end.kind == "bar" and not taken) or (end.value == "." and opening.value != "."):
        if isinstance(items[0], Matrix) and opening.value == "\\{":
            return cases_of_matrix(items[0], span)
        raise c.error("unsupported-notation", f"a bracket closed by {c.show(end)}", end.span)
    if len(items) == 1 and condition is None and not dots:
        return items[0]
    if condition is not None:
        items[-1] = Given(items[-1].span | condition.span, items[-1], condition)
    opened = "{" if opening.value == "\\{" else opening.value
    return Items(span, tuple(items), opened, _CLOSING.get(end.value, ""), dots)


def _item(c: Cursor) -> Node:
    """One expression of a bracket, divided by ``\\over`` or ``\\choose`` if these stand in it."""
    start = c.token.start
    node = c.expression()
    while at_division(c):
        node = divided(c, node, start)
    return node


def at_division(c: Cursor) -> bool:
    """Whether ``\\over`` or ``\\choose`` stands here, which divides the group it stands in."""
    return c.token.kind == "command" and c.token.value in ("over", "choose")


def divided(c: Cursor, above: Node, start: int) -> Node:
    """Read ``\\over`` or ``\\choose`` and what stands below it."""
    command = c.advance().value
    below = c.expression()
    span = c.span_from(start)
    if command == "over":
        return Binary(span, "/", above, below)
    return Call(span, "binomial", (above, below), separators=(",",))


def cases_of_matrix(matrix: Matrix, span: Span) -> Node:
    """The case distinction of an array behind a single brace, of values and conditions."""
    rows: list[tuple[Node, Node | None]] = []
    for row in matrix.rows:
        condition = row[1] if len(row) > 1 else None
        rows.append((row[0], None if isinstance(condition, Text) else condition))
    return Cases(span, tuple(rows))


def close_bracket(c: Cursor, close: int, opening: Token) -> None:
    """Take the closing bracket; error ``unexpected-token`` if something else stands here."""
    if c.index != close:
        if c.at_relation():
            raise c.error(
                "unexpected-token",
                f"a relation inside the brackets opened by {c.show(opening)}",
                advice="relations stand between whole expressions",
            )
        wanted = c.show(c.tokens[close])
        raise c.unexpected(f"an operator or {wanted}")
    c.advance()


def read_tex_argument(c: Cursor, command: Token, *, loose: bool = False) -> Node:
    """Read what TeX takes for one argument: a group in braces or a single token.

    ``loose`` also takes a round bracket, which TeX would not but people mean.
    """
    token = c.token
    if token.kind == "open" and token.value == "{":
        if c.brackets[c.index].close == c.index + 1:
            raise c.error(
                "missing-argument", f"{c.show(command)} has an empty argument", command.span
            )
        return read_bracket(c)
    if token.kind == "number":
        if c.latex and len(token.value) > 1 and token.value.isdigit():
            middle = token.end - len(token.value) + 1
            c.replace(token._replace(value=token.value[1:], start=middle))
            return Number(Span(token.start, middle), token.value[0])
        c.advance()
        return Number(token.span, token.value)
    if token.kind == "name":
        c.advance()
        return Name(token.span, token.value, token.style)
    if token.kind == "accent" or (
        token.kind == "command" and token.value in ("frac", "sqrt", "binom", "cancel", "brace")
    ):
        c.enter()
        node = c.prefix()
        c.depth -= 1
        return node
    if loose and token.kind == "open" and token.value in ("(", "["):
        c.ledger.note(token.span, "brackets taken for the braces of an argument")
        return read_bracket(c)
    if loose and token.kind == "op" and token.value == "-":
        c.ledger.note(token.span, "the minus sign taken into the exponent")
        c.advance()
        c.enter()
        operand = c.prefix()
        c.depth -= 1
        return Negative(c.span_from(token.start), operand)
    raise c.error(
        "missing-argument",
        f"{c.show(command)} lacks an argument",
        command.span,
        f"found {c.show(token)} instead",
    )

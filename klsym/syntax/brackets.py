r"""What stands between brackets and bars: groups, lists, arguments, absolute values.

``\left( a \over b \right)`` and ``{n \choose k}`` are read here, since a group is what they divide.
"""

from __future__ import annotations

from dataclasses import dataclass

from klsym.errors import KlsymError, Span
from klsym.syntax.cursor import Cursor
from klsym.syntax.scanner import Token
from klsym.syntax.tree import (
    Bars,
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


@dataclass(frozen=True, slots=True)
class Arguments:
    """What stands in the brackets of a call."""

    positional: tuple[Node, ...]
    separators: tuple[str, ...]
    keywords: tuple[tuple[str, Node], ...]


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
    _close(c, close, opening)
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
    while c.token.kind == "command" and c.token.value in ("over", "choose"):
        command = c.advance().value
        below = c.expression()
        span = c.span_from(start)
        if command == "over":
            node = Binary(span, "/", node, below)
        else:
            node = Call(span, "binomial", (node, below), separators=(",",))
    return node


def cases_of_matrix(matrix: Matrix, span: Span) -> Node:
    """The case distinction of an array behind a single brace, of values and conditions."""
    rows: list[tuple[Node, Node | None]] = []
    for row in matrix.rows:
        condition = row[1] if len(row) > 1 else None
        rows.append((row[0], None if isinstance(condition, Text) else condition))
    return Cases(span, tuple(rows))


def _close(c: Cursor, close: int, opening: Token) -> None:
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


def read_arguments(
    c: Cursor,
    *,
    named: bool,
    conditional: bool = True,
    wrapped: bool = False,
    empty: bool = False,
) -> Arguments:
    """Read the arguments of a call, the cursor at its opening bracket.

    ``named`` allows keywords, ``variance=v``; ``conditional`` lets a bar separate arguments, as in
    ``p(x|z)``, where otherwise it begins an absolute value; ``wrapped`` says that braces close
    after the bracket; ``empty`` allows no argument at all, ``Arcsine()``.
    """
    opening = c.token
    close = c.brackets[c.index].close
    if c.index + 1 == close and empty:
        c.advance()
        _close(c, close, opening)
        return Arguments((), (), ())
    if c.index + 1 == close:
        raise c.error(
            "missing-argument",
            "a call without arguments",
            Span(opening.start, c.peek().end),
            "write the arguments between the brackets",
        )
    bracket = c.brackets[c.index]
    barred = bracket.conditioned or bracket.double
    c.advance()
    c.context.append("call" if conditional and barred else "bracket")
    positional: list[Node] = []
    separators: list[str] = []
    keywords: list[tuple[str, Node]] = []
    pending = ""
    while True:
        keyword = _keyword(c) if named else ""
        if keyword:
            keywords.append((keyword, c.expression()))
        elif keywords:
            raise c.error("unexpected-token", "a positional argument after a keyword argument")
        else:
            if pending:
                separators.append(pending)
            positional.append(_argument(c))
        pending = _separator(c)
        if not pending:
            break
    c.context.pop()
    _close(c, close, opening)
    if wrapped:
        c.advance()
    return Arguments(tuple(positional), tuple(separators), tuple(keywords))


def _argument(c: Cursor) -> Node:
    start = c.token.start
    node = c.chain()
    if c.token.kind == "command" and c.token.value in ("over", "choose"):
        divide = c.advance().value == "over"
        below = c.expression()
        span = c.span_from(start)
        if divide:
            return Binary(span, "/", node, below)
        return Call(span, "binomial", (node, below), separators=(",",))
    return node


def _keyword(c: Cursor) -> str:
    """The keyword that stands here with its equals sign, both taken, or ``""``."""
    if c.token.kind not in ("name", "function"):
        return ""
    following = c.peek()
    if following.kind == "relation" and following.value == "=":
        name = c.token.value
        c.go(c.index + 2)
        return name
    if following.value == "_" and c.peek(3).value == "=" and c.peek(2).kind in ("name", "number"):
        name = f"{c.token.value}_{c.peek(2).value}"
        c.go(c.index + 4)
        return name
    return ""


def _separator(c: Cursor) -> str:
    """Take the separator that stands here; two single bars are a double one."""
    token = c.token
    if token.kind == "op" and token.value in ",;:":
        return c.advance().value
    if token.kind == "bar" and token.side not in ("left", "right") and c.context[-1] == "call":
        c.advance()
        if token.value == "|" and c.token.kind == "bar" and c.token.value == "|":
            c.advance()
            return "||"
        return token.value
    return ""


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

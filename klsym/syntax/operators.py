r"""Notations that bind a variable: sums, integrals, derivatives, averages in angle brackets.

An integral's body ends at its differential, wherever the printer put it; a sum's body is one term.
"""

from __future__ import annotations

from klsym.errors import Span
from klsym.syntax import vocabulary as v
from klsym.syntax.brackets import read_tex_argument
from klsym.syntax.cursor import Cursor
from klsym.syntax.evaluation import read_limit
from klsym.syntax.names import canonical
from klsym.syntax.scanner import Token
from klsym.syntax.scripts import Scripts, apply_scripts, read_scripts
from klsym.syntax.subscripts import indexed_subscript, subscript_tree
from klsym.syntax.tree import (
    BigOperator,
    Binary,
    Chain,
    Derivative,
    Integral,
    Mean,
    Name,
    Node,
    Number,
)


def read_big_operator(c: Cursor) -> Node:
    """Read a sum, a product or an integral."""
    token = c.advance()
    if token.value == "lim":
        return read_limit(c, token)
    if token.value in ("sum", "prod"):
        return _read_sum(c, token)
    return _read_integral(c, token, {"int": 1, "iint": 2, "iiint": 3}[token.value])


def _read_sum(c: Cursor, token: Token) -> Node:
    scripts = read_scripts(c, limits=True)
    index: Name | None = None
    lower: Node | None = None
    domain: Node | None = None
    below = subscript_tree(c, scripts.below)
    if isinstance(below, Name):
        index = below
    elif isinstance(below, Chain) and len(below.terms) == 2 and isinstance(below.terms[0], Name):
        index, sign = below.terms[0], below.relations[0].sign
        if sign == "=":
            lower = below.terms[1]
        elif sign == "in":
            domain = below.terms[1]
        else:
            raise c.error("unsupported-notation", f"a range given by '{sign}'", below.span)
    elif (between := _between(below)) is not None:
        index, lower, scripts.power = between
    elif below is not None:
        raise c.error(
            "unsupported-notation",
            "a range that is not an index, 'i=1' or 'x in X'",
            below.span,
        )
    if index is not None:
        c.bound.append(index.name)
    body = _body(c, token)
    if index is not None:
        c.bound.pop()
    span = c.span_from(token.start)
    return BigOperator(span, token.value, index, lower, scripts.power, domain, body)


def _between(below: Node | None) -> tuple[Name, Node, Node] | None:
    r"""The index and its bounds in ``0 \\le k \\le n``."""
    if not isinstance(below, Chain) or len(below.terms) != 3:
        return None
    lower, index, upper = below.terms
    if [relation.sign for relation in below.relations] == ["<=", "<="] and isinstance(index, Name):
        return index, lower, upper
    return None


def _body(c: Cursor, token: Token) -> Node:
    if not c.starts_factor() and not (c.token.kind == "op" and c.token.value in "+-"):
        raise c.error("missing-argument", f"{c.show(token)} lacks what it is to act on", token.span)
    return c.expression(term=True)


def _read_integral(c: Cursor, token: Token, fold: int) -> Node:
    scripts = read_scripts(c, limits=True)
    if fold > 1 and (scripts.below is not None or scripts.power is not None):
        raise c.error("unsupported-notation", "limits on a multiple integral sign", token.span)
    lower, upper = subscript_tree(c, scripts.below), scripts.power
    c.integrals.append(len(c.context))
    variable: Name | None = None
    outer, c.within = c.within, None
    if fold > 1:
        body = _read_integral(c, token, fold - 1)
        variable = _differential(c) if c.at_differential() else None
        c.integrals.pop()
    elif c.at_differential():
        variable = _differential(c)
        c.integrals.pop()
        body = _physicists_body(c, token)
    else:
        if not c.starts_factor() and not (c.token.kind == "op" and c.token.value in "+-"):
            raise c.error("missing-argument", "an integral without an integrand", token.span)
        body = c.expression()
        if c.within is not None:
            variable = c.within
        elif c.at_differential():
            variable = _differential(c)
        c.integrals.pop()
    c.within = outer
    return Integral(c.span_from(token.start), variable, lower, upper, body)


def differential_ends(c: Cursor) -> bool:
    r"""Whether the group that opens here ends in the differential an integral waits for."""
    if not c.integrals or c.integrals[-1] != len(c.context) or c.within is not None:
        return False
    if c.token.value != "{" or c.index not in c.brackets:
        return False
    last = c.brackets[c.index].close - 1
    if c.tokens[last].kind == "number" and c.tokens[last - 1].value == "_":
        last -= 2
    sign = c.tokens[last - 1]
    if last - 1 <= c.index or c.tokens[last].kind != "name" or sign.kind != "name":
        return False
    return sign.value == "d" and (sign.style == "upright" or not c.names.is_scalar("d"))


def read_numerator(c: Cursor) -> Node:
    r"""Read the numerator of ``\int \frac{x \, dx}{1 + x}``, the cursor at its opening brace."""
    opening = c.token
    close = c.brackets[c.index].close
    c.advance()
    c.context.append("bracket")
    c.integrals.append(len(c.context))
    if c.at_differential():
        body: Node = Number(opening.span, "1")
    else:
        body = c.expression()
    variable = _differential(c) if c.at_differential() else None
    c.integrals.pop()
    c.context.pop()
    if c.index != close:
        raise c.unexpected("the end of the numerator")
    c.advance()
    c.within = variable
    return body


def _physicists_body(c: Cursor, token: Token) -> Node:
    """The integrand after a differential, ``\\int dx f(x)``; 1 if none follows."""
    if c.starts_factor():
        return c.expression(term=True)
    return Number(Span(token.start, token.end), "1")


def _differential(c: Cursor) -> Name:
    token = c.advance()
    if len(token.value) > 1:
        base, style = token.value[1:], ""
    elif c.token.kind == "accent":
        node = read_accent(c)
        if isinstance(node, Name):
            return node
        raise c.error("unexpected-token", "expected the variable of integration", node.span)
    else:
        variable = c.advance()
        base, style = variable.value, variable.style
    return _variable(c, base, style, token.start)


def _variable(c: Cursor, base: str, style: str, start: int) -> Name:
    scripts = Scripts()
    if c.is_op("_") or c.is_op("'"):
        scripts = read_scripts(c)
    if scripts.power is not None:
        raise c.error("unexpected-token", "a power on the variable of integration")
    if c.opens_call() and c.holds_lone_name():
        raise c.error("unsupported-notation", "an integral with respect to a measure")
    return Name(c.span_from(start), scripts.name(canonical(base)), style)


def read_accent(c: Cursor) -> Node:
    """Read ``\\hat{\\mu}_1`` and its kind: a name of its own, ``hat_mu_1``."""
    token = c.advance()
    style = "bold" if token.value == "vec" else ""
    node = read_tex_argument(c, token)
    if not isinstance(node, Name):
        raise c.error(
            "unsupported-notation",
            f"{c.text[token.start : token.end]} over an expression",
            c.span_from(token.start),
            "an accent makes a new name of a letter; give the expression a name",
        )
    prefix = "" if token.value == "vec" else f"{token.value}_"
    return c.symbol(f"{prefix}{node.name}", style or node.style, token.start)


def read_average(c: Cursor) -> Node:
    """Read ``\\langle body \\rangle_{law}``."""
    opening = c.token
    close = c.brackets[c.index].close
    c.advance()
    c.context.append("bracket")
    body = c.expression()
    c.context.pop()
    if c.index != close:
        raise c.unexpected("an operator or the closing bracket")
    c.advance()
    scripts = read_scripts(c)
    law = subscript_tree(c, scripts.below)
    mean = Mean(c.span_from(opening.start), "E", law, body)
    return apply_scripts(c, mean, scripts, opening.start)


def derivative_stands(c: Cursor) -> bool:
    """Whether a fraction that begins here, after its command, is a derivative."""
    top = c.token
    if top.value != "{" or c.index not in c.brackets:
        return False
    close = c.brackets[c.index].close
    sign, after = c.peek(), c.peek(2)
    below = c.tokens[close + 1 : close + 4]
    if len(below) < 3 or below[0].value != "{" or not _is_d(sign) or not _is_d(below[1]):
        return False
    if sign.value == "partial" or sign.style == "upright":
        return True
    if below[2].kind != "name" or c.names.is_scalar("d") or after.value in ("_", "'"):
        return False
    if after.kind == "close" or after.value == "^":
        return True
    return c.ledger.choose("derivative", sign.span, "derivative") == "derivative"


def _is_d(token: Token) -> bool:
    return (token.kind == "command" and token.value == "partial") or (
        token.kind == "name" and token.value == "d"
    )


def read_derivative(c: Cursor, start: int) -> Node:
    """Read ``\\frac{d}{dx} f`` or ``\\frac{\\partial^2 f}{\\partial x^2}``, after the command."""
    close = c.brackets[c.index].close
    c.advance()
    c.advance()
    order = read_scripts(c).power
    body = c.expression() if c.index != close else None
    if c.index != close:
        raise c.unexpected("the end of the numerator")
    c.advance()
    close = c.brackets[c.index].close
    c.advance()
    variables: list[tuple[Name, int]] = []
    while c.index != close and _is_d(c.token):
        c.advance()
        variables.append(_differentiated(c))
    if c.index != close:
        raise c.unexpected("the end of the denominator")
    c.advance()
    if order is None and len(variables) == 1 and variables[0][1] > 1:
        return _by_power(c, *variables[0], body, start)
    if _order(c, order, start) != sum(count for _, count in variables):
        raise c.error(
            "unexpected-token", "the two orders of the derivative differ", c.span_from(start)
        )
    if body is None:
        body = _body(c, Token("command", "", start, c.token.start))
    for variable, count in reversed(variables):
        body = Derivative(c.span_from(start), variable, count, body)
    return body


def _by_power(c: Cursor, variable: Name, power: int, body: Node | None, start: int) -> Node:
    r"""``\\frac{\\partial f}{\\partial \\sigma^2}``, by the chain rule."""
    if body is None:
        body = _body(c, Token("command", "", start, c.token.start))
    span = c.span_from(start)
    raised = Binary(variable.span, "^", variable, Number(variable.span, str(power)))
    above, below = (Derivative(span, variable, 1, part) for part in (body, raised))
    return Binary(span, "/", above, below)


def _differentiated(c: Cursor) -> tuple[Name, int]:
    """The variable that stands here, and how often it is differentiated by."""
    if c.token.kind != "name":
        raise c.unexpected("the variable of differentiation")
    token = c.advance()
    scripts = read_scripts(c)
    below = indexed_subscript(c, scripts.below)
    variable = Name(token.span, scripts.name(token.value), token.style, below)
    return variable, _order(c, scripts.power, token.start)


def _order(c: Cursor, order: Node | None, start: int) -> int:
    """The order of a derivative; 1 where none is printed."""
    if order is None:
        return 1
    count = int(order.text[:3]) if isinstance(order, Number) and order.text.isdigit() else 0
    if not 0 < count <= v.HIGHEST_ORDER:
        raise c.error("unsupported-notation", "a derivative of this order", c.span_from(start))
    return count


def read_partial(c: Cursor) -> Node:
    r"""Read ``\partial_x f``; a partial sign without a variable below it has no meaning."""
    token = c.advance()
    if not c.is_op("_"):
        c.go(c.index - 1)
        raise c.unexpected("an expression")
    c.advance()
    variable = read_tex_argument(c, token)
    if not isinstance(variable, Name):
        raise c.error("unexpected-token", "expected the variable of differentiation", variable.span)
    return Derivative(c.span_from(token.start), variable, 1, _body(c, token))

r"""What stands below and above a letter: labels, primes, powers, in either order.

``\sigma^2_1`` and ``\sigma_1^2`` are both the square of ``sigma_1``.  A subscript is part of a
name, and its tree is kept only where it may hold a bound index; a superscript is a power unless it
is a prime, a star, a word, a transpose or an order in brackets, ``\psi^{(1)}``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from klsym.errors import KlsymError
from klsym.syntax.brackets import read_tex_argument
from klsym.syntax.cursor import Cursor
from klsym.syntax.names import canonical
from klsym.syntax.scanner import Token
from klsym.syntax.subscripts import Below, label_of
from klsym.syntax.tree import Binary, Call, Name, Negative, Node, Number

LONGEST_SUBSCRIPT = 200
"""The most tokens a subscript may have."""

_SIGNS = {"*": "star", "+": "plus", "-": "minus"}

_ORDER_TOKENS = 5
_SILENT = frozenset({"{"})


@dataclass(slots=True)
class Scripts:
    """The scripts found after a letter.

    ``label`` is the subscript as text and ``below`` its tree or the indices of its tokens;
    ``order`` is an order of differentiation in brackets, ``star`` a decoration such as ``star``;
    ``end`` is where the letter ends if nothing but a superscript follows it.
    """

    label: str = ""
    below: Below = None
    primes: int = 0
    power: Node | None = None
    order: Node | None = None
    star: str = ""
    transposed: bool = False
    end: int | None = None

    def name(self, base: str) -> str:
        """The canonical name of a letter with these scripts."""
        parts = [part for part in (base, self.label, self.star) if part]
        return canonical("_".join(parts)) + "'" * self.primes


def read_scripts(c: Cursor, *, limits: bool = False) -> Scripts:
    """Read primes, a subscript and a superscript in any order.

    In plain text ``x^2`` is left to the operator of that name, unless ``limits`` says that what
    carries the scripts is a sum or a function, which no operator acts on.

    Errors: ``double-subscript``, ``double-superscript``, ``missing-argument``.
    """
    scripts = Scripts()
    raised = False
    while c.token.kind == "op":
        sign = c.token.value
        if sign == "'":
            c.advance()
            scripts.primes += 1
        elif sign == "_":
            if scripts.below is not None:
                raise c.error(
                    "double-subscript",
                    "a second subscript",
                    advice="put both into one pair of braces: x_{1,2}",
                )
            _read_subscript(c, scripts)
            scripts.end = None
        elif sign == "^" and (limits or c.latex or c.peek().value == "{"):
            if raised:
                raise double_superscript(c)
            scripts.end = c.tokens[c.index - 1].span.end
            _read_superscript(c, scripts)
            raised = True
        else:
            break
    return scripts


def double_superscript(c: Cursor) -> KlsymError:
    """The error of ``x^2^3``."""
    return c.error(
        "double-superscript",
        "a second superscript",
        advice="use braces to say which comes first: {x^2}^3 or x^{2^3}",
    )


def _read_subscript(c: Cursor, scripts: Scripts) -> None:
    sign = c.advance()
    token = c.token
    start = c.index
    if token.kind == "open" and token.value == "{":
        end = c.brackets[start].close
        if end - start > LONGEST_SUBSCRIPT:
            raise c.error("too-long", "a subscript this long is no name", token.span)
        scripts.below = (start + 1, end)
        scripts.label = label_of(c.tokens[start + 1 : end], c.text)
        c.go(end + 1)
    elif token.kind == "op" and token.value in _SIGNS:
        c.advance()
        scripts.label = _SIGNS[token.value]
        scripts.below = Name(token.span, scripts.label)
    elif token.kind in ("text", "function"):
        c.advance()
        scripts.label = label_of([token], c.text)
        scripts.below = Name(token.span, scripts.label)
    else:
        scripts.below = _read_numeral(c) or read_tex_argument(c, sign)
        if isinstance(scripts.below, Number):
            scripts.label = scripts.below.text
        else:
            scripts.label = label_of(c.tokens[start : c.index], c.text)


def _read_numeral(c: Cursor) -> Node | None:
    """A script of several digits without braces, where it is chosen to be taken whole."""
    token = c.token
    if not (c.latex and token.kind == "number" and token.value.isdigit() and len(token.value) > 1):
        return None
    if c.ledger.choose("digit-script", token.span, "one digit") == "one digit":
        return None
    c.advance()
    return Number(token.span, token.value)


def _read_superscript(c: Cursor, scripts: Scripts) -> None:
    sign = c.advance()
    token = c.token
    if token.kind == "open" and token.value == "{":
        end = c.brackets[c.index].close
        if _read_decoration(c, scripts, c.tokens[c.index + 1 : end]):
            c.go(end + 1)
        else:
            scripts.power = read_tex_argument(c, sign)
    elif not _signs_exponent(c) and _read_decoration(c, scripts, [token]):
        c.advance()
    else:
        scripts.power = _read_numeral(c) or read_tex_argument(c, sign, loose=True)


def _signs_exponent(c: Cursor) -> bool:
    """Whether a sign here begins an exponent written without braces, ``e^-x``."""
    return (
        c.token.kind == "op"
        and c.token.value in "+-"
        and c.peek().kind in ("number", "name", "function", "command", "open")
    )


def _read_decoration(c: Cursor, scripts: Scripts, inside: Sequence[Token]) -> bool:
    """Take a superscript that is no power: a prime, a star, a word, a transpose, an order."""
    first = inside[0] if inside else None
    if first is None:
        return False
    if all(token.value in ("prime", "'") for token in inside):
        scripts.primes += len(inside)
    elif len(inside) == 1:
        return _read_single(c, scripts, first)
    elif len(inside) == 3 and first.value == "(" and inside[2].kind == "close":
        return _read_order(c, scripts, inside[1])
    else:
        return False
    return True


def _read_single(c: Cursor, scripts: Scripts, token: Token) -> bool:
    if token.kind == "op" and token.value in _SIGNS:
        scripts.star = _SIGNS[token.value]
    elif token.kind == "command" and token.value == "dagger":
        scripts.star = "dagger"
    elif token.kind == "command" and token.value in ("top", "intercal"):
        scripts.transposed = True
    elif token.kind == "name" and token.value == "T" and not c.names.is_scalar("T"):
        if token.style != "upright":
            chosen = c.ledger.choose("transpose", token.span, "transpose")
            if chosen == "power":
                return False
        scripts.transposed = True
    elif token.kind == "text" or (token.kind == "name" and _is_word(token)):
        if c.names.is_scalar(token.value):
            return False
        scripts.star = label_of([token], c.text)
    else:
        return False
    return True


def _is_word(token: Token) -> bool:
    return token.style == "upright" and len(token.value) > 1


def _read_order(c: Cursor, scripts: Scripts, token: Token) -> bool:
    """Take ``^{(n)}`` as an order of differentiation or a label, if it is not a power."""
    if token.kind == "number" and token.value.isdigit():
        scripts.order = Number(token.span, token.value)
    elif token.kind == "name":
        scripts.order = Name(token.span, token.value, token.style)
    else:
        return False
    return True


def apply_scripts(c: Cursor, node: Node, scripts: Scripts, start: int) -> Node:
    """The node raised to its power, or transposed."""
    if scripts.transposed:
        return Call(c.span_from(start), "transpose", (node,))
    if scripts.power is not None:
        return Binary(c.span_from(start), "^", node, scripts.power)
    return node


def order_or_power(c: Cursor, scripts: Scripts) -> str:
    """What ``x^{(n)}`` makes of a name that is not called: settles it into power or label."""
    order = scripts.order
    if order is None:
        return ""
    scripts.order = None
    if c.ledger.choose("superscript-label", order.span, "power") == "power":
        scripts.power = order
        return ""
    shown = (
        order.text if isinstance(order, Number) else order.name if isinstance(order, Name) else ""
    )
    return f"({shown})"


def raise_bracket(c: Cursor, node: Node, start: int) -> Node:
    """Read the superscript of something in brackets, and apply it."""
    scripts = Scripts()
    _read_superscript(c, scripts)
    if scripts.primes or scripts.star:
        raise c.error(
            "unsupported-notation",
            "a prime or a star on an expression",
            c.tokens[c.index - 1].span,
            "give the expression a name and mark the name",
        )
    if scripts.order is not None:
        scripts.power = scripts.order
    return apply_scripts(c, node, scripts, start)


def is_minus_one(node: Node | None) -> bool:
    """Whether an exponent is -1."""
    return (
        isinstance(node, Negative) and isinstance(node.operand, Number) and node.operand.text == "1"
    )

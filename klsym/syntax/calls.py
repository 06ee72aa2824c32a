r"""Letters and words that are followed by brackets: calls, products, and the extent of ``\log``.

Declared names decide between ``f(x)`` a call and ``x(1-x)`` a product; where they do not, the
default is what a reader would think, and the place is kept as an ambiguity.
"""

from __future__ import annotations

from klsym.errors import Span
from klsym.syntax import vocabulary as v
from klsym.syntax.arguments import Arguments, read_arguments
from klsym.syntax.brackets import read_tex_argument
from klsym.syntax.cursor import Cursor
from klsym.syntax.names import canonical
from klsym.syntax.scanner import Token
from klsym.syntax.scripts import (
    Scripts,
    apply_scripts,
    is_minus_one,
    order_or_power,
    read_scripts,
)
from klsym.syntax.special import named_call
from klsym.syntax.subscripts import indexed_subscript, subscript_tree
from klsym.syntax.tree import Binary, Call, Given, Mean, Name, Negative, Node, Number

_RECIPROCALS = v.BESSEL | {"Gamma", "zeta", "B", "Beta", "beta", "gamma"}
"""Functions of which an exponent of -1 is the reciprocal, not the inverse."""
_SIGNS = frozenset({*v.MEANS, *v.KL_WORDS, *v.DIVERGENCE_LETTERS})
"""Letters and words that say something by themselves."""
_BETWEEN = frozenset("+-*/,;:")
_RAISED_ARGUMENTS = frozenset({"log", "sin", "cos", "tan", "sinh", "cosh", "tanh"})


def read_symbol(c: Cursor) -> Node:
    """Read a name with its scripts, or the call, product or expectation it begins."""
    token = c.advance()
    return finish_symbol(c, token.value, token.style, token.start)


def finish_symbol(c: Cursor, base: str, style: str, start: int) -> Node:
    """Read what follows a letter or word: scripts, and arguments if it is called."""
    if not _goes_on(c) and base.partition("_")[0] not in _SIGNS:
        return Name(c.span_from(start), canonical(base), style)
    scripts = read_scripts(c, limits=_is_raised_call(c))
    if not scripts.label and "_" in base:
        base, _, scripts.label = base.partition("_")
    place, wrapped = c.index, c.unwrap()
    mean = v.MEANS.get(base, "")
    if mean and _is_mean(c, base, style, scripts):
        return _read_mean(c, mean, scripts, start, wrapped)
    if c.opens_call() and _is_call(c, base, style, scripts, start):
        return _read_call(c, base, style, scripts, start, wrapped)
    c.go(place)
    if base == "d" and style == "upright" and not c.names.is_scalar("d"):
        raise c.error(
            "stray-differential",
            "an upright d outside an integral or a derivative",
            c.span_from(start),
            "declare d to use it as a name",
        )
    name = scripts.name(base) + order_or_power(c, scripts)
    if base in v.KL_WORDS or (base in v.DIVERGENCE_LETTERS and scripts.label.upper() == "KL"):
        name = "KL"
    span = c.span_from(start) if scripts.end is None else Span(start, scripts.end)
    node = Name(span, name, style, indexed_subscript(c, scripts.below))
    return apply_scripts(c, node, scripts, start)


def _goes_on(c: Cursor) -> bool:
    """Whether a bracket or a script may stand here, after a letter or word."""
    token = c.token
    return token.kind == "open" or (token.kind == "op" and token.value not in _BETWEEN)


def _is_raised_call(c: Cursor) -> bool:
    """Whether a power stands before the bracket of several arguments, ``H^2(p, q)``."""
    place = c.index
    if not (c.is_op("^") and c.peek().kind == "number"):
        return False
    c.go(place + 2)
    called = c.opens_call() and c.brackets[c.index].separated
    c.go(place)
    return called


def _is_mean(c: Cursor, base: str, style: str, scripts: Scripts) -> bool:
    if c.names.is_scalar(scripts.name(base)) or c.names.is_function(base):
        return False
    if style == "blackboard":
        return True
    if scripts.label.isdigit() and c.token.value == "(" and not c.names.is_function(scripts.label):
        return False
    if base == "V" or not c.opens_call():
        return False
    return style in ("", "upright")


def _read_mean(c: Cursor, operator: str, scripts: Scripts, start: int, wrapped: bool) -> Node:
    law = subscript_tree(c, scripts.below)
    if law is None and scripts.label:
        law = Name(Span(start, c.token.start), scripts.label)
    if not c.opens_call():
        if not c.starts_factor():
            raise c.error(
                "missing-argument",
                "an expectation of nothing",
                c.span_from(start),
                "write \\mathbb{E}_{p}[...]",
            )
        body = c.expression(term=True)
        return Mean(c.span_from(start), operator, law, body)
    arguments = read_arguments(c, named=False, wrapped=wrapped)
    span = c.span_from(start)
    positional = arguments.positional
    node: Node
    if len(positional) == 1:
        node = Mean(span, operator, law, positional[0])
    elif arguments.separators == ("|",):
        node = Mean(
            span, operator, law, Given(positional[0].span | positional[1].span, *positional)
        )
    else:
        node = Call(span, operator, positional, (), arguments.separators, law)
    return apply_scripts(c, node, scripts, start)


def _is_call(c: Cursor, base: str, style: str, scripts: Scripts, start: int) -> bool:
    """Whether the bracket after a name holds arguments rather than a factor."""
    names = c.names
    full = scripts.name(base)
    bracket = c.brackets[c.index]
    separated = bracket.separated or bracket.conditioned or bracket.related
    function = names.is_function(full) or names.is_function(base)
    scalar = names.is_scalar(full)
    span = Span(start, c.token.end)
    if scalar or function:
        if separated or not scalar:
            return True
        lone = c.holds_lone_name()
        if not (lone or function or full in v.LETTER_FUNCTIONS):
            return False
        default = "call" if lone and function else "product"
        return c.ledger.choose("product-or-call", span, default) == "call"
    if separated or (base in v.SPECIAL_GREEK and not scripts.star):
        return True
    if base in v.ORDERED and scripts.label and (scripts.label.isdigit() or scripts.label == "nu"):
        return c.ledger.choose("product-or-call", span, "call") == "call"
    if (len(base) > 1 and base not in v.GREEK) or style in ("calligraphic", "blackboard"):
        return True
    if c.latex:
        lone = c.holds_lone_name()
        if scripts.power is not None and not lone:
            return False
        default = "call" if (lone and base not in ("e", "d")) or base == "H" else "product"
    elif full in v.BRACKETED_FUNCTIONS and full != "beta":
        # Of one argument beta is no function, but may be a letter.
        return True
    else:
        default = "call"
    return c.ledger.choose("product-or-call", span, default) == "call"


def _read_call(
    c: Cursor, base: str, style: str, scripts: Scripts, start: int, wrapped: bool
) -> Node:
    named = (not c.latex or len(base) > 1) and base not in v.PROBABILITIES
    distribution = len(base) > 1 and base[0].isupper() and base not in v.KL_WORDS
    arguments = read_arguments(c, named=named, wrapped=wrapped, empty=distribution and not wrapped)
    if scripts.power is not None and is_minus_one(scripts.power):
        default = "reciprocal" if base in _RECIPROCALS else "inverse"
        place = Span(start, c.token.start)
        if c.ledger.choose("inverse-function", place, default) == "inverse":
            scripts.power, scripts.star = None, "inverse"
    node = named_call(c, base, style, scripts, arguments, c.span_from(start))
    return apply_scripts(c, node, scripts, start)


def read_function(c: Cursor) -> Node:
    """Read a function that needs no brackets, such as ``\\log``, with its argument."""
    token = c.advance()
    function = token.value
    scripts = read_scripts(c, limits=True)
    below = subscript_tree(c, scripts.below)
    inverse = False
    if function in v.INVERSES and is_minus_one(scripts.power):
        place = Span(token.start, c.token.start)
        inverse = c.ledger.choose("inverse-function", place, "inverse") == "inverse"
    if inverse:
        function, scripts.power = v.INVERSES[function], None
    if scripts.order is not None and isinstance(scripts.order, Number):
        scripts.primes += int(scripts.order.text[:4])
    wrapped = c.unwrap()
    if c.opens_call():
        arguments = read_arguments(c, named=False, conditional=False, wrapped=wrapped)
        raised = _raised_argument(c, function, arguments, scripts)
        if raised is not arguments:
            arguments = _longer_argument(c, function, raised, token.start)
    else:
        arguments = Arguments((_read_run(c, token),), (), ())
    call = Call(
        c.span_from(token.start),
        function,
        arguments.positional,
        (),
        arguments.separators,
        below,
        scripts.primes,
    )
    return apply_scripts(c, call, scripts, token.start)


def _raised_argument(c: Cursor, function: str, arguments: Arguments, scripts: Scripts) -> Arguments:
    """The arguments, the power after them taken inside if ``\\log(x)^2`` is to mean that."""
    if not (c.latex and c.is_op("^") and function in _RAISED_ARGUMENTS):
        return arguments
    if len(arguments.positional) != 1 or scripts.power is not None:
        return arguments
    if c.ledger.choose("call-power", c.token.span, "(f(x))^n") == "(f(x))^n":
        return arguments
    inside = arguments.positional[0]
    sign = c.advance()
    power = read_tex_argument(c, sign, loose=True)
    raised = Binary(inside.span | power.span, "^", inside, power)
    return Arguments((raised,), (), ())


def _longer_argument(c: Cursor, function: str, arguments: Arguments, start: int) -> Arguments:
    r"""The arguments, with the factors after the bracket if ``\log(x) y`` is to mean that."""
    if function != "log" or not c.latex or len(arguments.positional) != 1:
        return arguments
    if c.token.kind not in ("name", "number", "command") or not c.starts_factor():
        return arguments
    if c.ledger.choose("log-run", Span(start, c.token.start), "log(x) y") == "log(x) y":
        return arguments
    node = arguments.positional[0]
    while c.starts_factor() and c.token.kind in ("name", "number", "command"):
        right = c.factor()
        node = Binary(node.span | right.span, "*", node, right, implicit=True)
    return Arguments((node,), (), ())


def _read_run(c: Cursor, function: Token) -> Node:
    """Read the factors that a function without brackets takes for its argument.

    The run ends before a sign, an explicit product, the next function, and by default before a
    bracket; by default it includes a quotient, ``\\log p/q``.
    """
    start = c.token.start
    if c.is_op("-") and c.peek().kind not in ("op", "end", "close", "relation"):
        c.advance()
        run = _read_run(c, function)
        return Negative(Span(start, run.span.end), run)
    if not c.starts_factor():
        raise c.error(
            "missing-argument",
            f"{c.show(function)} needs an argument",
            function.span,
            f"write {c.text[function.start : function.end]}(x)",
        )
    if c.token.kind == "function":
        return c.factor()
    node = c.factor()
    while c.starts_factor() and _run_goes_on(c):
        right = c.factor()
        node = Binary(c.span_from(start), "*", node, right, implicit=True)
    if c.is_op("/"):
        chosen = c.ledger.choose("log-quotient", c.token.span, "log(p/q)")
        if chosen == "log(p/q)":
            node = c.quotient(node, start)
    return node


def _run_goes_on(c: Cursor) -> bool:
    token = c.token
    if token.kind in ("function", "big"):
        return False
    if token.kind == "bar":
        return False
    if token.kind == "open" and token.value in ("(", "[", "\\{", "<"):
        return c.ledger.choose("log-bracket", token.span, "log(x)(y)") == "log(x(y))"
    following = c.peek()
    if token.kind == "name" and following.kind == "open" and following.value in ("(", "["):
        return c.ledger.choose("log-bracket", token.span, "log(x(y))") == "log(x(y))"
    return True

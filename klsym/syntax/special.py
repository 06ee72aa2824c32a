r"""Calls by their canonical names: every printed form of a function or divergence is one function.

``D_{KL}(q\|p)``, ``\mathrm{KL}[q\,||\,p]`` and ``KL(q, p)`` are calls of ``KL``; ``\psi_1(x)``,
``\psi'(x)`` and ``trigamma(x)`` are ``psi`` with one prime; ``\Gamma(x)`` is ``gamma``, while the
word ``Gamma`` is left to mean the family.
"""

from __future__ import annotations

from klsym.errors import Span
from klsym.syntax import vocabulary as v
from klsym.syntax.arguments import Arguments
from klsym.syntax.cursor import Cursor
from klsym.syntax.scripts import Scripts
from klsym.syntax.signs import read_sign, require_plain
from klsym.syntax.subscripts import subscript_tree
from klsym.syntax.tree import Bars, Binary, Call, Factorial, Name, Node, Number, Root


def named_call(
    c: Cursor, base: str, style: str, scripts: Scripts, arguments: Arguments, span: Span
) -> Node:
    """The node for a name applied to arguments."""
    full = scripts.name(base)
    function, primes = full.rstrip("'"), scripts.primes
    subscript: Node | None = None
    declared = c.names.is_function(full) or c.names.is_function(base)
    label = scripts.label
    sign = None if declared else read_sign(c, base, scripts, arguments, span)
    if sign is not None:
        return sign
    if _is_divergence(base, label, arguments):
        function = "KL"
        if base in v.KL_WORDS and label:
            subscript = Name(span, label)
    elif base in v.DIVERGENCE_LETTERS and len(label) > 1 and label.isupper() and not declared:
        function = label
    elif declared:
        pass
    elif base in v.SPECIAL_GREEK and style == "":
        return _greek_function(c, base, scripts, arguments, span)
    elif base in v.BESSEL and label and not scripts.star:
        function, subscript = base, subscript_tree(c, scripts.below) or Number(span, label)
    elif base == "E" and label.isdigit():
        function, subscript = "expint", Number(span, label)
    elif base == "Li" and label:
        function, subscript = base, subscript_tree(c, scripts.below) or Number(span, label)
    elif base == "log" and label.isdigit():
        function, subscript = "log", Number(span, label)
    elif full in v.BRACKETED_FUNCTIONS:
        function = v.BRACKETED_FUNCTIONS[full]
        if function.endswith("'"):
            function, primes = function[:-1], primes + 1
        if full == "gamma" and (c.latex or len(arguments.positional) == 2):
            function = "lowergamma"
    elif not c.latex or style == "upright":
        structure = _structure(full, arguments, span)
        if structure is not None:
            return structure
    if not declared:
        require_plain(c, function, scripts, span)
    if scripts.order is not None and isinstance(scripts.order, Number):
        primes += int(scripts.order.text[:4])
    return Call(
        span,
        function,
        arguments.positional,
        arguments.keywords,
        arguments.separators,
        subscript,
        primes,
        style,
    )


def _is_divergence(base: str, label: str, arguments: Arguments) -> bool:
    if base in v.KL_WORDS:
        return True
    if base not in v.DIVERGENCE_LETTERS:
        return False
    return label.upper() == "KL" or (not label and "||" in arguments.separators)


def _greek_function(
    c: Cursor, base: str, scripts: Scripts, arguments: Arguments, span: Span
) -> Node:
    function, primes = v.SPECIAL_GREEK[base], scripts.primes
    positional, separators = arguments.positional, arguments.separators
    if scripts.star:
        function = scripts.name(base).rstrip("'")
    elif function == "psi":
        order = scripts.order
        if order is None and scripts.label:
            order = subscript_tree(c, scripts.below) or Number(span, scripts.label)
        if isinstance(order, Number) and order.text.isdigit():
            primes += int(order.text[:4])
        elif order is not None:
            function, positional, separators = "polygamma", (order, *positional), (",", *separators)
    elif scripts.label or scripts.order is not None:
        function = scripts.name(base).rstrip("'")
    elif function == "gamma" and len(positional) == 2:
        function = "uppergamma"
    return Call(span, function, positional, arguments.keywords, separators, None, primes)


def _structure(name: str, arguments: Arguments, span: Span) -> Node | None:
    """Words of plain text that spell a notation: ``sqrt(x)``, ``abs(x)``, ``Rational(1, 2)``."""
    given = arguments.positional
    if arguments.keywords:
        return None
    if len(given) == 1:
        if name == "sqrt":
            return Root(span, given[0])
        if name == "cbrt":
            return Root(span, given[0], Number(span, "3"))
        if name in ("abs", "Abs"):
            return Bars(span, given[0])
        if name == "factorial":
            return Factorial(span, given[0])
    if len(given) == 2 and name == "Rational":
        return Binary(span, "/", given[0], given[1])
    return None

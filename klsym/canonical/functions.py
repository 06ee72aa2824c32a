"""Logs, gamma functions, absolute values and odd functions: sympy's node, mostly without asking.

>>> from sympy import symbols
>>> a, b, x = symbols("a b x", positive=True)
>>> log_of(a / b), log_gamma_of(a + 1), absolute_of(b - a)
(log(a/b), loggamma(a + 1), Abs(a - b))
"""

from __future__ import annotations

from typing import Any

import sympy
from sympy import S

from klsym.canonical.gammas import value_of
from klsym.canonical.making import applied, counted, node_of, scaled
from klsym.canonical.nodes import power_of, product_of
from klsym.canonical.order import leads_with_minus
from klsym.canonical.parts import parts, parts_of

GAMMAS = (sympy.gamma, sympy.loggamma, sympy.polygamma)
_DIRECTIONS = {"positive": (1,), "nonnegative": (1,), "negative": (-1,), "nonpositive": (-1,)}


def log_of(argument: Any) -> Any:
    """The log, as sympy has it; of a formula sympy would ask at length if it is zero."""
    argument = node_of(argument)
    if argument.is_Symbol:
        return applied(sympy.log, argument)
    if argument.is_Rational and argument.p > 1:
        return applied(sympy.log, argument)
    if argument.is_Rational and argument.p == 1 < argument.q:
        return scaled(S.NegativeOne, applied(sympy.log, sympy.Integer(argument.q)))
    if argument is not S.One and all(map(_is_of_pi, sympy.Mul.make_args(argument))):
        return applied(sympy.log, argument)
    special = argument.__class__ is sympy.exp or isinstance(argument, sympy.AccumBounds)
    return sympy.log(argument) if special or argument.is_number else applied(sympy.log, argument)


def _is_of_pi(factor: Any) -> bool:
    """Whether a factor is a positive rational number or a power of pi."""
    if factor.is_Pow:
        base, exponent = factor.args
        return bool(base is S.Pi and exponent.is_Rational)
    return bool(factor is S.Pi or (factor.is_Rational and factor.p > 0))


def beta_of(a: Any, b: Any) -> Any:
    """The beta function; of halves sympy makes Catalan numbers, where this makes pi.

    >>> beta_of(sympy.Rational(1, 2), sympy.Rational(3, 2))
    pi/2
    """
    value = sympy.beta(a, b)
    return value.rewrite(sympy.gamma) if value.has(sympy.catalan) else value


def gamma_of(argument: Any) -> Any:
    """The gamma function."""
    return gamma_like(sympy.gamma, argument)


def log_gamma_of(argument: Any) -> Any:
    """The log-gamma function."""
    return gamma_like(sympy.loggamma, argument)


def gamma_like(function: Any, *arguments: Any) -> Any:
    """A gamma function or one of its derivatives; of an integer sympy may know its value."""
    argument = arguments[-1]
    if argument.is_Rational:
        value = value_of(function, *arguments)
        return function(*arguments) if value is None else value
    formula = argument.is_Symbol or argument.is_Add or argument.is_Mul or argument.is_Pow
    letters = parts_of(argument, sympy.Symbol) if formula else []
    if letters:
        whole = function is sympy.loggamma and any(
            letter.assumptions0.get("integer") for letter in letters
        )
        if not whole or goes_both_ways(argument):
            return applied(function, *arguments)
        if _is_counted(argument):
            return log_of(applied(sympy.gamma, argument))
    return function(*arguments)


def _is_counted(total: Any) -> bool:
    """Whether a sum of multiples of whole letters and of a number is a positive integer."""
    positive = False
    for term in sympy.Add.make_args(total):
        number, letter = counted(term)
        facts = letter.assumptions0 if letter.is_Symbol else {}
        whole = letter is S.One or (facts.get("integer") and facts.get("nonnegative"))
        if not (whole and number.is_Integer and number.p > 0):
            return False
        positive = positive or letter is S.One or bool(facts.get("positive"))
    return positive


def absolute_of(argument: Any) -> Any:
    """The absolute value; of letters that go up and down it is left as it stands."""
    if argument.is_Pow and argument.args[1] is S.NegativeOne and argument.args[0].is_Add:
        return power_of(absolute_of(argument.args[0]), S.NegativeOne)
    if not goes_both_ways(argument):
        return sympy.Abs(argument)
    minus = leads_with_minus(argument)
    return applied(sympy.Abs, product_of(S.NegativeOne, argument) if minus else argument)


def goes_both_ways(total: Any) -> bool:
    """Whether a sum of multiples of letters can be below zero and above it."""
    ways: set[int] = set()
    if not total.is_Add:
        return False
    for term in total.args:
        number, rest = counted(term)
        if rest is S.One:
            continue
        sign = 1 if number.p > 0 else -1
        known: tuple[int, ...] = (sign,)
        for factor in sympy.Mul.make_args(rest):
            more = _ways_of(factor)
            if more is None:
                return False
            known = tuple({one * other for one in known for other in more})
        ways.update(known)
    # Where the letters go one way from zero, a number puts them on the other side of it.
    number = total.args[0]
    if len(ways) == 1 and number.is_Rational and not any(s.is_integer for s in total.free_symbols):
        ways.add(1 if number.p > 0 else -1)
    return len(ways) == 2


def _ways_of(factor: Any) -> tuple[int, ...] | None:
    """Whether a letter, a power of a positive one or the log of one goes up, down or both."""
    if isinstance(factor, sympy.Abs):
        return (1,)
    if isinstance(factor, sympy.log):
        facts = factor.args[0].assumptions0 if factor.args[0].is_Symbol else {}
        return (1, -1) if facts.get("positive") and "integer" not in facts else None
    base, exponent = factor.args if factor.is_Pow else (factor, S.One)
    if not (base.is_Symbol and base.is_extended_real and exponent.is_Integer):
        return None
    facts = base.assumptions0
    known = next((ways for fact, ways in _DIRECTIONS.items() if facts.get(fact)), (1, -1))
    return known if exponent is S.One or facts.get("positive") else None


def atan_of(argument: Any) -> Any:
    """The arctangent; of a formula sympy would ask at length what it is."""
    if not argument.free_symbols or not all(map(_is_algebraic, parts(argument))):
        return sympy.atan(argument)
    return odd_of(sympy.atan, argument)


def _is_algebraic(node: Any) -> bool:
    return bool(node.is_Symbol or node.is_Rational or node.is_Add or node.is_Mul or node.is_Pow)


def odd_of(function: Any, argument: Any) -> Any:
    """An odd function as it stands, a minus sign taken out of it."""
    if argument.could_extract_minus_sign():
        return product_of(S.NegativeOne, applied(function, product_of(S.NegativeOne, argument)))
    return applied(function, argument)

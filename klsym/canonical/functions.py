"""Logs, gamma functions and absolute values: the node that sympy makes, mostly without asking.

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
from klsym.canonical.parts import parts_of

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
        number, letter = term.as_coeff_Mul()
        if letter.is_Symbol and number.is_Rational and letter.is_extended_real:
            facts = letter.assumptions0
            known = next((ways for fact, ways in _DIRECTIONS.items() if facts.get(fact)), (1, -1))
            ways.update(way if number.p > 0 else -way for way in known)
        elif not term.is_Rational:
            return False
    # Where the letters go one way from zero, a number puts them on the other side of it.
    number = total.args[0]
    if len(ways) == 1 and number.is_Rational and not any(s.is_integer for s in total.free_symbols):
        ways.add(1 if number.p > 0 else -1)
    return len(ways) == 2

"""Guards against numbers too large to compute: ``9**9**9`` is refused, not evaluated.

sympy computes integer powers, factorials and their kin as soon as they are written down.  Each
guard looks at what would be computed first, and raises KlsymError ``too-large`` at its place.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import sympy

from klsym.errors import KlsymError, Span
from klsym.expectation import DivergenceValue, Expectation

BITS = 20_000
"""Numbers of more bits than this are not computed."""
EXPONENT = 100_000
"""Nor are numbers of this size allowed in an exponent."""
DIGITS = 1_000
"""Nor longer numerals read."""


def too_large(what: str, span: Span) -> KlsymError:
    """The error for a number past the bounds."""
    return KlsymError(
        "too-large",
        f"{what} is too large to compute",
        span=span,
        help="write it as a symbol, or take a smaller number",
    )


def division_by_zero(span: Span) -> KlsymError:
    """The error for a division by what is known to be zero."""
    return KlsymError(
        "division-by-zero", "this divides by zero", span=span, help="it has no value anywhere"
    )


def number(text: str, span: Span) -> Any:
    """A numeral as an exact rational."""
    mantissa, _, exponent = text.lower().partition("e")
    if len(mantissa) > DIGITS or len(exponent) > 5 or abs(int(exponent or "0")) > DIGITS:
        raise too_large("this number", span)
    value = Fraction(text)
    return sympy.Rational(value.numerator, value.denominator)


def power(base: Any, exponent: Any, span: Span) -> Any:
    """``base**exponent``, unless that is a huge number."""
    if exponent.is_Rational and abs(exponent) > EXPONENT:
        raise too_large("this power", span)
    if base.is_Rational:
        if exponent.is_Rational:
            if abs(base) not in (0, 1):
                bits = max(int(base.p).bit_length(), int(base.q).bit_length())
                if bits * (abs(int(exponent)) + 1) > BITS:
                    raise too_large("this power", span)
        elif any(_factor(term) > EXPONENT for term in sympy.Add.make_args(exponent)):
            raise too_large("this power", span)
    if is_zero(base) and exponent.is_negative:
        raise division_by_zero(span)
    return base**exponent


def exponential(argument: Any, span: Span) -> Any:
    """``exp(argument)``; of a multiple of a log it is a power, computed where that has numbers."""
    for term in sympy.Add.make_args(argument):
        factors = sympy.Mul.make_args(term)
        logs = [f for f in factors if isinstance(f, sympy.log) and not f.args[0].is_Symbol]
        others = sympy.Mul(*(f for f in factors if f not in logs))
        if logs and _factor(others) > EXPONENT:
            raise too_large("this exponential", span)
    return sympy.exp(argument)


def _factor(term: Any) -> Any:
    """The size of the number that multiplies a term."""
    return abs(term.as_coeff_Mul()[0])


def is_zero(expr: Any) -> bool:
    """Whether an expression is known to be zero; an unevaluated mean or divergence is not."""
    if expr.is_Mul:
        return any(is_zero(factor) for factor in expr.args)
    if expr.is_Number or (not expr.is_Symbol and not expr.free_symbols):
        # Of a mean sympy would try a derivative.
        return not expr.has(Expectation, DivergenceValue) and bool(expr.is_zero)
    return False


def largest_integer(expr: Any) -> int:
    """The largest numerator or denominator that stands in an expression."""
    if expr.is_Rational:
        return max(abs(int(expr.p)), int(expr.q))
    numbers = expr.atoms(sympy.Rational)
    return max((max(abs(int(n.p)), int(n.q)) for n in numbers), default=0)


def check_arguments(name: str, arguments: list[Any], largest: int, span: Span) -> None:
    """Refuse numeric arguments at which a function would be computed with huge effort."""
    for argument in arguments:
        if argument.is_Rational and abs(argument) > largest:
            raise too_large(f"{name} of this number", span)

"""Statistics: an expression over the variate as a sum of coefficients times functions of it.

``log p(x)`` of nearly every family is a short sum ``c_1 T_1(x) + ... + c_n T_n(x)`` in which the
coefficients ``c_i`` are free of the variate: the statistics ``T_i`` and their coefficients are
what an integral is recognised by.
"""

from __future__ import annotations

from typing import Any

import sympy
from sympy import Expr, S, Symbol

from klsym.canonical import (
    apart,
    cancelled,
    contains,
    counted,
    has_any,
    is_plainly_positive,
    multiplied_out,
    power_of,
    product_of,
    replaced,
    shared_out,
    sum_of,
)

Statistics = dict[Any, Any]
"""Coefficient by statistic; the statistic 1 holds what is free of the variate."""


def separate(expr: Expr, variate: Symbol) -> Statistics:
    """The statistics of an expression as it is written: squares of differences are kept.

    >>> from sympy import symbols
    >>> x, m, s = symbols("x m s")
    >>> separate(-((x - m) ** 2) / (2 * s) + x * (m + 1), x) == {(x - m)**2: -1/(2*s), x: m + 1}
    True
    """
    found: Parts = {}
    for term in sympy.Add.make_args(expr):
        add_term(term, variate, found)
    return summed(found)


Parts = dict[Any, list[Any]]
"""What is to be added up for each statistic."""


def summed(parts: Parts) -> Statistics:
    """The sum for each statistic, without those whose coefficients cancel."""
    sums = {t: c[0] if len(c) == 1 else sum_of(*c) for t, c in parts.items()}
    return {t: c for t, c in sums.items() if c is not S.Zero}


def add_term(term: Expr, variate: Symbol, found: Parts) -> None:
    """Add the statistics of a term to those that were found."""
    coefficient, statistic = apart(term, variate)
    if statistic.is_Add and not _is_shift(statistic, variate):
        for part in statistic.args:
            add_term(product_of(coefficient, part), variate, found)
        return
    if statistic.is_Mul:
        sums = [f for f in statistic.args if f.is_Add]
        if not all(_is_shift(f, variate) for f in sums):
            for part in sympy.Add.make_args(multiplied_out(statistic)):
                add_term(product_of(coefficient, part), variate, found)
            return
        shifts = [f for f in sums if f.could_extract_minus_sign()]
        if shifts:
            others = [f for f in statistic.args if f not in shifts]
            coefficient = product_of((-1) ** len(shifts), coefficient)
            statistic = product_of(*others, *(product_of(-1, f) for f in shifts))
    if statistic.is_Pow or isinstance(statistic, sympy.Abs):
        constant, statistic = _free_factor(statistic, variate)
        coefficient = times(coefficient, constant)
    found.setdefault(statistic, []).append(coefficient)


def times(left: Any, right: Any) -> Any:
    """The product; most often one of the two is 1."""
    if left is S.One or right is S.One:
        return right if left is S.One else left
    return product_of(left, right)


def _is_shift(total: Expr, variate: Symbol) -> bool:
    """Whether a sum is ``x - c`` up to sign."""
    within = [term for term in total.args if contains(term, variate)]
    return len(within) == 1 and counted(within[0]) in ((S.One, variate), (S.NegativeOne, variate))


def _free_factor(power: Expr, variate: Symbol) -> tuple[Expr, Expr]:
    """``(x/s)**k`` as ``s**-k`` and ``x**k``; the factors are positive where it is used.

    ``(x/s - m/s)**2`` is ``s**-2`` times ``(x - m)**2``, and ``|x/s - m/s|`` in the same way.
    """
    base, exponent = power.as_base_exp()
    inside = base.args[0] if isinstance(base, sympy.Abs) else base
    if inside.is_Add and not contains(exponent, variate):
        if _is_shift(inside, variate):
            return S.One, power
        slope, shift = affine(inside, variate)
        if slope is None or slope.is_number:
            return S.One, power
        if slope.is_negative and (inside is not base or exponent.is_even):
            slope, shift = -slope, -shift
        if not slope.is_positive:
            return S.One, power
        rest = variate + cancelled(shift / slope)
        return slope**exponent, replaced(power, {inside: rest})
    if not base.is_Mul or contains(exponent, variate):
        return S.One, power
    constant, rest = apart(base, variate)
    if not is_plainly_positive(constant) and constant.is_positive is not True:
        return S.One, power
    return power_of(constant, exponent), power_of(rest, exponent)


def expand(statistics: Statistics, variate: Symbol) -> Statistics:
    """The same sum over monomials: ``(x - m)**2`` becomes ``x**2``, ``x`` and 1.

    An integral is recognised by this form, whatever form the density was written in.
    """
    found: Parts = {}
    for statistic, coefficient in statistics.items():
        for term in sympy.Add.make_args(_multiplied_out(statistic)):
            constant, monomial = apart(term, variate)
            if monomial.is_Pow or isinstance(monomial, sympy.Abs):
                more, monomial = _free_factor(monomial, variate)
                constant = times(constant, more)
            found.setdefault(monomial, []).append(times(coefficient, constant))
    sums = {m: tidy(c[0] if len(c) == 1 else sum_of(*c)) for m, c in found.items()}
    return {m: c for m, c in sums.items() if c is not S.Zero or m is S.One}


def _multiplied_out(statistic: Expr) -> Any:
    """A statistic multiplied out; the log of an extreme, whose cases are split first, as it is."""
    whole = isinstance(statistic, sympy.log) and has_any(statistic, sympy.Min, sympy.Max)
    return statistic if whole else multiplied_out(statistic)


def tidy(coefficient: Expr) -> Expr:
    """A coefficient multiplied out, and what its terms share taken out of it."""
    if not coefficient.is_Add or _is_difference(coefficient):
        return coefficient
    return shared_out(multiplied_out(coefficient))


def _is_difference(total: Expr) -> bool:
    """Whether a sum is as simple as ``a - b`` or ``a - 1``."""
    if len(total.args) != 2:
        return False
    (one, first), (other, second) = (term.as_coeff_Mul() for term in total.args)
    return bool(
        {one, other} == {S.One, S.NegativeOne}
        and (first.is_Symbol or first is S.One)
        and (second.is_Symbol or second is S.One)
    )


def kink(statistic: Expr, variate: Symbol) -> Expr | None:
    """The point c of ``|x - c|``, or None if the statistic is something else."""
    if not isinstance(statistic, sympy.Abs):
        return None
    inside = statistic.args[0]
    centres = (variate - inside, variate + inside)
    return next((c for c in centres if not c.has(variate)), None)


def affine(expr: Expr, variate: Symbol) -> tuple[Any, Any]:
    """Slope and shift of an expression linear in the variate; (None, None) of any other."""
    terms = sympy.Add.make_args(multiplied_out(expr))
    slopes = [apart(term, variate) for term in terms if contains(term, variate)]
    if not slopes or any(rest != variate for _, rest in slopes):
        return None, None
    return sum_of(*(slope for slope, _ in slopes)), replaced(expr, {variate: S.Zero})


def quadratic(expr: Expr, x: Symbol) -> tuple[Any, Any, Any]:
    """k, c and d of a polynomial ``k*((x - c)**2 + d**2)``, or Nones."""
    powers = coefficients(expr, x)
    if powers is None or max(powers) != 2:
        return None, None, None
    a, b, c = (powers.get(n, S.Zero) for n in (2, 1, 0))
    inverse = power_of(a, S.NegativeOne)
    centre = cancelled(product_of(-S.Half, b, inverse))
    square = sum_of(product_of(c, inverse), product_of(-1, power_of(centre, S(2))))
    return a, centre, sympy.sqrt(cancelled(square))


def coefficients(expr: Expr, x: Symbol) -> dict[int, Any] | None:
    """The coefficient of each power of x in a polynomial, or None if it is none.

    >>> from sympy import symbols
    >>> x, m = symbols("x m")
    >>> coefficients((x - m) ** 2 + m, x) == {2: 1, 1: -2 * m, 0: m**2 + m}
    True
    """
    found: dict[int, list[Any]] = {0: []}
    for term in sympy.Add.make_args(multiplied_out(expr)):
        coefficient, power = apart(term, x)
        base, exponent = power.as_base_exp()
        if power is S.One:
            exponent = S.Zero
        elif base != x or not (exponent.is_Integer and exponent.p > 0):
            return None
        found.setdefault(int(exponent), []).append(coefficient)
    sums = {n: sum_of(*parts) for n, parts in found.items()}
    return {n: c for n, c in sums.items() if c is not S.Zero} or {0: S.Zero}


def two_terms(expr: Expr, variate: Symbol) -> tuple[Any, Any, Any]:
    """A, B and M of a sum ``A + B*M(x)`` with M a power of x or an exponential, or Nones."""
    terms = sympy.Add.make_args(expr)
    within = [term for term in terms if contains(term, variate)]
    if len(within) != 1 or len(terms) == 1:
        return None, None, None
    constant = sum_of(*(term for term in terms if term is not within[0]))
    slope, monomial = apart(within[0], variate)
    if monomial.is_Pow:
        more, monomial = _free_factor(monomial, variate)
        slope = product_of(slope, more)
    if monomial.as_base_exp()[0] == variate or isinstance(monomial, sympy.exp):
        return constant, slope, monomial
    return None, None, None

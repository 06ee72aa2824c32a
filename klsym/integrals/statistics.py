"""Statistics: an expression over the variate as a sum of coefficients times functions of it.

``log p(x)`` of nearly every family is a short sum ``c_1 T_1(x) + ... + c_n T_n(x)`` in which the
coefficients ``c_i`` are free of the variate: the statistics ``T_i`` and their coefficients are
what an integral is recognised by.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import sympy
from sympy import Expr, S, Symbol

from klsym.canonical import (
    apart,
    cancelled,
    contains,
    is_plainly_positive,
    multiplied_out,
    power_of,
    product_of,
    replaced,
    shared_out,
    sum_of,
)
from klsym.density import Density
from klsym.domain import Context
from klsym.integrals.logarithm import log_terms

Statistics = dict[Any, Any]
"""Coefficient by statistic; the statistic 1 holds what is free of the variate."""


def separate(expr: Expr, variate: Symbol) -> Statistics:
    """The statistics of an expression as it is written: squares of differences are kept.

    >>> from sympy import symbols
    >>> x, m, s = symbols("x m s")
    >>> separate(-((x - m) ** 2) / (2 * s) + x * (m + 1), x) == {(x - m)**2: -1/(2*s), x: m + 1}
    True
    """
    found: Statistics = {}
    for term in sympy.Add.make_args(expr):
        _add(term, variate, found)
    return {statistic: c for statistic, c in found.items() if c != 0}


def _add(term: Expr, variate: Symbol, found: Statistics) -> None:
    coefficient, statistic = apart(term, variate)
    if statistic.is_Add and not _is_shift(statistic, variate):
        for part in statistic.args:
            _add(product_of(coefficient, part), variate, found)
        return
    if statistic.is_Mul and any(f.is_Add and not _is_shift(f, variate) for f in statistic.args):
        for part in sympy.Add.make_args(multiplied_out(statistic)):
            _add(product_of(coefficient, part), variate, found)
        return
    if statistic.is_Mul:
        shifts = [f for f in statistic.args if f.is_Add and f.could_extract_minus_sign()]
        others = [f for f in statistic.args if f not in shifts]
        if shifts:
            coefficient = product_of((-1) ** len(shifts), coefficient)
            statistic = product_of(*others, *(product_of(-1, f) for f in shifts))
    if statistic.is_Pow or isinstance(statistic, sympy.Abs):
        constant, statistic = _free_factor(statistic, variate)
        coefficient = product_of(coefficient, constant)
    found[statistic] = sum_of(found.get(statistic, S.Zero), coefficient)


def _is_shift(expr: Expr, variate: Symbol) -> bool:
    """Whether an expression is ``x - c`` up to sign."""
    signed = (variate, product_of(-1, variate))
    return sum(1 for term in expr.args if contains(term, variate)) == 1 and any(
        term in signed for term in expr.args
    )


def _free_factor(power: Expr, variate: Symbol) -> tuple[Expr, Expr]:
    """``(x/s)**k`` as ``s**-k`` and ``x**k``; the factors are positive where it is used.

    ``(x/s - m/s)**2`` is ``s**-2`` times ``(x - m)**2``, and ``|x/s - m/s|`` in the same way.
    """
    base, exponent = power.as_base_exp()
    inside = base.args[0] if isinstance(base, sympy.Abs) else base
    if inside.is_Add and not exponent.has(variate):
        slope, shift = affine(inside, variate)
        if slope is None or slope.is_number:
            return S.One, power
        if slope.is_negative and (inside is not base or exponent.is_even):
            slope, shift = -slope, -shift
        if not slope.is_positive:
            return S.One, power
        rest = variate + cancelled(shift / slope)
        return slope**exponent, replaced(power, {inside: rest})
    if not base.is_Mul or exponent.has(variate):
        return S.One, power
    constant, rest = apart(base, variate)
    if not is_plainly_positive(constant) and constant.is_positive is not True:
        return S.One, power
    return power_of(constant, exponent), power_of(rest, exponent)


def expand(statistics: Statistics, variate: Symbol) -> Statistics:
    """The same sum over monomials: ``(x - m)**2`` becomes ``x**2``, ``x`` and 1.

    An integral is recognised by this form, whatever form the density was written in.
    """
    found: Statistics = {}
    for statistic, coefficient in statistics.items():
        for term in sympy.Add.make_args(multiplied_out(statistic)):
            constant, monomial = apart(term, variate)
            if monomial.is_Pow or isinstance(monomial, sympy.Abs):
                more, monomial = _free_factor(monomial, variate)
                constant = product_of(constant, more)
            more = product_of(coefficient, constant)
            found[monomial] = sum_of(found.get(monomial, S.Zero), more)
    return {m: c for m, c in ((m, _tidy(c)) for m, c in found.items()) if c != 0 or m == 1}


def _tidy(coefficient: Expr) -> Expr:
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
    polynomial = sympy.Poly(expr, x) if expr.is_polynomial(x) else None
    if polynomial is None or polynomial.degree() != 2:
        return None, None, None
    a, b, c = polynomial.all_coeffs()
    centre = cancelled(-b / (2 * a))
    return a, centre, sympy.sqrt(cancelled(c / a - centre**2))


def two_terms(expr: Expr, variate: Symbol) -> tuple[Any, Any, Any]:
    """A, B and M of a sum ``A + B*M(x)`` with M a power of x or an exponential, or Nones."""
    constant, rest = expr.as_independent(variate, as_Add=True)
    if constant == 0 or rest.is_Add:
        return None, None, None
    slope, monomial = rest.as_independent(variate, as_Add=False)
    if monomial.is_Pow:
        more, monomial = _free_factor(monomial, variate)
        slope *= more
    if monomial.as_base_exp()[0] == variate or isinstance(monomial, sympy.exp):
        return constant, slope, monomial
    return None, None, None


@dataclass(frozen=True)
class Integrand:
    """``exp(sum c_i T_i(x))`` on a support: a positive function to be integrated or summed.

    ``changes`` are the changes of variable that led to it; none is made twice.
    """

    variate: Symbol
    lower: Expr
    upper: Expr
    discrete: bool
    statistics: Mapping[Expr, Expr]
    context: Context
    changes: tuple[str, ...] = ()

    @classmethod
    def of(cls, density: Density, context: Context) -> Integrand:
        """The integrand of a density's mass."""
        support, variate = density.support, density.variate
        inside = within_support(density, context)
        terms = sum_of(*(product_of(c, atom) for c, atom in log_terms(density.expression, inside)))
        statistics = expand(separate(terms, variate), variate)
        return cls(variate, support.lower, support.upper, support.discrete, statistics, inside)

    def times_exp(self, exponent: Statistics) -> Integrand:
        """The integrand multiplied by ``exp(exponent)``."""
        statistics = dict(self.statistics)
        for statistic, coefficient in expand(exponent, self.variate).items():
            statistics[statistic] = _tidy(statistics.get(statistic, S.Zero) + coefficient)
        kept = {t: c for t, c in statistics.items() if c != 0}
        return replace(self, statistics=kept)

    @property
    def on_positive(self) -> bool:
        """Whether it is an integral over a part of (0, oo)."""
        return not self.discrete and self.context.nonnegative(self.lower)

    @property
    def by_cases(self) -> bool:
        """Whether it is written by cases, to be split before anything else."""
        kinds = (sympy.Min, sympy.Max, sympy.Piecewise)
        return any(statistic.has(*kinds) for statistic in self.statistics)

    @property
    def on_line(self) -> bool:
        """Whether it is an integral over the whole line."""
        ends = (self.lower, self.upper)
        return not self.discrete and ends == (S.NegativeInfinity, S.Infinity)

    @property
    def carrier(self) -> dict[Any, Any]:
        """The statistics that depend on the variate."""
        return {t: c for t, c in self.statistics.items() if t != 1}

    @property
    def constant(self) -> Any:
        """The coefficient of the statistic 1."""
        return self.statistics.get(S.One, S.Zero)


@lru_cache(maxsize=1024)
def within_support(density: Density, context: Context) -> Context:
    """The context in which the variate lies inside the support."""
    x, support = density.variate, density.support
    relations = []
    if support.lower.is_finite and not (support.lower == 0 and x.is_nonnegative):
        above = sympy.GreaterThan if support.discrete else sympy.StrictGreaterThan
        relations.append(above(x, support.lower, evaluate=False))
    if support.upper.is_finite:
        below = sympy.LessThan if support.discrete else sympy.StrictLessThan
        relations.append(below(x, support.upper, evaluate=False))
    return context.assume(*relations) if relations else context

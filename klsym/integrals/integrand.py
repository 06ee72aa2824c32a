"""Integrand: a positive function ``exp(sum c_i T_i)`` on a support, to be integrated or summed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any

import sympy
from sympy import Expr, S, Symbol

from klsym.canonical import contains, has_any, log_of, multiplied_out, sum_of
from klsym.density import Density
from klsym.domain import Context
from klsym.integrals.logarithm import log_terms
from klsym.integrals.statistics import Parts, Statistics, add_term, expand, summed, tidy, times


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
        found: Parts = {}
        free: list[Any] = []
        for coefficient, atom in log_terms(density.expression, inside):
            if not (contains(coefficient, variate) or contains(atom, variate)):
                free.append(times(coefficient, atom))
                continue
            for term in sympy.Add.make_args(times(coefficient, atom)):
                add_term(term, variate, found)
        statistics = expand(summed(found), variate)
        statistics[S.One] = sum_of(statistics.get(S.One, S.Zero), *free)
        return cls(variate, support.lower, support.upper, support.discrete, statistics, inside)

    def times_exp(self, exponent: Statistics) -> Integrand:
        """The integrand multiplied by ``exp(exponent)``."""
        statistics = dict(self.statistics)
        for statistic, coefficient in expand(exponent, self.variate).items():
            known = statistics.get(statistic, S.Zero)
            statistics[statistic] = tidy(sum_of(known, coefficient))
        kept = {t: c for t, c in statistics.items() if c is not S.Zero}
        return replace(self, statistics=kept)

    @property
    def on_positive(self) -> bool:
        """Whether it is an integral over a part of (0, oo)."""
        return not self.discrete and self.context.nonnegative(self.lower)

    @cached_property
    def by_cases(self) -> bool:
        """Whether it is written by cases, to be split before anything else."""
        kinds = (sympy.Min, sympy.Max, sympy.Piecewise)
        return any(statistic.has(*kinds) for statistic in self.statistics)

    @property
    def on_line(self) -> bool:
        """Whether it is an integral over the whole line."""
        ends = (self.lower, self.upper)
        return not self.discrete and ends == (S.NegativeInfinity, S.Infinity)

    @cached_property
    def carrier(self) -> dict[Any, Any]:
        """The statistics that depend on the variate."""
        return {t: c for t, c in self.statistics.items() if t is not S.One}

    @cached_property
    def log(self) -> Any:
        """The log of the variate, the statistic of a power of it."""
        return log_of(self.variate)

    @cached_property
    def shape(self) -> Any:
        """The s of a factor ``x**(s - 1)``."""
        total = sum_of(self.statistics.get(self.log, S.Zero), S.One)
        # Only sympy knows that log(4)/log(2) is 2.
        return sympy.expand(total) if has_any(total, sympy.log) else multiplied_out(total)

    @cached_property
    def beside_power(self) -> tuple[Any, ...]:
        """The statistics that are no log of the variate, which a power of it is beside."""
        others = dict(self.carrier)
        others.pop(self.log, None)
        return tuple(others)

    @property
    def constant(self) -> Any:
        """The coefficient of the statistic 1."""
        return tidy(self.statistics.get(S.One, S.Zero))


def between_ends(u: Symbol, lower: Expr, upper: Expr, context: Context) -> Context:
    """The context in which a positive variable lies between two ends that are put in order."""
    relations = []
    if lower is not S.Zero:
        relations.append(sympy.StrictLessThan(lower, u, evaluate=False))
    if upper is not S.Infinity:
        relations.append(sympy.StrictGreaterThan(upper, u, evaluate=False))
    return context.assume(*relations) if relations else context


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

"""Kernel: an integral of ``exp(sum c_i T_i)`` in closed form, and all the means it carries.

Let Z(c_1, ..., c_n) be the integral.  Differentiating under the integral sign, with respect to
the coefficient of T_i, gives the mean of T_i as the derivative of log Z, and the covariance of
T_i and T_j as its second derivative; the integral of the same function times ``exp(h)`` gives the
mean of ``exp(h)`` as a quotient of two such integrals.  So one closed form for Z carries every
moment, and a master integral needs to state nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

import sympy
from sympy import Expr, S, Symbol

from klsym.canonical import (
    cancelled,
    exp_of,
    log_of,
    multiplied_out,
    power_of,
    product_of,
    replaced,
    sum_of,
)
from klsym.integrals.integrand import Integrand

TOTAL = Symbol("z", positive=True)

Between = Callable[[Expr, Expr, Expr], Expr | None]
"""The integral of the integrand times a statistic between two points."""

Carry = Callable[[Expr], tuple[Expr, ...] | None]
"""A statistic over another variate, followed by those whose means must exist for it to hold."""

LONGEST_RISE = 30
"""Gamma functions whose arguments differ by at most so much reduce to a product."""


@dataclass(frozen=True)
class Kernel:
    """An integrand whose integral is known.

    ``log_normaliser`` is log Z over symbols of its own, ``values`` what these symbols are here;
    ``statistics`` maps each statistic to the symbol that is its coefficient, up to the factor
    beside it; ``special`` gives means that do not follow by differentiation.  ``between`` gives
    the integral of the integrand times a statistic (1, x or log(x)) between two points of the
    support, or None.  ``conditions`` are those under which the integral converges.

    A kernel that was reduced to others has ``parts`` instead of a normaliser of its own: the
    kernels, each with the function that carries a statistic over to it.
    """

    rule: str
    integrand: Integrand
    log_normaliser: Expr
    values: Mapping[Symbol, Expr]
    statistics: Mapping[Expr, tuple[Symbol, int]] = field(default_factory=dict)
    conditions: tuple[Any, ...] = ()
    special: Callable[[Expr], Expr | None] | None = None
    between: Between | None = None
    parts: tuple[Part, ...] = ()

    def with_special(self, special: Callable[[Expr], Expr | None]) -> Kernel:
        """The same kernel with means that do not follow by differentiation."""
        return replace(self, special=special)

    @property
    def normaliser(self) -> Any:
        """Z: the integral of the integrand without its constant."""
        if self.parts:
            return _total([part.mass for part in self.parts])
        return replaced(integral_of(self.log_normaliser), self.values)

    @property
    def mass(self) -> Any:
        """The integral of the integrand with its constant."""
        return product_of(exp_of(self.integrand.constant), self.normaliser)

    def mean(self, statistic: Expr) -> Any:
        """The mean of one of its statistics."""
        symbol, factor = self.statistics[statistic]
        value = replaced(derivative(self.log_normaliser, symbol), self.values)
        return value if factor == 1 else product_of(value, sympy.Rational(1, factor))

    def variance(self, statistic: Expr) -> Any:
        """The variance of one of its statistics."""
        return self.cumulant(statistic, 2)

    def cumulant(self, statistic: Expr, order: int) -> Any:
        """The cumulant of one of its statistics, of order 1 (the mean) or higher."""
        symbol, factor = self.statistics[statistic]
        value = self.log_normaliser
        for _ in range(order):
            value = derivative(value, symbol)
        value = replaced(value, self.values)
        power = factor**order
        return value if power == 1 else product_of(value, sympy.Rational(1, power))

    def quotient(self, tilted: Kernel) -> Any:
        """The mean of ``exp(h)``, where ``tilted`` is this integrand multiplied by it."""
        return reduced(product_of(tilted.normaliser, power_of(self.normaliser, S.NegativeOne)))


@dataclass(frozen=True)
class Part:
    """A kernel that another was reduced to, and how a statistic reads over its variate.

    ``carry`` answers None for a statistic it cannot carry over; ``weight`` is -1 for a part that
    is taken away.
    """

    kernel: Kernel
    carry: Carry
    weight: int = 1

    @property
    def mass(self) -> Any:
        """The part of the integral it stands for."""
        return self.weight * self.kernel.mass


def truncated(
    rule: str, integrand: Integrand, between: Between, conditions: tuple[Any, ...] = ()
) -> Kernel:
    """The kernel of an integrand known between any two points, on a part of its support.

    Other means than those ``between`` knows follow by multiplying with ``exp(h)``.
    """
    lower, upper = integrand.lower, integrand.upper
    total = between(S.One, lower, upper)

    def partial_mean(statistic: Expr) -> Expr | None:
        value = between(statistic, lower, upper)
        return None if value is None else value / total

    return Kernel(
        rule,
        integrand,
        log_of(TOTAL),
        {TOTAL: total},
        conditions=conditions,
        special=partial_mean,
        between=between,
    )


def _total(masses: list[Expr]) -> Expr:
    if len(masses) == 1:
        return masses[0]
    return cancelled(sum_of(*masses))


@lru_cache(maxsize=1024)
def derivative(expr: Expr, symbol: Symbol) -> Expr:
    """The derivative, taken once for each master integral and then remembered."""
    return sympy.diff(expr, symbol)


@lru_cache(maxsize=1024)
def integral_of(log_normaliser: Expr) -> Expr:
    """Z from its log, made once for each master integral and then remembered."""
    return exp_of_logs(log_normaliser)


@lru_cache(maxsize=1024)
def exp_of_logs(expr: Expr) -> Expr:
    """``exp`` of a sum of logs and log-gammas as a product of powers and gammas."""
    factors = []
    for term in sympy.Add.make_args(expr):
        coefficient, rest = _before_logs(term)
        if isinstance(rest, sympy.loggamma):
            factors.append(power_of(sympy.gamma(rest.args[0]), coefficient))
        elif isinstance(rest, sympy.log):
            factors.append(power_of(rest.args[0], coefficient))
        else:
            factors.append(exp_of(term))
    return product_of(*factors)


def _before_logs(term: Any) -> tuple[Any, Any]:
    """What stands before the log or the log-gamma in a term, and that."""
    parts = sympy.Mul.make_args(term)
    logs = [part for part in parts if part.has(sympy.log, sympy.loggamma)]
    return product_of(*(part for part in parts if part not in logs)), product_of(*logs)


def reduced(expr: Expr) -> Expr:
    """A product with its exponentials joined, and gammas an integer apart cancelled."""
    above: list[Expr] = []
    below: list[Expr] = []
    rest: list[Expr] = []
    exponents: list[Expr] = []
    for factor in sympy.Mul.make_args(expr):
        base, exponent = factor.as_base_exp()
        if isinstance(factor, sympy.exp):
            exponents.append(factor.exp)
        elif isinstance(base, sympy.gamma) and exponent in (1, -1):
            (above if exponent == 1 else below).append(base.args[0])
        else:
            rest.append(factor)
    for high in list(above):
        for low in below:
            distance = multiplied_out(sum_of(high, product_of(-1, low)))
            if distance.is_Integer and abs(distance) <= LONGEST_RISE:
                above.remove(high)
                below.remove(low)
                rest.append(_rise(low, int(distance)))
                break
    rest += [sympy.gamma(a) for a in above] + [1 / sympy.gamma(b) for b in below]
    if exponents:
        rest.append(exp_of(multiplied_out(sum_of(*exponents))))
    return product_of(*rest)


def _rise(start: Expr, steps: int) -> Expr:
    """gamma(start + steps)/gamma(start)."""
    if steps >= 0:
        return product_of(*(start + i for i in range(steps)))
    return S.One / product_of(*(start - i for i in range(1, -steps + 1)))

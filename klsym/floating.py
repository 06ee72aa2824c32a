"""A divergence as a function of floats: quick, and not certified.

A closed form is used where there is one.  Otherwise each mean is integrated by Gauss and Legendre
between its kinks, over the part of the line on which it matters; a density whose mass is not
found, because it is too narrow or too wide for the grid, counts as infinitely far away.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import sympy
from sympy import Dummy, Expr, Symbol

from klsym.derivation import Derivation
from klsym.domain import Context
from klsym.expectation import Expectation
from klsym.integrals.integrand import within_support
from klsym.integrals.logarithm import expand_log
from klsym.numerics.floats import FLOATS, LogSum
from klsym.numerics.grids import nodes
from klsym.numerics.integrand import kinks
from klsym.numerics.straightline import generate

MASS_ERROR = 1e-6
"""A density whose mass comes out further from 1 than this was not resolved."""
MOST_TERMS = 1 << 17
"""Terms of a sum after which it ends."""


def function_of(
    derivation: Derivation,
    parameters: Sequence[Symbol],
    given: Mapping[Symbol, Expr] | None = None,
) -> Callable[[Sequence[float]], float]:
    """The derivation's statement as a function of some parameters, the others ``given``.

    Where it has no finite value, or none was found, the function is infinite.  Raises
    `Unsupported` for a function that floats cannot compute.
    """
    closed, known = derivation.closed_form, dict(given or {})
    expr = derivation.definition if closed is None else closed
    heads = sorted(expr.atoms(Expectation), key=str)
    names = [Dummy(real=True) for _ in heads]
    outer = expr.xreplace(dict(zip(heads, names, strict=True))).xreplace(known)
    combine = generate(outer, (*parameters, *names), FLOATS)
    means = [_Mean(head, parameters, derivation.context, known) for head in heads]

    def value(point: Sequence[float]) -> float:
        with np.errstate(all="ignore"):
            parts = [mean(point) for mean in means]
            found = float(combine(*map(np.float64, point), *parts))
        return found if np.isfinite(found) else np.inf

    return value


@dataclass
class _Mean:
    """The mean of an integrand under a density, as a function of the parameters."""

    head: Any
    parameters: Sequence[Symbol]
    context: Context
    given: Mapping[Symbol, Expr]

    def __post_init__(self) -> None:
        density, x = self.head.density, self.head.density.variate
        inside = within_support(density, self.context)
        known = {s: value for s, value in self.given.items() if s != x}
        log_weight = in_logs(sympy.log(density.expression, evaluate=False), inside)
        weight = sympy.exp(log_weight.xreplace(known), evaluate=False)
        integrand = in_logs(self.head.integrand, inside).xreplace(known)
        variables = (x, *self.parameters)
        self.weight = generate(weight, variables, FLOATS)
        self.integrand = generate(integrand, variables, FLOATS)
        ends = (density.support.lower, density.support.upper)
        self.discrete = density.support.discrete
        inner = [] if self.discrete else [*kinks(weight, x), *kinks(integrand, x)]
        self.ends = [_place(end.xreplace(known), self.parameters) for end in ends]
        self.kinks = [_place(kink, self.parameters) for kink in inner]

    def __call__(self, point: Sequence[float]) -> float:
        low, high = (end(point) for end in self.ends)
        if self.discrete:
            return self._sum(point, low, high)
        marks = sorted({kink(point) for kink in self.kinks if low < kink(point) < high})
        x, dx = nodes(lambda x: self.weight(x, *point), low, high, marks)
        mass = self.weight(x, *point) * dx
        if not abs(mass.sum() - 1) < MASS_ERROR:
            return np.inf
        return float(np.sum(np.where(mass > 0, mass * self.integrand(x, *point), 0.0)))

    def _sum(self, point: Sequence[float], low: float, high: float) -> float:
        length = 1 << 10
        while True:
            last = min(high, low + length)
            k = np.arange(low, last + 1)
            mass = self.weight(k, *point) * np.ones_like(k)
            if last == high or length >= MOST_TERMS or abs(mass.sum() - 1) < 1e-14:
                break
            length *= 4
        if not abs(mass.sum() - 1) < MASS_ERROR:
            return np.inf
        return float(np.sum(np.where(mass > 0, mass * self.integrand(k, *point), 0.0)))


def in_logs(expr: Any, context: Context) -> Any:
    """The expression with each log taken apart, that of a sum of positive terms by its terms."""
    logs = {log: _log(log.args[0], context) for log in expr.atoms(sympy.log)}
    return _log(expr.args[0], context) if isinstance(expr, sympy.log) else expr.xreplace(logs)


def _log(value: Expr, context: Context) -> Any:
    expanded = expand_log(value, context)
    sums = {
        log: LogSum(*(expand_log(term, context) for term in log.args[0].args))
        for log in expanded.atoms(sympy.log)
        if log.args[0].is_Add and all(context.sign(term) == 1 for term in log.args[0].args)
    }
    return expanded.xreplace(sums)


def _place(end: Expr, parameters: Sequence[Symbol]) -> Callable[[Sequence[float]], float]:
    if end.is_infinite:
        value = np.inf if end.is_extended_positive else -np.inf
        return lambda point: value
    function = generate(end, parameters, FLOATS)
    return lambda point: float(function(*point))

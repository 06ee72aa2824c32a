"""Tilting: a power of a quotient of densities as one exponential, which tilts the density.

E_p[g(x)*exp(h(x))] = Z(p*exp(h))/Z(p) * E'[g(x)]

where Z is the integral of its argument and E' the mean under p*exp(h), normalised.  A product of
powers of densities is such an exponential, with h = sum of exponents times logs, so one master
integral gives it at the tilted coefficients; it converges where the tilted integral does, and is
infinite elsewhere.

>>> from klsym import derive
>>> result = derive("Renyi(Exponential(a), Exponential(b), order=2)")
>>> result.closed_form, result.conditions
(log(a**2/(b*(2*a - b))), (2*a - b > 0,))

Reference: Liese and Vajda, Convex Statistical Distances (1987), ch. 2: Hellinger integrals.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sympy
from sympy import Expr, S, Symbol

from klsym.domain import Context
from klsym.integrals.kernel import exp_of_logs
from klsym.integrals.logarithm import log_terms
from klsym.integrals.rule import Rule
from klsym.integrals.statistics import Statistics, separate

RULE = Rule("tilting", "powers of densities as one exponential")


@dataclass(frozen=True)
class Tilt:
    """A product as ``constant * exp(exponent) * rest``; the exponent is a sum of statistics."""

    constant: Any
    exponent: Statistics
    rest: Any


def tilt_of(statistic: Expr, x: Symbol, context: Context) -> Tilt | None:
    """The exponential in a product, or None if it has none."""
    exponents: list[Expr] = []
    rest: list[Expr] = []
    for factor in sympy.Mul.make_args(statistic):
        base, exponent = factor.as_base_exp()
        if not factor.has(x):
            rest.append(factor)
        elif isinstance(factor, sympy.exp):
            exponents.append(factor.exp)
        elif (base == x or not base.has(x) or base.is_positive) and not isinstance(
            factor, sympy.log
        ):
            exponents += [c * exponent * atom for c, atom in log_terms(base, context)]
        else:
            rest.append(factor)
    if not exponents or (x.is_positive is not True and any(e.has(sympy.log(x)) for e in exponents)):
        return None
    exponent = separate(sympy.Add(*exponents), x)
    constant = exponent.pop(S.One, S.Zero)
    return Tilt(exp_of_logs(sympy.expand(constant)), exponent, sympy.Mul(*rest))


def as_exponentials(expr: Expr, x: Symbol, context: Context) -> Any:
    """A sum with each of its products over the variate written as one exponential."""
    terms = []
    for statistic, coefficient in separate(expr, x).items():
        tilt = tilt_of(statistic, x, context) if statistic.has(x) else None
        if tilt is not None and not statistic.is_Symbol:
            exponent = sympy.Add(*(c * t for t, c in tilt.exponent.items()))
            statistic = tilt.constant * sympy.exp(exponent) * tilt.rest
        terms.append(coefficient * statistic)
    return sympy.Add(*terms)


def neat(value: Expr) -> Any:
    """A quotient of integrals with one exponential, and each sum in it over one denominator."""
    exponents: list[Expr] = []
    factors: list[Expr] = []
    for factor in sympy.Mul.make_args(sympy.powdenest(value)):
        base, exponent = factor.as_base_exp()
        if isinstance(factor, sympy.exp):
            exponents.append(factor.exp)
        elif base.is_Add:
            above, below = sympy.fraction(sympy.factor(sympy.together(base)))
            factors += [above**exponent, below**-exponent]
        else:
            factors.append(factor)
    if exponents:
        factors.append(sympy.exp(sympy.factor(sympy.cancel(sympy.Add(*exponents)))))
    return sympy.Mul(*factors)

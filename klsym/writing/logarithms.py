"""Logarithms taken apart into terms that lose fewer digits, and exponentials less one.

>>> from sympy import Symbol, gamma
>>> p, q = Symbol("p", positive=True), Symbol("q", positive=True)
>>> logarithm_apart((1 - p)/q, lambda *values: True)
[(1, log(1/q)), (1, Log1p(-p))]
>>> logarithm_apart(gamma(p)/(1 + q), lambda *values: True)
[(-1, Log1p(q)), (1, loggamma(p))]
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import sympy
from sympy import Add, Mul, S


class ScaledBessel(sympy.Function):
    """``exp(-x)*besseli(n, x)``, which does not overflow."""


class Log1p(sympy.Function):
    """``log(1 + x)``."""


class LogAddExp(sympy.Function):
    """``log(exp(x) + exp(y))``."""


class LogBeta(sympy.Function):
    """The logarithm of the beta function."""


def logarithm_apart(argument: Any, positive: Callable[..., bool]) -> list[tuple[Any, Any]]:
    """The terms of ``log(argument)``, each as a number and what it multiplies.

    A factor is taken out only where ``positive`` proves it, unless it is the whole argument.
    """
    terms: list[tuple[Any, Any]] = []
    rest = S.One
    for factor in Mul.make_args(argument):
        base, exponent = base_and_exponent(factor)
        alone = base == argument or (exponent.is_Rational and positive(base))
        found = _of_factor(base, positive) if alone else []
        terms += [(exponent, piece) for piece in found]
        rest = rest if found else rest * factor
    if rest is S.One and terms:
        return terms
    return [(S.One, sympy.log(rest, evaluate=False)), *terms]


def _of_factor(base: Any, positive: Callable[..., bool]) -> list[Any]:
    """The terms of the logarithm of one factor; none if there is no better way."""
    if isinstance(base, sympy.gamma) and positive(*base.args):
        return [sympy.loggamma(*base.args, evaluate=False)]
    if isinstance(base, sympy.factorial):
        return [sympy.loggamma(base.args[0] + 1, evaluate=False)]
    if isinstance(base, sympy.beta) and positive(*base.args):
        return [LogBeta(*base.args)]
    if isinstance(base, sympy.besseli) and positive(base.args[1]):
        return [sympy.log(ScaledBessel(*base.args), evaluate=False), base.args[1]]
    if not base.is_Add or S.One not in base.args or exponential_less_one(base.args):
        return []
    rest = Add(*(term for term in base.args if term != 1))
    return [LogAddExp(S.Zero, rest.exp) if isinstance(rest, sympy.exp) else Log1p(rest)]


def base_and_exponent(factor: Any) -> tuple[Any, Any]:
    """Base and exponent of a factor; an exponential is a factor by itself."""
    if isinstance(factor, sympy.exp) or not factor.is_Pow:
        return factor, S.One
    return factor.base, factor.exp


def common_weight(parts: Sequence[tuple[Any, Any]], argument: Any) -> Any:
    """A factor before a logarithm that is a factor of its argument too: both vanish together."""
    inner = {base for base, e in map(base_and_exponent, Mul.make_args(argument)) if e == 1}
    return next((base for base, e in parts if e == 1 and base in inner), None)


def scaled_bessel(parts: Sequence[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """Bessel functions of one argument in a quotient, each divided by the same exponential."""
    degree: dict[Any, Any] = {}
    for base, exponent in parts:
        if isinstance(base, sympy.besseli):
            degree[base.args[1]] = degree.get(base.args[1], S.Zero) + exponent
    return [
        (ScaledBessel(*base.args), exponent)
        if isinstance(base, sympy.besseli) and degree[base.args[1]] == 0
        else (base, exponent)
        for base, exponent in parts
    ]


def exponential_less_one(terms: Sequence[Any]) -> tuple[list[Any], Any, Any] | None:
    """Of the terms of a sum that holds ``c*exp(u) - c``: the other terms, c and u."""
    for term in terms:
        factor, inner = term.as_coeff_Mul()
        if isinstance(inner, sympy.exp) and -factor in terms:
            return [t for t in terms if t not in (term, -factor)], factor, inner.exp
    return None

"""The functions an expression may hold when it is evaluated by mpmath, for a check from outside.

Nothing here is rigorous; it serves :mod:`klsym.numerics.confirm`, which shares neither FLINT nor
any algebra with what it confirms.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

import mpmath
import sympy

from klsym.numerics.straightline import RELATIONS, Function, Target

mp = mpmath.mp


def _choose(cases: tuple[tuple[Callable[[], bool], Callable[[], Any]], ...]) -> Any:
    for condition, value in cases:
        if condition():
            return value()
    return mp.nan


def _rational(p: int, q: int) -> Any:
    return mp.mpf(p) if q == 1 else mp.mpf(p) / q


SMALLEST_EXPONENT = -(10**100)
"""Below it exp is zero beyond any precision used here; mpmath would take for ever to say so."""


def _exp(x: Any) -> Any:
    return mp.zero if x < SMALLEST_EXPONENT else mp.exp(x)


FUNCTIONS: dict[Any, Function] = {
    sympy.exp: _exp,
    sympy.log: mp.ln,
    sympy.Abs: abs,
    sympy.sign: mp.sign,
    sympy.Max: max,
    sympy.Min: min,
    sympy.gamma: mp.gamma,
    sympy.loggamma: mp.loggamma,
    sympy.digamma: mp.digamma,
    sympy.polygamma: lambda n, z: mp.polygamma(int(n), z),
    sympy.beta: mp.beta,
    sympy.factorial: mp.factorial,
    sympy.binomial: mp.binomial,
    sympy.catalan: lambda n: mp.binomial(2 * n, n) / (n + 1),
    sympy.harmonic: lambda n, m=1: mp.harmonic(n) if m == 1 else mp.zeta(m) - mp.zeta(m, n + 1),
    sympy.zeta: mp.zeta,
    sympy.polylog: mp.polylog,
    sympy.LambertW: mp.lambertw,
    sympy.erf: mp.erf,
    sympy.erfc: mp.erfc,
    sympy.erfi: mp.erfi,
    sympy.sin: mp.sin,
    sympy.cos: mp.cos,
    sympy.tan: mp.tan,
    sympy.cot: mp.cot,
    sympy.sec: mp.sec,
    sympy.csc: mp.csc,
    sympy.sinh: mp.sinh,
    sympy.cosh: mp.cosh,
    sympy.tanh: mp.tanh,
    sympy.coth: mp.coth,
    sympy.sech: mp.sech,
    sympy.csch: mp.csch,
    sympy.asin: mp.asin,
    sympy.acos: mp.acos,
    sympy.atan: mp.atan,
    sympy.asinh: mp.asinh,
    sympy.acosh: mp.acosh,
    sympy.atanh: mp.atanh,
    sympy.besseli: mp.besseli,
    sympy.besselj: mp.besselj,
    sympy.besselk: mp.besselk,
    sympy.Ei: mp.ei,
    sympy.expint: mp.expint,
    sympy.uppergamma: lambda s, z: mp.gammainc(s, z),
    sympy.lowergamma: lambda s, z: mp.gammainc(s, 0, z),
    **RELATIONS,
    sympy.And: lambda *values: all(values),
    sympy.Or: lambda *values: any(values),
    sympy.Not: operator.not_,
}
"""The white list, by sympy class."""

MULTIPRECISION = Target(
    functions=FUNCTIONS,
    constants={
        sympy.pi: lambda: +mp.pi,
        sympy.E: lambda: +mp.e,
        sympy.EulerGamma: lambda: +mp.euler,
        sympy.Catalan: lambda: +mp.catalan,
    },
    rational=_rational,
    power=operator.pow,
    root=mp.sqrt,
    general=mp.power,
    choose=_choose,
)
"""Generates functions of mpf; their constants have the precision of the moment."""

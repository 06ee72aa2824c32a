"""The functions an expression may hold when it is evaluated over arrays of floats, by NumPy.

Nothing here is rigorous; it serves the search for minima and plots, whose answers are enclosed by
other means.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import sympy
from scipy import special

from klsym.numerics.straightline import RELATIONS, Function, Target


class LogSum(sympy.Function):
    """The log of a sum of exponentials of the arguments, which need not be representable."""

    is_real = True


def _choose(cases: tuple[tuple[Callable[[], Any], Callable[[], Any]], ...]) -> Any:
    pairs = [(condition(), value()) for condition, value in cases]
    conditions, values = zip(*pairs, strict=True)
    return np.select(np.broadcast_arrays(*conditions), np.broadcast_arrays(*values), np.nan)


def _power(base: Any, exponent: int) -> Any:
    return np.power(np.asarray(base, dtype=float), exponent)


def _every(*values: Any) -> Any:
    return np.logical_and.reduce(np.broadcast_arrays(*values))


def _some(*values: Any) -> Any:
    return np.logical_or.reduce(np.broadcast_arrays(*values))


def _log_sum(*values: Any) -> Any:
    return special.logsumexp(np.stack(np.broadcast_arrays(*values)), axis=0)


FUNCTIONS: dict[Any, Function] = {
    LogSum: _log_sum,
    sympy.exp: np.exp,
    sympy.log: np.log,
    sympy.Abs: np.abs,
    sympy.sign: np.sign,
    sympy.Max: lambda *values: np.maximum.reduce(np.broadcast_arrays(*values)),
    sympy.Min: lambda *values: np.minimum.reduce(np.broadcast_arrays(*values)),
    sympy.gamma: special.gamma,
    sympy.loggamma: special.gammaln,
    sympy.digamma: special.digamma,
    sympy.polygamma: lambda n, z: special.polygamma(np.asarray(n, dtype=int), z),
    sympy.beta: special.beta,
    sympy.factorial: lambda n: special.gamma(n + 1),
    sympy.binomial: special.binom,
    sympy.zeta: special.zeta,
    sympy.erf: special.erf,
    sympy.erfc: special.erfc,
    sympy.erfi: special.erfi,
    sympy.besseli: special.iv,
    sympy.besselj: special.jv,
    sympy.besselk: special.kv,
    sympy.Ei: special.expi,
    sympy.expint: special.expn,
    sympy.uppergamma: lambda s, z: special.gammaincc(s, z) * special.gamma(s),
    sympy.lowergamma: lambda s, z: special.gammainc(s, z) * special.gamma(s),
    **{
        head: getattr(np, name)
        for head, name in (
            *((getattr(sympy, f), f) for f in ("sin", "cos", "tan", "sinh", "cosh", "tanh")),
            *((getattr(sympy, f"a{f}"), f"arc{f}") for f in ("sin", "cos", "tan")),
            *((getattr(sympy, f"a{f}"), f"arc{f}") for f in ("sinh", "cosh", "tanh")),
        )
    },
    sympy.coth: lambda x: 1 / np.tanh(x),
    sympy.sech: lambda x: 1 / np.cosh(x),
    sympy.csch: lambda x: 1 / np.sinh(x),
    **RELATIONS,
    sympy.And: _every,
    sympy.Or: _some,
    sympy.Not: np.logical_not,
}
"""The white list, by sympy class."""

FLOATS = Target(
    functions=FUNCTIONS,
    constants={
        sympy.pi: lambda: np.pi,
        sympy.E: lambda: np.e,
        sympy.EulerGamma: lambda: np.euler_gamma,
        sympy.Catalan: lambda: float(sympy.Catalan),
    },
    rational=lambda p, q: p / q,
    power=_power,
    root=np.sqrt,
    general=np.power,
    choose=_choose,
)
"""Generates functions of floats or of arrays of them."""

"""What NumPy and SciPy call the functions and constants that klsym's closed forms hold."""

from __future__ import annotations

from typing import Any

import sympy
from sympy import S

from klsym.errors import KlsymError
from klsym.writing.logarithms import Log1p, LogAddExp, LogBeta, ScaledBessel

CALLS: dict[Any, str] = {
    sympy.log: "np.log",
    sympy.Abs: "np.abs",
    sympy.sign: "np.sign",
    sympy.floor: "np.floor",
    sympy.ceiling: "np.ceil",
    sympy.sin: "np.sin",
    sympy.cos: "np.cos",
    sympy.tan: "np.tan",
    sympy.sinh: "np.sinh",
    sympy.cosh: "np.cosh",
    sympy.tanh: "np.tanh",
    sympy.asin: "np.arcsin",
    sympy.acos: "np.arccos",
    sympy.atan: "np.arctan",
    sympy.asinh: "np.arcsinh",
    sympy.acosh: "np.arccosh",
    sympy.atanh: "np.arctanh",
    sympy.gamma: "special.gamma",
    sympy.loggamma: "special.gammaln",
    sympy.beta: "special.beta",
    sympy.binomial: "special.binom",
    sympy.zeta: "special.zeta",
    sympy.erf: "special.erf",
    sympy.erfc: "special.erfc",
    sympy.erfi: "special.erfi",
    sympy.besseli: "special.iv",
    ScaledBessel: "special.ive",
    Log1p: "np.log1p",
    LogAddExp: "np.logaddexp",
    LogBeta: "special.betaln",
    sympy.besselj: "special.jv",
    sympy.besselk: "special.kv",
    sympy.Ei: "special.expi",
}
"""The functions that SciPy computes from the same arguments."""

CONSTANTS = {
    S.Pi: "np.pi",
    S.Exp1: "np.e",
    S.EulerGamma: "np.euler_gamma",
    S.Infinity: "np.inf",
    S.NegativeInfinity: "-np.inf",
    S.Catalan: repr(float(S.Catalan)),
}
RECIPROCALS = {
    sympy.cot: "np.tan",
    sympy.sec: "np.cos",
    sympy.csc: "np.sin",
    sympy.coth: "np.tanh",
    sympy.sech: "np.cosh",
    sympy.csch: "np.sinh",
}
LATTICE = {sympy.Max: "np.maximum", sympy.Min: "np.minimum"}
JUNCTIONS = {sympy.And: " & ", sympy.Or: " | "}
SIGNS = {"Eq": "==", "Ne": "!="}
WEIGHTED = {sympy.log: "special.xlogy", Log1p: "special.xlog1py"}
"""The functions that multiply a logarithm by a weight, and are zero where the weight is."""


def unwritable(name: str) -> KlsymError:
    """The error for what NumPy and SciPy have no function for."""
    return KlsymError(
        "no-python",
        f"NumPy and SciPy have no function for {name}",
        help="take --format text, or klsym evaluate for its value at a point",
    )

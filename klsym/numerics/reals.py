"""The white list of real functions that klsym can enclose, by sympy class.

To add a function is to add its entry here, with a function of balls from
:mod:`klsym.numerics.special`.
"""

from __future__ import annotations

import operator
from typing import Any

import sympy
from flint import arb, fmpq

from klsym.numerics import arithmetic, special
from klsym.numerics.straightline import Function, Target

FUNCTIONS: dict[Any, Function] = {
    sympy.exp: special.plain(arb.exp),
    sympy.log: arithmetic.log,
    sympy.Abs: arithmetic.absolute,
    sympy.sign: arithmetic.sign,
    sympy.Max: arithmetic.maximum,
    sympy.Min: arithmetic.minimum,
    sympy.gamma: special.GAMMA,
    sympy.loggamma: special.plain(arb.lgamma, 0, closed=False),
    sympy.digamma: special.DIGAMMA,
    sympy.polygamma: special.polygamma,
    sympy.beta: special.beta_function,
    sympy.factorial: lambda n: special.GAMMA(n + 1),
    sympy.binomial: special.binomial,
    sympy.catalan: special.catalan_number,
    sympy.harmonic: special.harmonic_number,
    sympy.zeta: special.zeta,
    sympy.polylog: special.polylog,
    sympy.LambertW: special.lambert,
    sympy.erf: special.plain(arb.erf),
    sympy.erfc: special.plain(arb.erfc),
    sympy.erfi: special.plain(arb.erfi),
    sympy.sin: special.plain(arb.sin),
    sympy.cos: special.plain(arb.cos),
    sympy.tan: special.quotient(arb.sin, arb.cos),
    sympy.cot: special.quotient(arb.cos, arb.sin),
    sympy.sec: special.quotient(lambda x: arb(1), arb.cos),
    sympy.csc: special.quotient(lambda x: arb(1), arb.sin),
    sympy.sinh: special.plain(arb.sinh),
    sympy.cosh: special.plain(arb.cosh),
    sympy.tanh: special.plain(arb.tanh),
    sympy.coth: special.quotient(arb.cosh, arb.sinh),
    sympy.sech: special.plain(arb.sech),
    sympy.csch: special.quotient(lambda x: arb(1), arb.sinh),
    sympy.asin: special.plain(arb.asin, -1, upper=1),
    sympy.acos: special.plain(arb.acos, -1, upper=1),
    sympy.atan: special.plain(arb.atan),
    sympy.asinh: special.plain(arb.asinh),
    sympy.acosh: special.plain(arb.acosh, 1),
    sympy.atanh: special.plain(arb.atanh, -1, upper=1, closed=False),
    sympy.besseli: special.bessel(arb.bessel_i),
    sympy.besselj: special.bessel(arb.bessel_j),
    sympy.besselk: special.bessel(arb.bessel_k),
    sympy.Ei: special.plain(arb.ei),
    sympy.expint: special.incomplete(arb.expint),
    sympy.uppergamma: special.incomplete(arb.gamma_upper),
    sympy.lowergamma: special.incomplete(arb.gamma_lower),
    sympy.Lt: arithmetic.compare(operator.lt, operator.ge),
    sympy.Le: arithmetic.compare(operator.le, operator.gt),
    sympy.Gt: arithmetic.compare(operator.gt, operator.le),
    sympy.Ge: arithmetic.compare(operator.ge, operator.lt),
    sympy.Eq: arithmetic.compare(operator.eq, arithmetic.apart),
    sympy.Ne: arithmetic.compare(arithmetic.apart, operator.eq),
    sympy.And: arithmetic.both,
    sympy.Or: arithmetic.either,
    sympy.Not: arithmetic.negation,
}
"""The white list of real functions, by sympy class."""

CONSTANTS: dict[Any, Function] = {
    sympy.pi: arb.pi,
    sympy.E: arb.const_e,
    sympy.EulerGamma: arb.const_euler,
    sympy.Catalan: arb.const_catalan,
    sympy.GoldenRatio: lambda: (1 + arb(5).sqrt()) / 2,
}
"""Constants, computed anew at each call so that a raised precision is heard."""

REAL = Target(
    FUNCTIONS,
    CONSTANTS,
    fmpq,
    arithmetic.power,
    arithmetic.root,
    arithmetic.general,
    arithmetic.choose,
    arithmetic.divide,
)
"""Generates functions of fmpq or arb."""

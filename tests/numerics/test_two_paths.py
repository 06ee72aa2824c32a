"""Certified balls and mpmath share no numerics, and agree where no closed form is known."""

from __future__ import annotations

import pytest
import sympy
from sympy import Expr, Rational, S, Symbol, exp, oo, sqrt

from klsym.density import Density, Support
from klsym.expectation import Expectation, Law
from klsym.numerics.balls import Unsupported
from klsym.numerics.confirm import confirmation
from klsym.numerics.decimals import decimal
from klsym.numerics.enclose import enclose, enclose_mass
from klsym.verdict import Confirmation

x = Symbol("x", real=True)
LINE, HALF, BOX = Support(-oo, oo), Support(S.Zero, oo), Support(S.Zero, S.One)
NORMAL = exp(-(x**2) / 2) / sqrt(2 * sympy.pi)
GUMBEL = exp(-(x - 1) / 2 - exp(-(x - 1) / 2)) / 2
LOGISTIC = exp(-x) / (1 + exp(-x)) ** 2
SECANT = sympy.sech(sympy.pi * x / 2) / 2
STUDENT = 8 / (3 * sqrt(5) * sympy.pi * (1 + x**2 / 5) ** 3)
MIXED = exp(-2 * (x + 2) ** 2) * sqrt(2) / (3 * sqrt(sympy.pi)) + exp(-abs(x - 1)) / 3
GAMMA = x ** Rational(-2, 3) * exp(-x / 2) / (sympy.gamma(Rational(1, 3)) * 2 ** Rational(1, 3))
INVERSE_GAUSSIAN = sqrt(1 / (2 * sympy.pi * x**3)) * exp(-((x - 1) ** 2) / (2 * x))
LOG_LOGISTIC = 3 * x**2 / (1 + x**3) ** 2
ARCSINE = 1 / (sympy.pi * sqrt(x * (1 - x)))
KUMARASWAMY = 3 * sqrt(x) * (1 - x ** Rational(3, 2))
TRIANGLE = sympy.Piecewise((6 * x, x < Rational(1, 3)), (3 * (1 - x), True))

PAIRS = {
    "gumbel and normal": (GUMBEL, NORMAL, LINE),
    "normal and gumbel": (NORMAL, GUMBEL, LINE),
    "logistic and secant": (LOGISTIC, SECANT, LINE),
    "student and logistic": (STUDENT, LOGISTIC, LINE),
    "student and a mixture": (STUDENT, MIXED, LINE),
    "inverse gaussian and gamma": (INVERSE_GAUSSIAN, GAMMA, HALF),
    "gamma and log-logistic": (GAMMA, LOG_LOGISTIC, HALF),
    "arcsine and kumaraswamy": (ARCSINE, KUMARASWAMY, BOX),
    "triangle and arcsine": (TRIANGLE, ARCSINE, BOX),
    "kumaraswamy and triangle": (KUMARASWAMY, TRIANGLE, BOX),
}


@pytest.mark.parametrize("name", PAIRS)
def test_two_paths_agree_on_a_divergence(name: str) -> None:
    p, q, support = PAIRS[name]
    expr = Expectation(Law(Density(x, support, p, name)), sympy.log(p / q))
    value = Rational(decimal(enclose(expr, {}, 25), 25))
    assert confirmation(expr, value, {}) == Confirmation(15, 1)


@pytest.mark.parametrize("name", PAIRS)
def test_these_densities_have_mass_one(name: str) -> None:
    p, q, support = PAIRS[name]
    for density in (p, q):
        assert enclose_mass(Density(x, support, density, name), {}, 15).overlaps(1)


@pytest.mark.parametrize(
    ("p", "q"), [(1 / (sympy.pi * (1 + x**2)), NORMAL), (LOGISTIC, exp(-x / 3 - exp(-x)))], ids=str
)
def test_an_infinite_divergence_is_on_neither_path(p: Expr, q: Expr) -> None:
    expr = Expectation(Law(Density(x, LINE, p, "p")), sympy.log(p / q))
    with pytest.raises(Unsupported):
        enclose(expr, {}, 15)

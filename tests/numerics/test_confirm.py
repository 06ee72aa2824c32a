"""Quadrature of the definition confirms what is right, and nothing that is wrong."""

from __future__ import annotations

import mpmath
import pytest
import sympy
from sympy import Expr, Rational, S, Symbol, oo, symbols

from klsym.density import Density, Support
from klsym.domain import POSITIVE, REAL, UNIT, Context
from klsym.expectation import Expectation, Law
from klsym.numerics.confirm import confirm, confirmation, well_conditioned
from klsym.verdict import Confirmation

x = Symbol("x", real=True)
k = Symbol("k", integer=True, nonnegative=True)
LINE, HALF = Support(-oo, oo), Support(S.Zero, oo)
log = sympy.log


def divergence(p: Expr, q: Expr, support: Support, variate: Symbol = x) -> Expr:
    return Expectation(Law(Density(variate, support, p, "p")), log(p / q))


def normal(m: Expr, s: Expr) -> Expr:
    return sympy.exp(-((x - m) ** 2) / (2 * s**2)) / (sympy.sqrt(2 * sympy.pi) * s)


def laplace(m: Expr, s: Expr) -> Expr:
    return sympy.exp(-abs(x - m) / s) / (2 * s)


def gamma(a: Expr, s: Expr) -> Expr:
    return x ** (a - 1) * sympy.exp(-x / s) / (sympy.gamma(a) * s**a)


def beta(a: Expr, b: Expr) -> Expr:
    return x ** (a - 1) * (1 - x) ** (b - 1) / sympy.beta(a, b)


m1, m2 = symbols("m_1 m_2", real=True)
s1, s2, a1, a2 = symbols("s_1 s_2 a_1 a_2", positive=True)
NORMAL = log(s2 / s1) + (s1**2 + (m1 - m2) ** 2) / (2 * s2**2) - Rational(1, 2)
LAPLACE = log(s2 / s1) + (s1 * sympy.exp(-abs(m1 - m2) / s1) + abs(m1 - m2)) / s2 - 1
GAMMA = (
    (a1 - a2) * sympy.digamma(a1)
    - sympy.loggamma(a1)
    + sympy.loggamma(a2)
    + a2 * log(s2 / s1)
    + a1 * (s1 - s2) / s2
)
LOG_BETA = sympy.loggamma(a2) + sympy.loggamma(s2) - sympy.loggamma(a2 + s2)
LOG_BETA -= sympy.loggamma(a1) + sympy.loggamma(s1) - sympy.loggamma(a1 + s1)
BETA = (
    LOG_BETA
    + (a1 - a2) * sympy.digamma(a1)
    + (s1 - s2) * sympy.digamma(s1)
    + (a2 - a1 + s2 - s1) * sympy.digamma(a1 + s1)
)
DISCRETE = Support(S.Zero, oo, discrete=True)


def poisson(a: Expr) -> Expr:
    return a**k * sympy.exp(-a) / sympy.factorial(k)


CASES = [
    (divergence(normal(m1, s1), normal(m2, s2), LINE), NORMAL),
    (divergence(laplace(m1, s1), laplace(m2, s2), LINE), LAPLACE),
    (divergence(gamma(a1, s1), gamma(a2, s2), HALF), GAMMA),
    (divergence(beta(a1, s1), beta(a2, s2), Support(S.Zero, S.One)), BETA),
    (divergence(poisson(s1), poisson(s2), DISCRETE, k), s1 * log(s1 / s2) - s1 + s2),
]
POINTS = [
    {m1: S(1) / 3, m2: S(-2), s1: S(3) / 2, s2: S(5) / 7, a1: S(5) / 2, a2: S(1)},
    {m1: S(40), m2: S(1), s1: S(1), s2: S(3), a1: S(1) / 3, a2: S(2)},
]


@pytest.mark.parametrize("point", POINTS)
@pytest.mark.parametrize(
    ("statement", "closed"), CASES, ids=["normal", "laplace", "gamma", "beta", "poisson"]
)
@pytest.mark.parametrize("digits", [15, 30])
def test_a_closed_form_is_confirmed(
    statement: Expr, closed: Expr, point: dict[Symbol, Rational], digits: int
) -> None:
    assert confirm(statement, closed, point, digits) == Confirmation(digits, 1)


@pytest.mark.parametrize(
    ("statement", "closed"), CASES, ids=["normal", "laplace", "gamma", "beta", "poisson"]
)
def test_a_formula_wrong_in_the_fourteenth_digit_is_not_confirmed(
    statement: Expr, closed: Expr
) -> None:
    reason = confirmation(statement, closed * (1 + Rational(1, 10**13)), POINTS[0])
    assert reason == "quadrature did not reach 15 digits"


def test_a_context_gives_the_point() -> None:
    context = Context({"m_1": REAL, "m_2": REAL, "s_1": POSITIVE, "s_2": POSITIVE})
    symbols_ = {s.name: s for s in context.symbols}
    rename = {s: symbols_[s.name] for s in (m1, m2, s1, s2)}
    statement = divergence(*(normal(rename[m], rename[s]) for m, s in ((m1, s1), (m2, s2))), LINE)
    assert confirm(statement, NORMAL.xreplace(rename), context) == Confirmation(15, 1)


def test_points_are_all_different_and_satisfy_the_context() -> None:
    context = Context({"a": REAL, "b": POSITIVE, "c": UNIT, "d": UNIT})
    a, b = context.symbols[:2]
    context = context.assume(a > b)
    point = next(well_conditioned(context, set(context.symbols)))
    assert context.satisfies(point)
    assert len(set(point.values())) == 4


def test_a_sum_of_means_around_which_stands_an_expression() -> None:
    p, q = normal(m1, s1), normal(m2, s2)
    forward = divergence(p, q, LINE)
    backward = divergence(q, p, LINE)
    swap = {m1: m2, m2: m1, s1: s2, s2: s1}
    closed = NORMAL + NORMAL.xreplace(swap)
    assert confirm((forward + backward) / 2, closed / 2, POINTS[0]) == Confirmation(15, 1)


def test_a_heavy_tail_is_integrated() -> None:
    cauchy = 1 / (sympy.pi * (1 + x**2))
    law = Law(Density(x, LINE, cauchy, "Cauchy"))
    assert confirm(Expectation(law, log(1 + x**2)), 2 * log(2), {}) == Confirmation(15, 1)


def test_a_sum_over_all_integers_is_confirmed() -> None:
    n = Symbol("n", integer=True)
    p = 2 ** -abs(n) / 3
    mean = Expectation(Law(Density(n, Support(-oo, oo, discrete=True), p, "p")), abs(n))
    assert confirm(mean, Rational(4, 3), {}) == Confirmation(15, 1)


def test_a_sum_whose_terms_fall_off_like_a_low_power_is_not_confirmed() -> None:
    p = 6 / (sympy.pi * (k + 1)) ** 2
    mean = Expectation(Law(Density(k, Support(S.Zero, oo, discrete=True), p, "p")), S.One)
    assert confirmation(mean, S.One, {}) == "a sum that converges slowly"


def test_what_mpmath_cannot_evaluate_is_a_reason_and_no_error() -> None:
    law = Law(Density(x, LINE, normal(S.Zero, S.One), "Normal"))
    head = sympy.Function("f")
    assert isinstance(confirmation(Expectation(law, head(x)), S.One, {}), str)
    assert isinstance(confirmation(Expectation(law, log(x)), S.One, {}), str)
    diverging = Expectation(law, sympy.exp(x**2))
    assert isinstance(confirmation(diverging, S.One, {}), str)


def test_the_precision_of_mpmath_is_put_back() -> None:
    before = mpmath.mp.dps
    confirm(CASES[0][0], CASES[0][1], POINTS[0], 40)
    assert mpmath.mp.dps == before

"""Germs hold their function at every y >= Y, and their bounds hold the true tail."""

from __future__ import annotations

import pytest
import sympy
from flint import arb, fmpq
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Expr, Rational, S, Symbol

from klsym.numerics.balls import Unsupported, compile_balls, precision
from klsym.numerics.beyond import Beyond
from klsym.numerics.germs import LOGLOG, Germ, TooNear, add, fixed, monomial, multiply
from klsym.numerics.tails import End, Expansion, beyond_bound

x = Symbol("x", real=True)
UP, DOWN = End(1), End(-1)
START = fmpq(64)


def value_at(germ: Germ, y: fmpq) -> arb:
    """The ball of a germ at one y."""
    beyond = Beyond(y)
    total = arb(0)
    for coefficient, scale in germ.terms:
        exponent = arb(0)
        for key, factor in scale.items():
            exponent += factor * (beyond.loglog if key == LOGLOG else beyond.value(key))
        total += coefficient * exponent.exp()
    return total


FUNCTIONS = [
    x**2 - 3 * x + Rational(1, 3),
    sympy.sqrt(1 + x**2),
    sympy.log(1 + x**2),
    sympy.log(x**2 + x * sympy.log(x)),
    (1 + x**2 / 3) ** Rational(-7, 3),
    1 / (x + 5) - 1 / x,
    sympy.exp(-x) * sympy.log(x) ** 2,
    sympy.log(sympy.exp(x / 3) + x**5 + sympy.sin(x)),
    sympy.log(sympy.exp(-x) / 2 + sympy.exp(-x / 2) / 5),
    sympy.loggamma(x + Rational(5, 2)) - sympy.loggamma(x),
    sympy.digamma(x + 1) - sympy.log(x),
    sympy.exp(sympy.loggamma(x + Rational(1, 2)) - sympy.loggamma(x)),
    sympy.cosh(x / 7) / sympy.exp(x / 7),
    sympy.Abs(3 - x) + sympy.sign(2 - x) * x,
    sympy.binomial(x + Rational(3, 2), x) * Rational(2, 3) ** x,
    sympy.exp(-sympy.exp(x / 9)),
    sympy.exp(1 / x) * sympy.erf(x) * sympy.tanh(x),
    sympy.sinh(x / 5),
]


@pytest.mark.parametrize("expr", FUNCTIONS, ids=str)
@given(st.fractions(min_value=64, max_value=5000, max_denominator=7))
@settings(max_examples=15, deadline=None)
def test_a_germ_holds_its_function_from_its_start_on(expr: Expr, at: object) -> None:
    with precision(200):
        germ = Expansion(x, UP.germ(), Beyond(START))(expr)
        y = fmpq(at.numerator, at.denominator)
        truth = compile_balls(expr, (x,)).evaluate_real((y,))
        assert truth is not None
        ball = value_at(germ, y)
        assert ball.overlaps(truth)
        assert ball.rad().is_finite()


TAILS = [
    (sympy.exp(-(x**2)), S.One, UP, 4, sympy.sqrt(sympy.pi) * sympy.erfc(4) / 2),
    (sympy.exp(-(x**2)), S.One, DOWN, 9, sympy.sqrt(sympy.pi) * sympy.erfc(9) / 2),
    (sympy.exp(-x), x**3, UP, 20, sympy.uppergamma(4, 20)),
    (x**-2, S.One, UP, 100, Rational(1, 100)),
    (1 / (1 + x**2), S.One, UP, 100, sympy.pi / 2 - sympy.atan(100)),
    (x**-3, sympy.log(x), UP, 10, (2 * sympy.log(10) + 1) / 400),
    (x ** Rational(-1, 2), S.One, End(-1, S.Zero), 10**6, Rational(2, 1000)),
    (x ** Rational(-1, 2), sympy.log(x), End(-1, S.Zero), 10**6, (4 + 12 * sympy.log(10)) / 1000),
    (S.One, S.One, End(1, S(3)), 1000, Rational(1, 1000)),
]  # fmt: skip


@pytest.mark.parametrize(("density", "function", "end", "start", "truth"), TAILS, ids=str)
def test_a_bound_is_above_the_true_tail_and_not_far(
    density: Expr, function: Expr, end: End, start: int, truth: Expr
) -> None:
    with precision(200):
        bound = beyond_bound([density, function], x, end, fmpq(start))
        value = compile_balls(truth, ()).evaluate_real(())
        assert value is not None
        assert bound >= value * (1 - arb(10) ** -30)
        assert bound < 10 * value


@pytest.mark.parametrize(
    ("expr", "error"),
    [
        (x, TooNear),
        (1 / x, TooNear),
        (sympy.exp(x), TooNear),
        (S.One, TooNear),
        (sympy.exp(-sympy.sin(x) * x), Unsupported),
        (sympy.Function("f")(x), Unsupported),
        (1 / (x * sympy.log(x) ** 2), TooNear),
    ],
    ids=str,
)
def test_what_has_no_finite_integral_has_no_bound(expr: Expr, error: type[Exception]) -> None:
    with pytest.raises(error):
        beyond_bound([expr], x, UP, fmpq(1000))


def test_a_sum_is_bounded_by_its_first_term_and_the_integral() -> None:
    with precision(100):
        bound = beyond_bound([Rational(1, 2) ** x], x, UP, fmpq(10), discrete=True)
        assert bound >= Rational(2, 2**10).p / arb(Rational(2, 2**10).q)
        assert bound < 3 * arb(2) ** -10


def test_a_bound_too_near_is_refused_and_further_out_is_given() -> None:
    far_away = sympy.exp(-((x - 100) ** 2) / 2)
    with pytest.raises(TooNear):
        beyond_bound([far_away], x, UP, fmpq(50))
    assert beyond_bound([far_away], x, UP, fmpq(130)) < arb(10) ** -100


def test_a_term_whose_coefficient_may_be_zero_is_kept() -> None:
    # Of balls, "!= 0" means certainly not zero; a sum must not drop what it merely cannot tell.
    uncertain = fixed(arb(0, 1))
    assert add(uncertain, fixed(fmpq(1))).terms[0][0].contains(2)
    assert multiply(uncertain, monomial(a=fmpq(-1))).terms

"""Balls of closed expressions: they hold the value mpmath gives, and say when there is none."""

from __future__ import annotations

import mpmath
import pytest
import sympy
from flint import acb, arb, fmpq
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Float, Piecewise, Rational, S, Symbol, symbols

from klsym.numerics.arithmetic import Undefined
from klsym.numerics.balls import (
    Unsupported,
    compile_balls,
    compile_integrand,
    constant,
    exact,
    precision,
)
from klsym.numerics.reals import REAL
from klsym.numerics.straightline import source

x, y = symbols("x y", real=True)

ONE_ARGUMENT = {
    sympy.exp: mpmath.exp,
    sympy.log: mpmath.log,
    sympy.Abs: abs,
    sympy.sign: mpmath.sign,
    sympy.gamma: mpmath.gamma,
    sympy.loggamma: mpmath.loggamma,
    sympy.digamma: mpmath.digamma,
    sympy.factorial: mpmath.factorial,
    sympy.harmonic: mpmath.harmonic,
    sympy.zeta: mpmath.zeta,
    sympy.erf: mpmath.erf,
    sympy.erfc: mpmath.erfc,
    sympy.erfi: mpmath.erfi,
    sympy.sin: mpmath.sin,
    sympy.cos: mpmath.cos,
    sympy.tan: mpmath.tan,
    sympy.cot: mpmath.cot,
    sympy.sec: mpmath.sec,
    sympy.csc: mpmath.csc,
    sympy.sinh: mpmath.sinh,
    sympy.cosh: mpmath.cosh,
    sympy.tanh: mpmath.tanh,
    sympy.coth: mpmath.coth,
    sympy.sech: mpmath.sech,
    sympy.csch: mpmath.csch,
    sympy.asin: mpmath.asin,
    sympy.acos: mpmath.acos,
    sympy.atan: mpmath.atan,
    sympy.asinh: mpmath.asinh,
    sympy.acosh: mpmath.acosh,
    sympy.atanh: mpmath.atanh,
    sympy.LambertW: mpmath.lambertw,
    sympy.Ei: mpmath.ei,
}
TWO_ARGUMENTS = {
    sympy.beta: mpmath.beta,
    sympy.binomial: mpmath.binomial,
    sympy.besseli: mpmath.besseli,
    sympy.besselj: mpmath.besselj,
    sympy.besselk: mpmath.besselk,
    sympy.expint: mpmath.expint,
    sympy.uppergamma: lambda s, t: mpmath.gammainc(s, t),
    sympy.lowergamma: lambda s, t: mpmath.gammainc(s, 0, t),
    sympy.polylog: mpmath.polylog,
    sympy.Max: max,
    sympy.Min: min,
    sympy.Pow: mpmath.power,
    sympy.zeta: mpmath.zeta,
}


def near(ball: arb, value: object, digits: int = 25) -> bool:
    """Is an mpmath number, right to some digits, as near the ball as its digits allow?"""
    number = arb(mpmath.nstr(mpmath.mpf(mpmath.re(value)), 40))
    return ball.is_finite() and abs(ball - number) <= arb(10) ** -digits * (1 + abs(number))


@pytest.mark.parametrize("head", ONE_ARGUMENT, ids=str)
@pytest.mark.parametrize("value", ["1/3", "3/2", "-1/5", "7"])
def test_a_head_of_one_argument_holds_the_value_of_mpmath(head: object, value: str) -> None:
    rational = Rational(value)
    with precision(120), mpmath.workdps(40):
        ball = compile_balls(head(x), (x,)).evaluate_real((exact(rational),))
        try:
            expected = mpmath.mpc(ONE_ARGUMENT[head](mpmath.mpf(rational.p) / rational.q))
        except ValueError:
            expected = mpmath.mpc(0, 1)
        if expected.imag != 0:
            assert ball is None
        else:
            assert ball is not None
            assert near(ball, expected)


@pytest.mark.parametrize("head", TWO_ARGUMENTS, ids=str)
@pytest.mark.parametrize(("a", "b"), [("1/3", "3/4"), ("2", "1/3"), ("5/2", "1/7"), ("1", "1/2")])
def test_a_head_of_two_arguments_holds_the_value_of_mpmath(head: object, a: str, b: str) -> None:
    first, second = Rational(a), Rational(b)
    if head is sympy.zeta and first == 1:
        first = Rational(4)
    with precision(120), mpmath.workdps(40):
        ball = compile_balls(head(x, y), (x, y)).evaluate_real((exact(first), exact(second)))
        arguments = (mpmath.mpf(first.p) / first.q, mpmath.mpf(second.p) / second.q)
        assert ball is not None
        assert near(ball, TWO_ARGUMENTS[head](*arguments))


@pytest.mark.parametrize("order", [0, 1, 2, 5])
@pytest.mark.parametrize("value", ["1/3", "4", "-5/3"])
def test_polygamma_holds_the_value_of_mpmath(order: int, value: str) -> None:
    rational = Rational(value)
    with precision(120), mpmath.workdps(40):
        ball = compile_balls(sympy.polygamma(order, x), (x,)).evaluate_real((exact(rational),))
        assert ball is not None
        assert near(ball, mpmath.polygamma(order, mpmath.mpf(rational.p) / rational.q))


def test_harmonic_numbers_of_higher_order() -> None:
    with precision(120):
        ball = compile_balls(sympy.harmonic(x, 2), (x,)).evaluate_real((fmpq(3),))
        assert ball is not None
        assert ball.overlaps(arb(fmpq(49, 36)))


UNDEFINED = [
    (sympy.log(x), -2),
    (sympy.log(x), 0),
    (x * sympy.log(x), 0),
    (1 / x, 0),
    (sympy.sqrt(x), -1),
    (x ** Rational(1, 3), -8),
    (sympy.sqrt(x) ** 3 * 0 + sympy.sqrt(x), -2),
    (sympy.gamma(x), -3),
    (sympy.loggamma(x), Rational(-1, 2)),
    (sympy.digamma(x), 0),
    (sympy.zeta(x), 1),
    (sympy.asin(x), 2),
    (sympy.atanh(x), 1),
    (sympy.polylog(2, x), 2),
    (sympy.log(x) - sympy.log(3 * x), -1),
    (1 / sympy.log(x), 1),
    (sympy.log(x) ** -2, 1),
    (x**-2, 0),
    (sympy.LambertW(x), -1),
]


@pytest.mark.parametrize(("expr", "at"), UNDEFINED, ids=str)
def test_what_has_no_real_value_is_certainly_undefined(expr: sympy.Expr, at: object) -> None:
    assert compile_balls(expr, (x,)).evaluate_real((exact(at),)) is None


def test_imaginary_parts_that_cancel_are_still_undefined_over_the_reals() -> None:
    function = compile_balls(sympy.log(x) - sympy.log(3 * x), (x,))
    assert function.evaluate_real((fmpq(-1),)) is None
    assert function((fmpq(-1),)).real.overlaps(-arb(3).log())


def test_too_little_precision_is_not_called_undefined() -> None:
    # 1/(exp(log(3)) - 3) has a pole, but no precision shows more than a ball around zero.
    expr = 1 / (sympy.exp(sympy.log(x, evaluate=False), evaluate=False) - 3)
    ball = compile_balls(expr, (x,)).evaluate_real((fmpq(3),))
    assert ball is None or not ball.is_finite()
    near_zero = sympy.log(1 + sympy.exp(x)) - x
    function = compile_balls(sympy.log(near_zero), (x,))
    low = function.evaluate_real((fmpq(100),))
    assert low is not None
    assert not low.is_finite()
    with precision(400):
        high = function.evaluate_real((fmpq(100),))
        assert high is not None
        assert near(high, -100)


@pytest.mark.parametrize("head", [h for h in REAL.functions if isinstance(h, type)], ids=str)
def test_nan_never_becomes_finite(head: type) -> None:
    function = REAL.functions[head]
    if head in (sympy.And, sympy.Or, sympy.Not):
        assert function(None) is None
        return
    for arguments in [(arb("nan"),), (arb("nan"), fmpq(2)), (fmpq(2), arb("nan"))]:
        try:
            value = function(*arguments)
        except (TypeError, Undefined):
            continue
        assert value is None or not arb(value).is_finite()


@pytest.mark.parametrize("value", [arb("nan"), arb("inf")])
def test_powers_of_nan_and_infinity_are_not_finite(value: arb) -> None:
    for expr in [x**3, x ** Rational(1, 3), x**y, y**x]:
        ball = compile_balls(expr, (x, y)).evaluate_real((value, fmpq(0)))
        assert ball is None or not ball.is_finite()


@pytest.mark.parametrize(
    "expr",
    [
        Float("0.1") * x,
        sympy.Function("f")(x),
        sympy.Function("exp")(x),
        sympy.oo + x * sympy.I,
        S.NaN,
        sympy.Integral(x, (x, 0, y)),
        x + symbols("z"),
    ],
    ids=str,
)
def test_what_is_not_on_the_white_list_is_unsupported(expr: sympy.Expr) -> None:
    with pytest.raises(Unsupported):
        compile_balls(expr, (x, y))


def test_no_name_of_the_user_reaches_the_generated_code() -> None:
    hostile = Symbol("__import__('os').system('x')")
    text = source(sympy.log(hostile) + hostile**2, (hostile,), REAL)
    assert "import" not in text
    assert "log" not in text


def test_piecewise_takes_the_case_that_holds_and_computes_no_other() -> None:
    expr = Piecewise((sympy.log(x), x > 0), (x**2, x < 0), (S.Zero, True))
    function = compile_balls(expr, (x,))
    assert function.evaluate_real((fmpq(-3),)) == 9
    assert function.evaluate_real((fmpq(0),)) == 0
    assert function.evaluate_real((fmpq(1),)) == 0
    undecided = function.evaluate_real((arb(0, 1),))
    assert undecided is not None
    assert not undecided.is_finite()


def test_a_case_distinction_without_a_case_is_undefined() -> None:
    expr = Piecewise((x, (x > 0) & (x < 1)))
    assert compile_balls(expr, (x,)).evaluate_real((fmpq(2),)) is None


def test_zero_to_the_power_zero_is_one_as_in_a_mass_function() -> None:
    assert compile_balls(x**y, (x, y)).evaluate_real((fmpq(0), fmpq(0))) == 1
    assert compile_balls(x**y, (x, y)).evaluate_real((fmpq(0), fmpq(3))) == 0


def test_arithmetic_of_rationals_stays_exact() -> None:
    ball = compile_balls((x - y) * (x + y) / 3, (x, y)).evaluate_real((fmpq(1, 3), fmpq(-1, 3)))
    assert ball == 0


def test_constants_hear_a_raised_precision() -> None:
    function = compile_balls(sympy.pi + sympy.E + sympy.EulerGamma + sympy.Catalan + x, (x,))
    with precision(300):
        ball = function.evaluate_real((fmpq(0),))
        assert ball is not None
        assert ball.rel_accuracy_bits() > 280


def test_precision_is_put_back_even_after_an_error() -> None:
    from flint import ctx

    before = ctx.prec
    with pytest.raises(Unsupported), precision(500):
        constant(sympy.log(-1, evaluate=False) + sympy.Function("f")(1))
    assert ctx.prec == before


@pytest.mark.parametrize(
    ("expr", "value"), [(sympy.sqrt(x), "16/3"), (sympy.Abs(x - 1), "5"), (x * sympy.log(x), None)]
)
def test_an_integrand_with_a_cut_hears_the_flag(expr: sympy.Expr, value: str | None) -> None:
    integrand = compile_integrand(expr, x)()
    result = acb.integral(integrand, acb(0), acb(4)).real
    if value is not None:
        rational = Rational(value)
        assert result.overlaps(arb(exact(rational)))
        assert abs(result - exact(rational)) < 1e-3
    assert not integrand(acb(0, 1) * 0 + acb(arb(0, 1), arb(0, 1)), True).is_finite()


@given(
    st.fractions(min_value=-50, max_value=50, max_denominator=997),
    st.fractions(min_value="1/100", max_value=50, max_denominator=997),
)
@settings(max_examples=60, deadline=None)
def test_real_and_complex_evaluation_agree_where_both_exist(a: object, b: object) -> None:
    expr = sympy.exp(-(x**2) / y) * sympy.log(y) + sympy.loggamma(y) - sympy.sqrt(y) / (1 + x**2)
    function = compile_balls(expr, (x, y))
    real = function.evaluate_real((exact(a), exact(b)))
    assert real is not None
    assert real.is_finite()
    assert function((exact(a), exact(b))).real.overlaps(real)

"""Certified means hold the closed form, at random exact points and at awkward ones."""

from __future__ import annotations

from fractions import Fraction

import pytest
import sympy
from flint import arb
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Expr, Rational, S, Symbol, oo, symbols

from klsym.density import Density, Mixture, Support
from klsym.expectation import Expectation, Law
from klsym.numerics.balls import Unsupported, constant, precision
from klsym.numerics.decimals import decimal, radius
from klsym.numerics.enclose import enclose, enclose_mass

x = Symbol("x", real=True)
k = Symbol("k", integer=True, nonnegative=True)
m1, m2 = symbols("mu_1 mu_2", real=True)
s1, s2, a1, a2, alpha = symbols("sigma_1 sigma_2 a_1 a_2 alpha", positive=True)
LINE, HALF = Support(-oo, oo), Support(S.Zero, oo)


def normal(m: Expr, s: Expr) -> Density:
    value = sympy.exp(-((x - m) ** 2) / (2 * s**2)) / (sympy.sqrt(2 * sympy.pi) * s)
    return Density(x, LINE, value, "Normal")


def laplace(m: Expr, s: Expr) -> Density:
    return Density(x, LINE, sympy.exp(-abs(x - m) / s) / (2 * s), "Laplace")


def gamma(a: Expr, s: Expr) -> Density:
    value = x ** (a - 1) * sympy.exp(-x / s) / (sympy.gamma(a) * s**a)
    return Density(x, HALF, value, "Gamma")


def exponential(a: Expr) -> Density:
    return Density(x, HALF, a * sympy.exp(-a * x), "Exponential")


def log_normal(m: Expr, s: Expr) -> Density:
    value = sympy.exp(-((sympy.log(x) - m) ** 2) / (2 * s**2)) / (x * s * sympy.sqrt(2 * sympy.pi))
    return Density(x, HALF, value, "LogNormal")


def uniform(a: Expr, b: Expr) -> Density:
    return Density(x, Support(a, b), 1 / (b - a), "Uniform")


def poisson(a: Expr) -> Density:
    value = a**k * sympy.exp(-a) / sympy.factorial(k)
    return Density(k, Support(S.Zero, oo, discrete=True), value, "Poisson")


def geometric(p: Expr) -> Density:
    return Density(k, Support(S.Zero, oo, discrete=True), p * (1 - p) ** k, "Geometric")


def bernoulli(p: Expr) -> Density:
    value = p**k * (1 - p) ** (1 - k)
    return Density(k, Support(S.Zero, S.One, discrete=True), value, "Bernoulli")


def student(n: Expr) -> Density:
    constant_part = sympy.gamma((n + 1) / 2) / (sympy.gamma(n / 2) * sympy.sqrt(n * sympy.pi))
    return Density(x, LINE, constant_part * (1 + x**2 / n) ** (-(n + 1) / 2), "Student")


def beta(a: Expr, b: Expr) -> Density:
    value = x ** (a - 1) * (1 - x) ** (b - 1) / sympy.beta(a, b)
    return Density(x, Support(S.Zero, S.One), value, "Beta")


def divergence(p: Density | Mixture, q: Density | Mixture) -> Expr:
    return Expectation(Law(p), sympy.log(p.expression / q.expression))


log, psi = sympy.log, sympy.digamma
NORMAL = log(s2 / s1) + (s1**2 + (m1 - m2) ** 2) / (2 * s2**2) - Rational(1, 2)
UNIT = symbols("p_1 p_2", positive=True)
p1, p2 = UNIT
PAIRS = {
    "normal": (divergence(normal(m1, s1), normal(m2, s2)), NORMAL),
    "log normal": (divergence(log_normal(m1, s1), log_normal(m2, s2)), NORMAL),
    "laplace": (
        divergence(laplace(m1, s1), laplace(m2, s2)),
        log(s2 / s1) + (s1 * sympy.exp(-abs(m1 - m2) / s1) + abs(m1 - m2)) / s2 - 1,
    ),
    "gamma": (
        divergence(gamma(a1, s1), gamma(a2, s2)),
        (a1 - a2) * psi(a1)
        - sympy.loggamma(a1)
        + sympy.loggamma(a2)
        + a2 * log(s2 / s1)
        + a1 * (s1 - s2) / s2,
    ),
    "exponential": (divergence(exponential(s1), exponential(s2)), log(s1 / s2) + s2 / s1 - 1),
    "uniform": (
        divergence(uniform(m1, m1 + s1), uniform(m1 - s2, m1 + s1)),
        log((s1 + s2) / s1),
    ),
    "poisson": (divergence(poisson(s1), poisson(s2)), s1 * log(s1 / s2) - s1 + s2),
    "geometric": (
        divergence(geometric(p1), geometric(p2)),
        log(p1 / p2) + (1 - p1) / p1 * log((1 - p1) / (1 - p2)),
    ),
    "bernoulli": (
        divergence(bernoulli(p1), bernoulli(p2)),
        p1 * log(p1 / p2) + (1 - p1) * log((1 - p1) / (1 - p2)),
    ),
    "exponential and gamma": (
        divergence(exponential(s1), gamma(a2, s2)),
        log(s1) - 1 + sympy.loggamma(a2) + a2 * log(s2) - (a2 - 1) * (-sympy.EulerGamma - log(s1))
        + 1 / (s1 * s2),
    ),
}  # fmt: skip
SHAPES = [Rational(1, 3), Rational(1, 2), Rational(1), Rational(7, 3), Rational(13, 2)]


def holds(expr: Expr, closed: Expr, point: dict[Symbol, Rational], digits: int) -> bool:
    """Does the certified ball hold the closed form, with the digits asked for?"""
    ball = enclose(expr, point, digits)
    with precision(400):
        value = constant(closed.xreplace(point))
        sharp = ball.rad() <= arb(10) ** -(digits - 1) * (abs(value) + arb(10) ** -(3 * digits))
        return bool(ball.overlaps(value)) and bool(sharp)


def rational(value: Fraction) -> Rational:
    return Rational(value.numerator, value.denominator)


@pytest.mark.parametrize("name", PAIRS)
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_a_certified_divergence_holds_the_closed_form(name: str, data: st.DataObject) -> None:
    expr, closed = PAIRS[name]
    point = {}
    for symbol in sorted(expr.free_symbols, key=str):
        if symbol in (a1, a2):
            point[symbol] = data.draw(st.sampled_from(SHAPES))
        elif symbol in UNIT:
            low, high = Fraction(1, 20), Fraction(19, 20)
            point[symbol] = rational(data.draw(st.fractions(low, high, max_denominator=20)))
        else:
            low = Fraction(1, 9) if symbol.is_positive else Fraction(-9)
            point[symbol] = rational(data.draw(st.fractions(low, 9, max_denominator=9)))
    assert holds(expr, closed, point, 15)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("normal", {m1: 100, m2: 0, s1: 1, s2: 1}),
        ("normal", {m1: 10**6, m2: 0, s1: 1, s2: 1}),
        ("normal", {m1: 0, m2: 0, s1: 1, s2: Rational(1000001, 1000000)}),
        ("laplace", {m1: 100, m2: 0, s1: Rational(1, 10), s2: 1}),
        ("gamma", {a1: Rational(1, 50), a2: 2, s1: 2, s2: 1}),
        ("gamma", {a1: 1000, a2: 1001, s1: 1, s2: 1}),
        ("poisson", {s1: 100, s2: 90}),
        ("geometric", {p1: Rational(1, 100), p2: Rational(1, 2)}),
    ],
)
@pytest.mark.parametrize("digits", [15, 50])
def test_points_at_which_naive_quadrature_fails(
    name: str, values: dict[Symbol, int], digits: int
) -> None:
    expr, closed = PAIRS[name]
    assert holds(expr, closed, {s: Rational(v) for s, v in values.items()}, digits)


def test_a_divergence_of_a_density_with_itself_is_exactly_zero() -> None:
    assert enclose(divergence(normal(m1, s1), normal(m1, s1)), {m1: S(2), s1: S(3)}, 15) == 0


BIMODAL = Mixture(
    (
        (Rational(1, 2), normal(S(-3), Rational(6, 5))),
        (Rational(1, 2), normal(S(3), Rational(6, 5))),
    ),
    "mixture",
)
KNOWN = "0.314700246828832360364877109187986820632253867996969248417985"


@pytest.mark.parametrize("digits", [15, 30, 50])
def test_a_mixture_against_a_normal_has_the_known_digits(digits: int) -> None:
    expr = divergence(BIMODAL, normal(S.Zero, s1))
    ball = enclose(expr, {s1: Rational(327, 100)}, digits)
    known = arb(f"{KNOWN} +/- 1.1e-60")
    with precision(300):
        assert ball.overlaps(known)
    text = decimal(ball, digits)
    assert len(text) == digits + 2
    assert abs(Fraction(text) - Fraction(KNOWN)) < Fraction(1, 10**digits)


def test_the_example_of_the_manual() -> None:
    expr = divergence(BIMODAL, normal(S.Zero, s1))
    assert decimal(enclose(expr, {s1: Rational(817, 250)}, 12), 12)[:8] == "0.314686"


@pytest.mark.parametrize(
    ("density", "point"),
    [
        (normal(m1, s1), {m1: S(1), s1: S(3)}),
        (gamma(a1, s1), {a1: Rational(1, 3), s1: S(2)}),
        (laplace(m1, s1), {m1: S(-5), s1: Rational(1, 2)}),
        (log_normal(m1, s1), {m1: S(1), s1: S(2)}),
        (uniform(m1, m1 + s1), {m1: S(-1), s1: S(2)}),
        (student(S(3)), {}),
        (student(S(1)), {}),
        (beta(Rational(1, 2), Rational(2, 3)), {}),
        (poisson(s1), {s1: S(3)}),
        (geometric(p1), {p1: Rational(1, 3)}),
        (bernoulli(p1), {p1: Rational(1, 3)}),
        (BIMODAL, {}),
    ],
    ids=lambda value: getattr(value, "label", ""),
)
def test_a_density_has_mass_one(density: Density, point: dict[Symbol, Rational]) -> None:
    ball = enclose_mass(density, point, 20)
    assert ball.overlaps(arb(1))
    assert ball.rad() < arb(10) ** -18


def test_a_mistyped_density_has_another_mass() -> None:
    typo = Density(x, LINE, sympy.exp(-(x**2) / 2) / sympy.sqrt(sympy.pi), "typo")
    assert not enclose_mass(typo, {}, 20).overlaps(arb(1))


@pytest.mark.parametrize(
    "expr",
    [
        Expectation(Law(student(S(1))), x**2),
        Expectation(Law(student(S(2))), x**2),
        Expectation(Law(exponential(S(1))), sympy.exp(2 * x)),
        Expectation(Law(geometric(Rational(1, 2))), S(3) ** k),
        Expectation(Law(normal(S.Zero, S(5))), (normal(S.Zero, S(5)).expression
                    / normal(S.Zero, S(1)).expression)),
        Expectation(Law(beta(S(1), S(1))), 1 / x),
    ],
    ids=str,
)  # fmt: skip
def test_a_mean_that_diverges_is_never_enclosed(expr: Expr) -> None:
    with pytest.raises(Unsupported):
        enclose(expr, {}, 10)


def test_a_renyi_divergence_where_it_is_finite_holds_its_closed_form() -> None:
    p, q = normal(m1, s1), normal(m2, s2)
    ratio = Expectation(Law(p), (p.expression / q.expression) ** (alpha - 1))
    expr = log(ratio) / (alpha - 1)
    pooled = alpha * s2**2 + (1 - alpha) * s1**2
    closed = alpha * (m1 - m2) ** 2 / (2 * pooled) + log(s2 / s1)
    closed += log(s2**2 / pooled) / (2 * (alpha - 1))
    point = {m1: Rational(1, 3), m2: S(-2), s1: Rational(1, 2), s2: Rational(5, 7), alpha: S(3) / 2}
    assert holds(expr, closed, point, 20)


def test_total_variation_of_two_normals_is_split_where_they_cross() -> None:
    p, q = normal(S.Zero, S.One), normal(S.One, S.One)
    expr = Expectation(Law(p), abs(1 - q.expression / p.expression)) / 2
    assert holds(expr, sympy.erf(sympy.sqrt(2) / 4), {}, 20)


@pytest.mark.parametrize(
    ("density", "integrand", "value"),
    [
        (normal(S.Zero, S.One), abs(x), sympy.sqrt(2 / sympy.pi)),
        (normal(S.Zero, S.One), sympy.Max(x, 1 - x), None),
        (exponential(S.One), log(x), -sympy.EulerGamma),
        (student(S(5)), x**2, Rational(5, 3)),
        (normal(S.One, S(2)), sympy.cos(x), sympy.exp(-2) * sympy.cos(1)),
        (normal(S.One, S(2)), sympy.exp(x), sympy.exp(3)),
        (poisson(S(3)), k * (k - 1), S(9)),
        (poisson(S(3)), abs(k - 2), None),
        (
            normal(S.Zero, S.One),
            sympy.Piecewise((S.One, x < 1), (S.Zero, True)),
            (1 + sympy.erf(1 / sympy.sqrt(2))) / 2,
        ),
    ],
    ids=str,
)
def test_means_of_other_functions(density: Density, integrand: Expr, value: Expr | None) -> None:
    expr = Expectation(Law(density), integrand)
    if value is None:
        assert enclose(expr, {}, 20).rel_accuracy_bits() > 60
    else:
        assert holds(expr, value, {}, 20)


def test_an_expression_without_means_is_a_plain_ball() -> None:
    assert holds(NORMAL, NORMAL, {m1: S(1), m2: S(2), s1: S(3), s2: S(4)}, 40)


def test_a_parameter_without_a_value_is_named() -> None:
    with pytest.raises(Unsupported, match="sigma_2"):
        enclose(divergence(normal(m1, s1), normal(m2, s2)), {m1: S(0), m2: S(0), s1: S(1)}, 10)


def test_precision_is_put_back() -> None:
    from flint import ctx

    before = ctx.prec
    enclose(
        divergence(normal(m1, s1), normal(m2, s2)), {m1: S(0), m2: S(0), s1: S(1), s2: S(2)}, 60
    )
    assert ctx.prec == before


@given(st.fractions(max_denominator=10**9), st.integers(2, 25), st.integers(1, 40))
@settings(max_examples=200, deadline=None)
def test_every_printed_digit_is_right(value: Fraction, digits: int, exponent: int) -> None:
    with precision(200):
        ball = arb(value.numerator) / value.denominator + arb(0, arb(10) ** -exponent)
    try:
        text = decimal(ball, digits)
    except Unsupported:
        assert abs(value) < 2 * Fraction(10) ** -exponent + 1 or exponent < 3
        return
    shown = Fraction(text)
    mantissa, _, power = text.partition("e")
    places = len(mantissa.partition(".")[2]) - int(power or 0)
    assert abs(shown - value) <= Fraction(1, 2) * Fraction(10) ** -places
    assert len(mantissa.lstrip("-0.").replace(".", "")) <= max(digits, 21)


@pytest.mark.parametrize(
    ("ball", "text"),
    [
        ("0.31468614308431742 +/- 1e-17", "0.314686143084317"),
        ("99999.9999999 +/- 1e-12", "99999.9999999000"),
        ("-1.5 +/- 1e-3", "-1.50"),
        ("123456789012345678901234567890 +/- 1", "1.23456789012346e+29"),
        ("1e-30 +/- 1e-40", "1.00000000e-30"),
    ],
)
def test_decimals_are_plain_where_they_are_moderate(ball: str, text: str) -> None:
    with precision(200):
        assert decimal(arb(ball), 15).startswith(text[:8])
        assert Fraction(decimal(arb(ball), 15)) - Fraction(text) < Fraction(1, 10**2)


def test_the_radius_is_rounded_up() -> None:
    assert radius(arb("1 +/- 1.01e-20")) == "1.1e-20"
    assert radius(arb(1)) == "0"

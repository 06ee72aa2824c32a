"""Pairs in no list: what general rules close, what they prove infinite, and what they decline."""

from __future__ import annotations

from typing import Any

import pytest
from sympy import S, Symbol, exp, log, oo, sqrt

from klsym import check, derive
from klsym.domain import Context
from klsym.integrals.escape import Order, leading

CLOSING = [
    "KL(TruncExp(r, t) || Gamma(k, rate=b))",
    "KL(ContinuousBernoulli(2/3) || Beta(a, b))",
    "KL(PowerFunction(a) || Kumaraswamy(b, c))",
    "KL(Triangular(0, 1, c) || Beta(a, b))",
    "KL(Triangular(a, b, c) || TruncExp(r, t))",
    "KL(Uniform(0, 1) || Triangular(0, 1, c))",
    "KL(Uniform(a, b) || Logistic(m, s))",
    "KL(Uniform(1, 3) || LogLaplace(1/2, s))",
    "KL(LogUniform(a, b) || Lomax(c, d))",
    "KL(LogUniform(a, b) || Gompertz(c, d))",
    "KL(Lindley(t) || Weibull(k, s))",
    "KL(Lindley(t) || Lomax(a, b))",
    "KL(HalfNormal(s) || Gumbel(m, b))",
    "KL(Maxwell(a) || Gompertz(c, b))",
    "KL(LogNormal(m, s) || Laplace(n, b))",
    "KL(InverseGaussian(2, l) || Laplace(n, b))",
    "KL(Gompertz(g, h) || Laplace(n, b))",
    "Hellinger2(HalfNormal(s), Exponential(r))",
    "KL(Semicircle(1) || Cauchy(0, g))",
    "KL(Semicircle(1) || Semicircle(r))",
    "KL(Arcsine() || Lomax(a, b))",
    "KL(Beta(3/2, 5/2) || LogLogistic(a, 1))",
    "KL(Arcsine() || Cauchy(1/2, g))",
    "KL(Beta(2, 3) || Cauchy(m, g))",
    "KL(Triangular(0, 1, c) || StudentT(n, m, s))",
]


@pytest.mark.parametrize("statement", CLOSING)
def test_a_pair_closes_and_quadrature_confirms_it(statement: str) -> None:
    result = derive(statement, assume=["r > 1"] if "Semicircle(r)" in statement else [])
    assert result.closed_form not in (None, oo)
    assert result.confirmation is not None


DENSITIES = [
    ("1 on (0, 1)", "-log(x) on (0, 1)"),
    ("x/2 on (0, 2)", "-log(x/2)/2 on (0, 2)"),
    ("6*x*(1 - x) on (0, 1)", "-4*x*log(x) on (0, 1)"),
    ("1 - abs(x) on (-1, 1)", "2*sqrt(1 - x**2)/pi on (-1, 1)"),
    ("1 - abs(x) on (-1, 1)", "15*(1 - x**2)**2/16 on (-1, 1)"),
    ("sqrt((4 - x)/x)/(2*pi) on (0, 4)", "1/(1 + x)**2 on (0, oo)"),
]


@pytest.mark.parametrize(("p", "q"), DENSITIES)
def test_a_pair_of_typed_densities_closes_and_quadrature_confirms_it(p: str, q: str) -> None:
    result = derive("KL(p || q)", let=[f"p(x) = {p}", f"q(x) = {q}"])
    assert result.closed_form not in (None, oo)
    assert result.confirmation is not None


INFINITE = [
    ("KL(LogNormal(m, s) || Gompertz(c, b))", "exp(b*x)"),
    ("KL(Pareto(m, a) || ExpGamma(k, rate=r))", "exp(x)"),
    ("KL(StudentT(n) || Gumbel(m, s))", "exp(-(-m + x)/s)"),
    ("KL(GeneralizedNormal(0, 1, 1/2) || Moyal(0, 1))", "exp(-x)"),
    ("KL(Weibull(1/2, l) || Gompertz(c, b))", "exp(b*x)"),
]


@pytest.mark.parametrize(("statement", "statistic"), INFINITE)
def test_an_exponential_under_a_heavy_tail_has_an_infinite_mean(
    statement: str, statistic: str
) -> None:
    result = derive(statement)
    assert result.closed_form is oo
    assert result.reason == f"the mean E_p[{statistic}] diverges"
    assert not result.conditions


@pytest.mark.parametrize("shape", ["k", "1", "3/2"])
def test_an_exponential_under_a_light_or_unknown_tail_is_not_called_infinite(shape: str) -> None:
    assert derive(f"KL(Weibull({shape}, l) || Gompertz(c, b))").closed_form is not oo


NORMAL = "q(x) = exp(-x^2/2)/sqrt(2*pi) on (-oo, oo)"
REWRITTEN: list[tuple[str, str, list[str]]] = [
    ("KL(Logistic(0, 1) || Normal(0, 1))", "sech(x/2)^2/4 on (-oo, oo)", [NORMAL]),
    ("KL(Logistic(0, 1) || Normal(0, 1))", "1/(2 + 2*cosh(x)) on (-oo, oo)", [NORMAL]),
    ("KL(Logistic(0, 1) || Normal(0, 1))", "1/(exp(x) + 2 + exp(-x)) on (-oo, oo)", [NORMAL]),
    ("KL(Beta(2, 2) || Beta(3, 2))", "6*(x - x^2) on (0, 1)", ["q(x) = 12*x^2 - 12*x^3 on (0, 1)"]),
    (
        "KL(Arcsine() || Beta(a, b))",
        "1/(pi*sqrt(x - x^2)) on (0, 1)",
        ["q(x) = x^(a - 1)*(1 - x)^(b - 1)/beta(a, b) on (0, 1)"],
    ),
    (
        "KL(Laplace(m, a) || Laplace(n, b))",
        "exp(-abs(m - x)/a)/(2*a) on (-oo, oo)",
        ["q(x) = exp(-abs(x/b - n/b))/(2*b) on (-oo, oo)", "m, n real"],
    ),
    (
        "KL(LogNormal(m, s) || LogNormal(n, t))",
        "exp(-log(x/exp(m))^2/(2*s^2))/(x*s*sqrt(2*pi)) on (0, oo)",
        ["q = LogNormal(n, t)", "m real"],
    ),
    (
        "KL(Normal(m, s) || Normal(n, t))",
        "exp(-(x^2 - 2*m*x + m^2)/(2*s^2))/sqrt(2*pi*s^2) on (-oo, oo)",
        ["q(x) = exp(-(x/t - n/t)^2/2)/(t*sqrt(2*pi)) on (-oo, oo)", "m, n real"],
    ),
]


@pytest.mark.parametrize(("statement", "density", "let"), REWRITTEN)
def test_a_density_written_otherwise_gives_the_form_of_its_family(
    statement: str, density: str, let: list[str]
) -> None:
    bare = derive("KL(p || q)", let=[f"p(x) = {density}", *let])
    assert str(bare) == str(derive(statement))


def test_a_sum_of_two_terms_of_one_sign_is_a_mixture_of_kernels() -> None:
    let = ["p(x) = 2*exp(-x)*(1 - exp(-x)) on (0, oo)"]
    assert str(derive("E(p, x)", let=let)) == "3/2"


def _verdict(statement: str, formula: str, **options: Any) -> str:
    return str(check(statement, formula, **options).verdict)


def test_the_kullback_divergence_of_a_power_from_a_beta_is_the_known_one() -> None:
    formula = "log(a*beta(b, c)) + 1 - 1/a + (b - 1)/a + (c - 1)*(digamma(a + 1) + EulerGamma)"
    formula = formula.replace("1 - 1/a + (b - 1)/a", "b/a - 1")
    assert _verdict("KL(PowerFunction(a) || Beta(b, c))", formula) == "proved"


@pytest.mark.parametrize("sign", ["", "-"])
def test_exponentials_that_may_cancel_are_not_compared_by_their_leading_terms(sign: str) -> None:
    x = Symbol("x", real=True)
    expr = {"": exp(x + 1) - 2 * exp(x), "-": 2 * exp(x) - exp(x + 1)}[sign]
    assert leading(expr, x, 1, Context()) is None


def test_the_leading_term_of_a_sum_is_the_one_that_outgrows_the_others() -> None:
    x = Symbol("x", real=True)
    order = leading(exp(x) - x**3 - 5 * log(1 + x**2), x, 1, Context())
    assert order is not None
    assert (order.factor, order.exponent) == (1, Order(S.One, S.One))
    order = leading(2 * sqrt(1 + x) - log(x) ** 2, x, 1, Context())
    assert order == Order(S(2), S.Half)


@pytest.mark.parametrize("statement", ["KL(Zeta(3) || Zeta(2))", "KL(Zeta(s) || Borel(m))"])
def test_the_derivative_of_zeta_at_a_number_is_declined(statement: str) -> None:
    assert str(derive(statement).reason).startswith("no closed form found")


@pytest.mark.parametrize(
    ("statement", "sign", "conditions"),
    [
        ("E(Geometric(p), t**x)", "real", ["(1 - p)*abs(t) < 1"]),
        ("E(GeometricTrials(p), t**x)", "negative", ["-t*(1 - p) < 1"]),
        ("E(LogSeries(p), t**x)", "real", ["p*abs(t) < 1"]),
        ("E(Poisson(m), t**x)", "real", []),
    ],
)
def test_a_power_series_converges_where_it_does_absolutely(
    statement: str, sign: str, conditions: list[str]
) -> None:
    assert derive(statement, let=[f"t {sign}"]).to_dict()["conditions"] == conditions


@pytest.mark.parametrize("sign", ["real", "negative"])
def test_a_power_of_what_may_be_negative_has_no_mean_over_a_continuous_variate(sign: str) -> None:
    assert derive("E(Exponential(a), t**x)", let=[f"t {sign}"]).closed_form is None


@pytest.mark.parametrize(
    "statement",
    [
        "E(BetaPrime(1, 2), log(1 + x)/x)",
        "E(Uniform(0, 1), abs(log(x))/(1 - x))",
        "E(Logistic(0, 1), log(1 + exp(x))*exp(-x))",
        "E(Exponential(1), x/(1 - exp(-x)))",
    ],
)
def test_a_factor_that_vanishes_may_save_a_divergent_mean(statement: str) -> None:
    assert derive(statement).closed_form is None


def test_a_condition_is_not_given_where_a_factor_that_vanishes_may_weaken_it() -> None:
    assert derive("E(Beta(a, b), log(x)/(1 - x))").conditions == ()


def test_two_divergent_parts_of_one_mean_may_cancel() -> None:
    assert derive("E(Exponential(1), abs(1/x - exp(-x)/x))").closed_form is None


def test_two_divergent_parts_of_one_density_may_cancel() -> None:
    let = ["p(x) = 2*exp(-x)*(1 - exp(-x)) on (0, oo)"]
    assert derive("E(p, 1/x)", let=let).closed_form is None


def test_an_infinite_mean_of_what_is_proved_positive_is_infinite() -> None:
    assert derive("ChiSquare(Uniform(0, 1), Triangular(0, 1, c))").closed_form == oo


def test_a_mean_of_what_has_no_value_somewhere_has_none() -> None:
    result = derive("E(DiscreteUniform(-2, 2), 1/x)")
    assert (result.closed_form, result.reason) == (None, "it has no value")

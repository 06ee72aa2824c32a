"""Master integrals: each normaliser against certified quadrature, and some by sympy."""

from __future__ import annotations

from itertools import islice
from typing import Any

import mpmath
import pytest
import sympy
from sympy import exp, gamma, oo, symbols

from klsym.deriving import request_of
from klsym.domain import Context
from klsym.expectation import Law
from klsym.integrals import beta_prime_type, beta_type, gamma_type, gaussian, power_type, rules
from klsym.integrals.gamma_type import gamma_between
from klsym.integrals.kernel import exp_of_logs
from klsym.integrals.recognition import kernel_of
from klsym.numerics.balls import Unsupported
from klsym.numerics.enclose import enclose, enclose_mass

DIGITS = 10
POINTS = 3
EXAMPLES = {
    "affine-change": ["(x - 1)^a*exp(-b*x) on (1, oo)", "(2 + x)*exp(-x) on (0, oo)"],
    "beta-prime-type": ["x^(a - 1)/(1 + b*x^3)^(a + c) on (0, oo)"],
    "beta-type": ["x^(a - 1)*(1 - x^c)^(b - 1) on (0, 1)"],
    "cauchy": ["1/((x - a)^2 + b^2) on (-oo, oo)"],
    "even-change": ["exp(-abs(x - a)^3/b) on (-oo, oo)", "(1 + x^2)^(-a - 1) on (-oo, oo)"],
    "exponential-change": ["exp(a*x - exp(b*x)) on (-oo, oo)", "exp(-a*exp(x)) on (0, oo)"],
    "exponential-type": ["exp(-a*x) on (1, oo)", "exp(a*x) on (0, 2)"],
    "gamma-type": ["x^(a - 1)*exp(-b*x^c) on (0, oo)", "x^(a - 1)*exp(-b*x) on (0, 1)"],
    "gaussian": ["exp(-a*x^2 + b*x) on (-oo, oo)"],
    "interval": ["1 on (a, a + b)"],
    "inverse-gaussian": ["x^(-3/2)*exp(-a*x - b/x) on (0, oo)"],
    "laplace": ["exp(-a*abs(x - b)) on (-oo, oo)"],
    "logarithmic-change": ["exp(-a*log(x)^2) on (0, oo)"],
    "pieces": ["min(x, 2 - x) on (0, 2)", "exp(-a*abs(x - 1)) on (0, 3)"],
    "power-type": ["x^(-a - 1) on (1, oo)", "x^(a - 1) on (0, b)", "x^a on (1, 3)"],
    "von-mises": ["exp(a*cos(x - b)) on (-pi, pi)"],
}
MASTERS = [name for name, rule in rules().items() if rule.recognise is not None]
CONTINUOUS = [name for name in MASTERS if name in EXAMPLES]


def _density(text: str) -> tuple[Any, Context]:
    """The density of a text, whatever its mass: divided by a letter it is not asked to be one."""
    try:
        request = request_of("E(p, x)", (), [f"p(x) = {text}"], [], False)
    except Exception as error:
        raise AssertionError(text) from error
    (law,) = request.statement.atoms(Law)
    return law.density, request.scope.context


def _certified(density: Any, point: Any) -> Any:
    try:
        return enclose_mass(density, point, DIGITS)
    except Unsupported:
        return None


@pytest.fixture(autouse=True)
def _any_mass(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("klsym.deriving._require_unit_mass", lambda *_: None)


@pytest.mark.parametrize("name", CONTINUOUS)
def test_a_normaliser_is_the_certified_integral(name: str) -> None:
    for text in EXAMPLES[name]:
        density, context = _density(text)
        kernel = kernel_of(density, context)
        assert kernel is not None
        assert kernel.rule == name
        for point in islice(context.points(seed=1), POINTS):
            closed = enclose(kernel.mass, point, DIGITS)
            certified = _certified(density, point)
            assert certified is None or certified.overlaps(closed)


@pytest.mark.parametrize("name", MASTERS)
def test_each_master_integral_is_used_by_a_family_or_has_an_example(name: str) -> None:
    assert name in EXAMPLES or rules()[name].reason


a, b, c, s, x = symbols("a b c s x", positive=True)


@pytest.mark.parametrize(
    ("integrand", "ends", "form", "values"),
    [
        (x ** (s - 1) * exp(-b * x), (0, oo), gamma_type.LOG_NORMALISER, {gamma_type.POWER: 1}),
        (exp(-a * x**2), (-oo, oo), gaussian.LOG_NORMALISER, {gaussian.B: 0}),
        (x ** (-s - 1), (1, oo), power_type.RIGHT, {power_type.A: 1, power_type.SHAPE: -s}),
        (x ** (s - 1), (0, 1), power_type.LEFT, {power_type.B: 1}),
    ],
)
def test_sympy_agrees_with_a_master_integral(
    integrand: Any, ends: Any, form: Any, values: Any
) -> None:
    shape = {power_type.SHAPE: s, gamma_type.SHAPE: s, gamma_type.RATE: b, gaussian.A: a}
    closed = exp_of_logs(form).subs({**shape, **values})
    integral = sympy.integrate(integrand, (x, *ends), conds="none")
    assert sympy.simplify(integral / closed) == 1


def test_the_beta_normaliser_is_eulers() -> None:
    form = exp_of_logs(beta_type.LOG_NORMALISER)
    letters = (beta_type.SHAPE, beta_type.OTHER)
    unit = {beta_type.POWER: 1, beta_type.WIDTH: 1, beta_type.SCALE: 1}
    euler = gamma(letters[0]) * gamma(letters[1]) / gamma(sum(letters))
    assert sympy.simplify(form.subs(unit) / euler) == 1


def test_the_beta_prime_normaliser_is_the_beta_one() -> None:
    m = beta_prime_type
    form = exp_of_logs(m.LOG_NORMALISER).subs({m.POWER: 1, m.FIRST: 1, m.SECOND: 1})
    euler = gamma(m.SHAPE) * gamma(m.DECAY - m.SHAPE) / gamma(m.DECAY)
    assert sympy.simplify(form / euler) == 1


@pytest.mark.parametrize("decay", [2, 3, 4])
def test_the_mean_of_a_logarithm_by_partial_fractions_is_the_integral(decay: int) -> None:
    value = beta_prime_type.partial_fractions(sympy.Integer(3), decay)
    with mpmath.workdps(20):
        integral = mpmath.quad(
            lambda u: mpmath.log(1 + 3 * u) * (decay - 1) * (1 + u) ** -decay, [0, 1, mpmath.inf]
        )
    assert abs(float(value) - float(integral)) < 1e-9


@pytest.mark.parametrize("order", range(1, 6))
@pytest.mark.parametrize("function", [sympy.lowergamma, sympy.uppergamma])
def test_an_incomplete_gamma_function_of_natural_order_is_the_one_of_sympy(
    function: Any, order: int
) -> None:
    end = sympy.Symbol("b", positive=True) * sympy.Symbol("c", positive=True)
    ends = (0, end) if function is sympy.lowergamma else (end, sympy.oo)
    value = gamma_between(sympy.Integer(order), *ends)
    assert sympy.expand(value - function(order, end)) == 0

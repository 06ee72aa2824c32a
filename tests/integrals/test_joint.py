"""Joint distributions: mutual information, and divergences by the chain rule."""

from __future__ import annotations

from math import log

import pytest
from scipy.integrate import dblquad

from klsym import KlsymError, check, derive

NORMAL = "BivariateNormal(m, n, s, t, rho)"
EXPONENTIAL = "p(x, y) = x*exp(-x*y - x) on (0, oo) x (0, oo)"
FORMULAS = {
    "MutualInformation(BivariateNormal(rho=r))": "-log(1 - r**2)/2",
    f"MutualInformation({NORMAL})": "-log(1 - rho**2)/2",
    "MI(BivariateNormal(0, 0, s, t, covariance=c))": "-log(1 - c**2/(s**2*t**2))/2",
    f"H({NORMAL})": "1 + log(2*pi*s*t*sqrt(1 - rho**2))",
    "KL(BivariateNormal(rho=a) || BivariateNormal(rho=b))": (
        "log((1 - b**2)/(1 - a**2))/2 + (1 - a*b)/(1 - b**2) - 1"
    ),
    "KL(BivariateNormal(m, n, 1, 1, r) || BivariateNormal(rho=0))": (
        "(m**2 + n**2)/2 - log(1 - r**2)/2"
    ),
    "Jeffreys(BivariateNormal(rho=r), BivariateNormal(rho=0))": "r**2/(1 - r**2)",
}


@pytest.mark.parametrize(("statement", "formula"), FORMULAS.items(), ids=FORMULAS)
def test_a_joint_divergence_has_its_known_value(statement: str, formula: str) -> None:
    assert check(statement, formula).verdict == "proved"


def test_the_mutual_information_of_a_typed_joint_density_is_derived() -> None:
    assert str(derive("MutualInformation(p)", let=[EXPONENTIAL])) == "1 - EulerGamma"


def test_independent_variates_share_no_information() -> None:
    let = ["p(x, y) = a*b*exp(-a*x - b*y) on (0, oo) x (0, oo)"]
    assert derive("MutualInformation(p)", let=let).closed_form == 0


def test_mutual_information_agrees_with_quadrature_over_both_variates() -> None:
    found = derive("MutualInformation(p)", let=["p(x, y) = x + y on (0, 1) x (0, 1)"]).closed_form

    def integrand(y: float, x: float) -> float:
        return (x + y) * log((x + y) / ((x + 1 / 2) * (y + 1 / 2)))

    value, _ = dblquad(integrand, 0, 1, 0, 1, epsabs=1e-9)
    assert float(found) == pytest.approx(value, abs=1e-8)


def test_no_closed_form_is_said_so() -> None:
    let = ["p(x, y) = exp(-2*x)*x**y/factorial(y) on (0, oo) x {0..oo}"]
    result = derive("MutualInformation(p)", let=let)
    assert result.closed_form is None
    assert "no closed form found" in str(result.reason)


@pytest.mark.parametrize(
    ("statement", "let", "name"),
    [
        ("MutualInformation(q)", "q = Normal(0, 1)", "joint-expected"),
        ("KL(p || Normal(0, 1))", "p = BivariateNormal(rho=r)", "joint-expected"),
        ("E(p, x)", EXPONENTIAL, "unsupported"),
        ("Renyi(p, p, order=2)", "p = BivariateNormal(rho=r)", "unsupported"),
        ("H(p)", "p = BivariateNormal(rho=2)", "parameter-domain"),
        ("H(p)", "p(x, y) = 3*exp(-x - y) on (0, oo) x (0, oo)", "mass"),
        ("H(p)", "p(x, y) = exp(-x - y) on (0, oo)", "support"),
        ("H(p)", "p(x, x) = exp(-2*x) on (0, oo) x (0, oo)", "declaration"),
        ("H(p)", "p(x, y) = x + y - 1/2 on (0, 1) x (0, 1)", "negative-density"),
    ],
)
def test_what_is_no_joint_distribution_is_refused(statement: str, let: str, name: str) -> None:
    with pytest.raises(KlsymError) as caught:
        derive(statement, let=[let])
    assert caught.value.name == name
    assert caught.value.help

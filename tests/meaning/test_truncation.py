"""Truncated distributions: their masses, their divergences, and what is refused."""

from __future__ import annotations

import pytest
import sympy

from klsym import KlsymError, check, derive

SAME = {
    "Truncated(Exponential(a), 0, c)": "TruncExp(a, c)",
    "Truncated(Exponential(a), lower=c)": "ShiftedExponential(c, rate=a)",
    "Truncated(Normal(0, s), lower=0)": "HalfNormal(s)",
    "Truncated(Normal(m, s), a, b)": "TruncatedNormal(m, s, a, b)",
    "Truncated(Poisson(a), lower=1)": "ZeroTruncatedPoisson(a)",
    "Truncated(Pareto(m, a), upper=b)": "BoundedPareto(m, b, a)",
    "Truncated(Cauchy(0, g), 0, oo)": "HalfCauchy(g)",
    "Truncated(Uniform(0, 3), 1, 2)": "Uniform(1, 2)",
    "Truncated(Truncated(Normal(0, 1), -1, 5), 0, 1)": "Truncated(Normal(0, 1), 0, 1)",
    "Truncated(Normal(m, s), -oo, oo)": "Normal(m, s)",
    "Truncated(Binomial(3, p), 0, 1)": "Bernoulli(3*p/(1 + 2*p))",
}
FORMULAS = {
    "E(Truncated(Normal(m, s), 0, oo), x)": ("m + s*exp(-m**2/(2*s**2))/(sqrt(2*pi)*Phi(m/s))"),
    "KL(Truncated(Normal(0, 1), 0, b) || Truncated(Normal(0, 1), 0, c))": (
        "log(erf(c/sqrt(2))/erf(b/sqrt(2)))"
    ),
    "KL(Truncated(Gamma(k, rate=b), t, oo) || Gamma(k, rate=c))": (
        "k*log(b/c) - log(uppergamma(k, b*t)/gamma(k))"
        " + (c/b - 1)*uppergamma(k + 1, b*t)/uppergamma(k, b*t)"
    ),
    "E(Truncated(Poisson(a), 0, n), x)": "a*uppergamma(n, a)*n/uppergamma(n + 1, a)",
    "KL(Truncated(Laplace(m, b), m, oo) || Truncated(Laplace(m, c), m, oo))": "log(c/b) + b/c - 1",
}


@pytest.mark.parametrize(("left", "right"), SAME.items(), ids=SAME)
def test_a_truncation_is_a_distribution_known_otherwise(left: str, right: str) -> None:
    assert check(f"KL({left} || {right})", "0").verdict == "proved"


@pytest.mark.parametrize(("statement", "formula"), FORMULAS.items(), ids=FORMULAS)
def test_a_truncation_has_its_known_value(statement: str, formula: str) -> None:
    assert check(statement, formula).verdict == "proved"


def test_a_truncated_density_of_ones_own_is_renormalised() -> None:
    let = ["f(x) = a*exp(-a*x) on (0, oo)"]
    assert str(derive("KL(Truncated(f, lower=c) || f)", let=let)) == "a*c"


def test_a_truncated_mixture_shares_out_its_mass() -> None:
    mixture = "Truncated(w*Exponential(1) + (1 - w)*Exponential(2), lower=1)"
    assert check(f"E({mixture}, x)", "(2*w*e + 3/2*(1 - w))/(w*e + 1 - w)").verdict == "proved"


def test_supports_that_do_not_nest_are_infinite_at_the_place() -> None:
    result = derive("KL(Truncated(Normal(0, 1), 0, 3) || Truncated(Normal(0, 1), 1, 3))")
    assert result.closed_form == sympy.oo
    assert "x < 1" in str(result.reason)


def test_ends_that_depend_on_parameters_give_a_condition() -> None:
    result = derive("KL(Truncated(Normal(0, 1), 0, b) || Truncated(Normal(0, 1), 0, c))")
    assert [str(c) for c in result.conditions] == ["b <= c"]


def test_a_mass_without_a_closed_form_leaves_no_closed_form() -> None:
    result = derive("H(Truncated(Beta(a, b), 0, 1/2))")
    assert result.closed_form is None
    assert "mass" in str(result.reason)


@pytest.mark.parametrize(
    ("law", "message"),
    {
        "Truncated(Normal(0, 1), 2, 1)": "no mass between 2 and 1",
        "Truncated(Exponential(1), -2, -1)": "no mass between -2 and -1",
        "Truncated(Poisson(a), 1/4, 3/4)": "no mass",
        "Truncated(Normal(0, 1))": "needs an end",
        "Truncated(Normal(0, 1), lo=2)": "no lo",
        "Truncated(Normal(0, 1), 0, 1, 2)": "two ends",
        "Truncated(Normal(0, 1), 0, lower=2)": "given twice",
    }.items(),
)
def test_what_cannot_be_truncated_so_is_refused(law: str, message: str) -> None:
    with pytest.raises(KlsymError) as caught:
        derive(f"H({law})")
    assert message in caught.value.message
    assert caught.value.help

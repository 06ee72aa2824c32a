"""Parameters by keyword that go together, defaults, and names that are also symbols of a rule."""

from __future__ import annotations

import pytest

from klsym import KlsymError, check, derive

FORMULAS = {
    "E(Gamma(mean=m, variance=v), x**2)": "v + m**2",
    "Var(Beta(mean=c, precision=k), x)": "c*(1 - c)/(k + 1)",
    "E(Uniform(mean=m, width=w), x**2)": "m**2 + w**2/12",
    "Var(NegativeBinomial(mean=m, size=r), x)": "m + m**2/r",
    "Var(StudentT(df=nu, loc=m, scale=s), x)": "nu*s**2/(nu - 2)",
    "KL(StudentT(nu) || StudentT(nu, 0, 1))": "0",
    "KL(GeneralizedNormal(m, a, 4) || GeneralizedNormal(n, b, 2))": (
        "log(2*b*sqrt(pi)/(a*gamma(1/4))) - 1/4"
        " + (m - n)**2/b**2 + a**2*gamma(3/4)/(b**2*gamma(1/4))"
    ),
    "KL(Normal(m, s) || GeneralizedNormal(n, b, 4))": (
        "log(b*gamma(1/4)/2) - log(s*sqrt(2*pi*e)) + ((m - n)**4 + 6*(m - n)**2*s**2 + 3*s**4)/b**4"
    ),
}
CLASHING = [
    "KL(StudentT(nu, m, s) || StudentT(nu, m, t))",
    "KL(StudentT(3, m, s) || StudentT(3, m, t))",
    "KL(StudentT(3, m, s) || StudentT(3, m, q))",
]


@pytest.mark.parametrize(("statement", "formula"), FORMULAS.items(), ids=FORMULAS)
def test_keywords_together_give_the_parameters(statement: str, formula: str) -> None:
    assert check(statement, formula).verdict == "proved"


@pytest.mark.parametrize("statement", CLASHING)
def test_a_parameter_is_not_taken_for_the_variable_of_a_change(statement: str) -> None:
    result = derive(statement)
    assert result.closed_form is None
    assert "no closed form found" in str(result.reason)


@pytest.mark.parametrize(
    "law", ["Beta(mean=1/2, variance=1/2)", "NegativeBinomial(mean=2, variance=1)"]
)
def test_keywords_that_lead_outside_a_parameters_domain_are_refused(law: str) -> None:
    with pytest.raises(KlsymError) as caught:
        derive(f"H({law})")
    assert caught.value.name == "parameter-domain"


def test_keywords_that_need_each_other_are_refused_alone() -> None:
    with pytest.raises(KlsymError) as caught:
        derive("H(Beta(variance=1/20, a=2))")
    assert "do not go together" in caught.value.message

"""check: the five verdicts on formulas in LaTeX, plain text and pasted Unicode."""

from __future__ import annotations

import pytest
import sympy

from klsym import KL, KlsymError, Normal, check
from klsym.verdict import Verdict

GAUSSIAN = "KL(Normal(mu_1, sigma_1) || Normal(mu_2, sigma_2))"
STANDARD = "KL(Normal(mu, sigma) || Normal(0, 1))"
EXPONENTIALS = ["p(x) = a*exp(-a*x) on (0, oo)", "q(x) = b*exp(-b*x) on (0, oo)"]


@pytest.mark.parametrize(
    "formula",
    [
        r"\log\frac{\sigma_2}{\sigma_1}+\frac{\sigma_1^2+(\mu_1-\mu_2)^2}{2\sigma_2^2}-\frac12",
        "log(σ₂/σ₁) + ((σ₁² + (μ₁-μ₂)²)/(2*σ₂²)) – ½",
        "log(sigma2) - log(sigma1) + (sigma1^2 + (mu1 - mu2)^2)/(2*sigma2**2) - 0.5",
        r"\ln\sigma_2-\ln\sigma_1-\frac{1}{2}\left[1-\left(\frac{\sigma_1}{\sigma_2}\right)^{\!2}"
        r"-\left(\frac{\mu_1-\mu_2}{\sigma_2}\right)^2\right]",
        r"D_{\mathrm{KL}}(p\,\|\,q) = \log\frac{\sigma_2}{\sigma_1}"
        r"+\frac{\sigma_1^2+(\mu_1-\mu_2)^2}{2\sigma_2^2}-\frac12",
    ],
)
def test_the_gaussian_divergence_is_proved_in_every_notation(formula: str) -> None:
    assert check(GAUSSIAN, formula).verdict is Verdict.PROVED


def test_a_proof_lists_the_rules_it_used() -> None:
    proof = check(STANDARD, "(mu^2 + sigma^2 - log(sigma^2) - 1)/2").proof
    assert proof is not None
    assert proof.rules


def test_a_refutation_shows_the_smallest_point_with_the_exact_difference() -> None:
    found = check(STANDARD, "(mu^2 + sigma^2 - log(sigma) - 1)/2").counterexample
    assert found is not None
    assert dict(found.point) == {"mu": 0, "sigma": 2}
    assert found.exact == -sympy.log(2) / 2


def test_a_formula_that_is_infinite_where_the_statement_is_finite_is_refuted() -> None:
    assert check(STANDARD, "oo").verdict is Verdict.REFUTED


def test_a_finite_formula_is_refuted_where_the_statement_is_infinite() -> None:
    assert check("KL(Normal(m, s) || Exponential(a))", "a*m").verdict is Verdict.REFUTED


def test_infinity_is_proved_where_the_supports_do_not_nest() -> None:
    assert check("KL(Normal(m, s) || Exponential(a))", "oo").verdict is Verdict.PROVED


def test_a_formula_without_a_value_on_an_open_part_is_refuted() -> None:
    formula = "(mu^2 + sigma^2 - 1)/2 - log(mu*sigma) + log(mu)"
    assert check(STANDARD, formula).verdict is Verdict.REFUTED


def test_a_removable_point_does_not_refute() -> None:
    formula = "(mu^3/mu + sigma^2 - 1)/2 - log(sigma)"
    assert check(STANDARD, formula).verdict is Verdict.PROVED


def test_bare_densities_give_the_same_as_families() -> None:
    assert check("KL(p || q)", "log(a/b) + b/a - 1", let=EXPONENTIALS).verdict is Verdict.PROVED


def test_conditions_found_are_part_of_the_answer() -> None:
    result = check("KL(Uniform(a, b) || Uniform(c, d))", "log((d - c)/(b - a))")
    assert [str(condition) for condition in result.conditions] == ["c <= a", "b <= d"]


def test_any_formula_may_be_the_statement() -> None:
    assert check("log(a/b)", "log(a) - log(b)", let=["a, b positive"]).verdict is Verdict.PROVED


def test_another_reading_that_is_proved_is_named() -> None:
    result = check("a/(2*b)", "a/2b", let=["a, b positive"])
    other = check("a*b/2", "a/2b", let=["a, b positive"])
    assert {result.verdict, other.verdict} == {Verdict.PROVED}
    assert [len(r.notes) for r in (result, other)] == [0, 1]


def test_a_decimal_alone_means_to_the_digits_printed() -> None:
    statement = "KL(Normal(0, 1) || Normal(0, 2))"
    assert check(statement, "0.318").verdict is Verdict.PROVED
    assert check(statement, "0.319").verdict is Verdict.REFUTED


def test_statements_may_be_built_in_python() -> None:
    statement = KL(Normal("mu", "sigma"), Normal(0, 1))
    formula = r"-\frac12(1+\log\sigma^2-\mu^2-\sigma^2)"
    assert str(check(statement, formula).verdict) == "proved"


def test_a_density_of_another_mass_is_refused_with_its_mass() -> None:
    with pytest.raises(KlsymError) as caught:
        check("H(p)", "0", let=["p(x) = exp(-a*x) on (0, oo)"])
    assert caught.value.name == "mass"
    assert "1/a" in caught.value.message


def test_a_negative_density_is_refused() -> None:
    with pytest.raises(KlsymError) as caught:
        check("E(p, x)", "0", let=["p(x) = 3*x - 1/2 on (0, 1)"])
    assert caught.value.name == "negative-density"


def test_a_thousand_checks_in_one_process_are_a_normal_use() -> None:
    formula = "(mu^2 + sigma^2 - 1)/2 - log(sigma)"
    verdicts = {check(STANDARD, formula).verdict for _ in range(50)}
    assert verdicts == {Verdict.PROVED}


def test_a_density_of_infinite_mass_is_refused() -> None:
    with pytest.raises(KlsymError) as caught:
        check("H(p)", "0", let=["p(x) = exp(x) on (0, oo)"])
    assert caught.value.name == "mass"

"""Independent components: a divergence of products adds, in the forms people print it."""

from __future__ import annotations

import pytest

from klsym import KlsymError, check, derive, evaluate
from klsym.integrals import rules
from klsym.writing.latex import latex

STATEMENT = "KL(prod_j Normal(mu_j, sigma_j) || N(0, I))"

TRUE = [
    r"-\frac12 \sum_{j=1}^{J} (1 + \log \sigma_j^2 - \mu_j^2 - \sigma_j^2)",
    r"-\frac{1}{2} \sum_{j=1}^J \left(1 + \log((\sigma_j)^2) - (\mu_j)^2 - (\sigma_j)^2\right)",
    r"\frac12\sum_j(\mu_j^2+\sigma_j^2-1) - \sum_j \log\sigma_j",
    r"\frac12\sum_j(\mu_j^2+\sigma_j^2) - \sum_j \log\sigma_j - \frac{J}{2}",
    r"\frac12\left(\sum_j \sigma_j^2 + \sum_j \mu_j^2 - J - \sum_j\log\sigma_j^2\right)",
    r"\frac12\sum_d(\mu_d^2+\sigma_d^2-1) - \sum_d \log\sigma_d",
    r"-\frac12 \sum_{d=1}^{D} (1 + \log \sigma_d^2 - \mu_d^2 - \sigma_d^2)",
    r"-\frac12 \sum_{d=1}^{D} (\log \sigma_d^2 - \mu_d^2 - \sigma_d^2) - D/2",
    r"\sum_i (\mu_i^2+\sigma_i^2-1)/2 - \sum_k \log\sigma_k",
    r"\sum_{j=1}^J KL(N(\mu_j,\sigma_j^2) \| N(0,1))",
    "sum(mu_j**2 + sigma_j**2 - 2*log(sigma_j) - 1, j, 1, J)/2",
    "1/2*sum_j (mu_j^2 + sigma_j^2 - 1 - log(sigma_j^2))",
    "½ ∑_{j=1}^{J} (μ_j² + σ_j² − 1 − log σ_j²)",
]

WRONG = [
    (r"\frac12 \sum_{j=1}^{J} (1 + \log \sigma_j^2 - \mu_j^2 - \sigma_j^2)", 1, "sign"),
    (r"-\sum_{j=1}^{J} (1 + \log \sigma_j^2 - \mu_j^2 - \sigma_j^2)", 1, "factor"),
    (r"-\frac12 \sum_{j=1}^{J} (1 + \log \sigma^2 - \mu^2 - \sigma^2)", 2, "missing-index"),
    (r"-\frac12 \sum_{j=1}^{J} (1 + \log \sigma_j^2 - \mu^2 - \sigma_j^2)", 2, "missing-index"),
    (r"-\frac12 (1 + \log \sigma_j^2 - \mu_j^2 - \sigma_j^2)", 2, "missing-index"),
    (r"-\frac12 \sum_{j=1}^{J} 1 + \log \sigma_j^2 - \mu_j^2 - \sigma_j^2", 2, "missing-index"),
    (r"\frac12\sum_{j=1}^{J}(\mu_j^2+\sigma_j^2) - \sum_j \log\sigma_j", 1, None),
    (r"\frac12\sum_{j=1}^{J}(\mu_j^2+\sigma_j^2) - \sum_j \log\sigma_j - \frac12", 2, None),
]


@pytest.mark.parametrize("formula", TRUE)
def test_the_printed_forms_are_proved_for_any_number_of_components(formula: str) -> None:
    result = check(STATEMENT, formula)
    assert str(result.verdict) == "proved"
    assert result.confirmation is not None


@pytest.mark.parametrize(("formula", "size", "diagnosis"), WRONG)
def test_the_known_slips_are_refuted_at_few_components(
    formula: str, size: int, diagnosis: str | None
) -> None:
    result = check(STATEMENT, formula)
    assert str(result.verdict) == "refuted"
    assert result.counterexample is not None
    assert result.counterexample.point["J"] == size
    assert diagnosis is None or diagnosis in [found.name for found in result.diagnoses]


def test_a_repair_puts_the_index_where_it_is_missing() -> None:
    result = check(STATEMENT, r"-\frac12 \sum_{j=1}^{J} (1 + \log \sigma^2 - \mu_j^2 - \sigma^2)")
    (found,) = result.diagnoses
    assert found.help == "sigma stands without the index j, under a sum over it"
    assert str(check(STATEMENT, found.repair).verdict) == "proved"


def test_the_step_is_shown() -> None:
    derivation = derive(STATEMENT).derivation
    assert derivation.steps[0].rule == "product"
    assert derivation.steps[0].reason == rules()["product"].reason


def test_the_closed_form_is_read_back_in_both_notations() -> None:
    found = derive(STATEMENT)
    assert str(check(STATEMENT, str(found)).verdict) == "proved"
    last = latex(found.closed_form)
    assert r"\frac{1}{2} \sum_{j=1}^{J}" in last
    assert str(check(STATEMENT, last).verdict) == "proved"


@pytest.mark.parametrize(
    ("statement", "closed"),
    [
        ("KL(prod_j Exponential(a_j) || prod_j Exponential(b_j))", "log(a_j/b_j) + b_j/a_j - 1"),
        ("Jeffreys(prod_j Poisson(a_j), prod_j Poisson(b_j))", "(a_j - b_j)*log(a_j/b_j)"),
        ("H(prod_j Exponential(a_j))", "1 - log(a_j)"),
        ("H(prod_j Exponential(a_j), prod_j Exponential(b_j))", "b_j/a_j - log(b_j)"),
        (
            "Renyi(prod_j Exponential(a_j), prod_j Exponential(b_j), order=1/2)",
            "2*log((a_j + b_j)/2) - log(a_j) - log(b_j)",
        ),
    ],
)
def test_what_adds_over_independent_components(statement: str, closed: str) -> None:
    assert str(check(statement, f"sum({closed}, j, 1, J)").verdict) == "proved"


def test_conditions_hold_for_every_component() -> None:
    found = derive("KL(prod_j Uniform(0, b_j) || prod_j Uniform(0, d_j))")
    assert str(found) == "sum(log(d_j/b_j), j, 1, J)"
    assert [str(condition) for condition in found.conditions] == ["b_j <= d_j"]


def test_a_product_is_infinitely_far_if_a_component_is() -> None:
    found = derive("KL(prod_j Exponential(a_j) || prod_j Uniform(0, 1))")
    assert found.derivation.infinite
    found = derive("KL(prod_j Cauchy(a_j, b_j) || N(0, I))")
    assert found.derivation.infinite


def test_a_number_for_given_components() -> None:
    at = "J=2, mu_1=0, mu_2=1, sigma_1=1, sigma_2=2"
    one = evaluate("KL(Normal(1, 2) || Normal(0, 1))")
    both = evaluate(STATEMENT, at=at)
    assert both.certified
    assert both.value == one.value


@pytest.mark.parametrize(
    ("at", "message"),
    [
        ("J=2, mu_1=0, mu_2=1, sigma_1=1", "no value is given for sigma_2"),
        ("mu_1=0", "no value is given for J"),
        ("J=1/2", "J is 1/2, outside its domain"),
        ("J=1, mu_1=0, sigma_1=-1", "sigma_1 is -1, outside its domain"),
        ("J=1000", "there is no value for J = 1000"),
    ],
)
def test_a_point_without_every_component_is_refused(at: str, message: str) -> None:
    with pytest.raises(KlsymError, match=message):
        evaluate(STATEMENT, at=at)


def test_a_number_of_components_given_as_a_number() -> None:
    statement = "KL(prod_{j=1}^{2} Normal(mu_j, sigma_j) || N(0, I))"
    written = "+".join(f"(mu_{k}^2 + sigma_{k}^2 - 1)/2 - log(sigma_{k})" for k in (1, 2))
    assert str(check(statement, written).verdict) == "proved"
    assert str(check(statement, written.replace("sigma_2^2", "sigma_2")).verdict) == "refuted"

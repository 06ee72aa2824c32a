"""Every slip is found where it was made, and nothing is shown that is not proved."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from klsym import check
from klsym.diagnoses import slips
from klsym.diagnoses.editing import spliced
from klsym.errors import Span

STANDARD = "KL(Normal(mu, sigma) || Normal(0, 1))"
MADE = json.loads((Path(__file__).parent.parent / "data" / "slips.json").read_text())
OF_CHAINS = {name for name, slip in slips().items() if slip.of_chains}
"""Slips of the derivation of which a formula is one line; they are made in documents."""


def _name(case: dict[str, Any]) -> str:
    return f"{case['slip']}: {case['formula']}"


@pytest.mark.parametrize("case", MADE, ids=_name)
def test_a_slip_that_was_made_is_named_first_and_its_repair_is_proved(
    case: dict[str, Any],
) -> None:
    statement, formula, let = case["statement"], case["formula"], case.get("let", ())
    found = check(statement, formula, let=let).diagnoses
    assert found[0].name == case["slip"]
    for diagnosis in found:
        if slips()[diagnosis.name].certified:
            continue  # such a repair cannot be written as a statement
        if diagnosis.amends == "statement":
            assert check(diagnosis.repair, formula, let=let).verdict == "proved"
        else:
            assert check(statement, diagnosis.repair, let=let).verdict == "proved"


@pytest.mark.parametrize("name", sorted(slips().keys() - OF_CHAINS))
def test_every_slip_is_made_here(name: str) -> None:
    assert name in {case["slip"] for case in MADE}


def test_a_proved_formula_has_no_diagnosis() -> None:
    assert check(STANDARD, "(mu^2 + sigma^2 - 1)/2 - log(sigma)").diagnoses == ()


def test_what_no_slip_explains_has_no_diagnosis() -> None:
    assert check(STANDARD, "exp(mu*sigma) + 17*mu^3").diagnoses == ()


def test_the_smallest_change_is_shown_first() -> None:
    (first, *_) = check("KL(Poisson(a) || Poisson(b))", "a*log(a/b) + b + a").diagnoses
    assert (first.name, first.repair) == ("sign", "a*log(a/b) + b - a")


def test_what_changed_in_the_author_s_own_text_is_marked() -> None:
    formula = r"\log \frac{b}{a}\, + \left( \frac{a}{b} - 1 \right)"
    (first, *_) = check("KL(Exponential(b) || Exponential(a))", formula.replace("-", "+")).diagnoses
    assert first.repair == formula
    (changed,) = first.changed
    assert spliced(first.repair, [(changed, "+")]) == formula.replace("-", "+")


def test_what_was_taken_out_is_marked_by_its_place() -> None:
    (first, *_) = check("KL(Poisson(a) || Poisson(b))", "a*log(a/b) + b - a + 1").diagnoses
    assert first.repair == "a*log(a/b) + b - a"
    assert first.changed == (Span(len(first.repair), len(first.repair)),)


def test_brackets_that_a_repair_needs_are_put_and_others_kept() -> None:
    result = check("KL(Normal(m, s) || Normal(0, s))", "(m)^2/2*s^2")
    assert result.diagnoses[0].repair == "(m)^2/(2*s^2)"


def test_a_formula_without_a_finite_value_does_not_stop_the_search() -> None:
    result = check("KL(Bernoulli(p) || Bernoulli(q))", "p*log(p/q) + (1 - p)*log((p - 1)/(1 - q))")
    assert result.diagnoses[0].repair == "p*log(p/q) + (1 - p)*log((1 - p)/(1 - q))"


@pytest.mark.parametrize(
    ("statement", "formula"),
    [
        ("MutualInformation(BivariateNormal(rho=r))", "-log(1 - r)/2"),
        ("KL(prod_j Exponential(a_j) || prod_j Exponential(b_j))", "sum(a_j, j, 1, J)"),
        ("KL(Categorical(p_1, p_2) || Categorical(q_1, q_2))", "p_1*log(p_1/q_1)"),
        ("H(1/2*Normal(-3, 1) + 1/2*Normal(3, 1))", "log(2)"),
    ],
)
def test_a_wrong_formula_is_searched_whatever_kind_of_distribution_it_is_of(
    statement: str, formula: str
) -> None:
    assert str(check(statement, formula).verdict) == "refuted"

"""Every slip is found where it was made, and nothing is shown that is not proved."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from klsym import check
from klsym.diagnoses import slips

STANDARD = "KL(Normal(mu, sigma) || Normal(0, 1))"
SLIPS = json.loads((Path(__file__).parent.parent / "data" / "slips.json").read_text())
MADE_IN_DOCUMENTS = {"missing-index", "stale-head", "truncated-integral"}
MADE = [(case["statement"], case["formula"], case["slip"]) for case in SLIPS]


@pytest.mark.parametrize(("statement", "formula", "slip"), MADE)
def test_a_slip_that_was_made_is_named(statement: str, formula: str, slip: str) -> None:
    names = [diagnosis.name for diagnosis in check(statement, formula).diagnoses]
    assert slip in names


@pytest.mark.parametrize(("statement", "formula", "slip"), MADE)
def test_a_repair_that_is_shown_is_proved(statement: str, formula: str, slip: str) -> None:
    for diagnosis in check(statement, formula).diagnoses:
        if diagnosis.amends == "statement":
            assert check(diagnosis.repair, formula).verdict == "proved"
        else:
            assert check(statement, diagnosis.repair).verdict == "proved"


def test_every_slip_is_made_here() -> None:
    assert {slip for _, _, slip in MADE} | MADE_IN_DOCUMENTS == set(slips())


def test_a_proved_formula_has_no_diagnosis() -> None:
    assert check(STANDARD, "(mu^2 + sigma^2 - 1)/2 - log(sigma)").diagnoses == ()


def test_what_no_slip_explains_has_no_diagnosis() -> None:
    assert check(STANDARD, "exp(mu*sigma) + 17*mu^3").diagnoses == ()

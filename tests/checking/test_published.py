"""Published formulas that were wrong, and false alarms that were right."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from klsym import check
from klsym.results import Checked

CASES = json.loads((Path(__file__).parent.parent / "data" / "known_errors.json").read_text())


def _name(case: dict[str, Any]) -> str:
    return f"{case['statement']} = {case['formula']}"


@cache
def _checked(statement: str, formula: str, *let: str) -> Checked:
    return check(statement, formula, let=let)


def _result(case: dict[str, Any]) -> Checked:
    return _checked(case["statement"], case["formula"], *case.get("let", ()))


@pytest.mark.parametrize("case", CASES, ids=_name)
def test_a_published_formula_has_its_known_verdict(case: dict[str, Any]) -> None:
    assert _result(case).verdict == case["verdict"]


@pytest.mark.parametrize("case", [c for c in CASES if "slip" in c], ids=_name)
def test_the_slip_of_a_published_formula_is_named(case: dict[str, Any]) -> None:
    assert _result(case).diagnoses[0].name == case["slip"]


@pytest.mark.parametrize("case", [c for c in CASES if "slip" in c], ids=_name)
def test_the_repair_of_a_published_formula_is_proved(case: dict[str, Any]) -> None:
    for diagnosis in _result(case).diagnoses:
        statement, formula = case["statement"], case["formula"]
        if diagnosis.amends == "statement":
            statement = diagnosis.repair
        else:
            formula = diagnosis.repair
        assert _checked(statement, formula, *case.get("let", ())).verdict == "proved"


def test_nine_of_ten_slips_in_published_formulas_are_named() -> None:
    wrong = [case for case in CASES if case["verdict"] == "refuted"]
    assert sum(bool(_result(case).diagnoses) for case in wrong) >= 0.9 * len(wrong)

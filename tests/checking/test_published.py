"""Published formulas that were wrong, and false alarms that were right."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from klsym import check

CASES = json.loads((Path(__file__).parent.parent / "data" / "known_errors.json").read_text())


def _name(case: dict[str, Any]) -> str:
    return f"{case['statement']} = {case['formula']}"


@pytest.mark.parametrize("case", CASES, ids=_name)
def test_a_published_formula_has_its_known_verdict(case: dict[str, Any]) -> None:
    result = check(case["statement"], case["formula"])
    assert result.verdict == case["verdict"]


@pytest.mark.parametrize("case", [c for c in CASES if "slip" in c], ids=_name)
def test_the_slip_of_a_published_formula_is_named(case: dict[str, Any]) -> None:
    result = check(case["statement"], case["formula"])
    assert case["slip"] in [diagnosis.name for diagnosis in result.diagnoses]


@pytest.mark.parametrize("case", [c for c in CASES if "slip" in c], ids=_name)
def test_the_repair_of_a_published_formula_is_proved(case: dict[str, Any]) -> None:
    for diagnosis in check(case["statement"], case["formula"]).diagnoses:
        statement, formula = case["statement"], case["formula"]
        if diagnosis.amends == "statement":
            statement = diagnosis.repair
        else:
            formula = diagnosis.repair
        assert check(statement, formula).verdict == "proved"

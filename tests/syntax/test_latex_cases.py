r"""Formulas as papers and posts print them, from ``tests/data/latex_cases.json``.

Classes a and b (scalars, special functions) are judged by numbers at two points, c to e by the
outline of their tree, f must be refused at its place.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import mpmath
import pytest
from outline import outline
from tree_value import tree_value

from klsym.errors import KlsymError
from klsym.syntax import Names, parse

CASES = json.loads((Path(__file__).parents[1] / "data" / "latex_cases.json").read_text("utf-8"))
CONSTANTS = frozenset({"pi", "e"})


def select(key: str) -> Any:
    chosen = [case for case in CASES if key in case]
    return pytest.mark.parametrize("case", chosen, ids=[case["id"] for case in chosen])


@select("points")
def test_a_printed_formula_has_the_value_its_author_meant(case: dict[str, Any]) -> None:
    for point in case["points"]:
        names = Names(scalars=frozenset(point["at"]))
        tree = parse(case["text"], names).tree
        with mpmath.workdps(30):
            at = {name: mpmath.mpf(value) for name, value in point["at"].items()}
            value = tree_value(tree, at)
            assert mpmath.almosteq(value, mpmath.mpf(point["value"]), rel_eps=1e-12, abs_eps=1e-12)


@select("outline")
def test_a_printed_statement_is_read_as_its_author_meant(case: dict[str, Any]) -> None:
    assert outline(parse(case["text"]).tree) == case["outline"]


@select("error")
def test_a_malformed_formula_is_refused_at_its_place(case: dict[str, Any]) -> None:
    with pytest.raises(KlsymError) as raised:
        parse(case["text"])
    assert (raised.value.name, raised.value.column) == (case["error"], case["column"])


def test_every_class_has_cases() -> None:
    assert {case["class"] for case in CASES} == set("abcdef")
    assert len(CASES) > 130

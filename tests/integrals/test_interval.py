"""Means over an interval, by an antiderivative that must be continuous inside it."""

from __future__ import annotations

import pytest

from klsym import derive


@pytest.mark.parametrize(
    "statement",
    [
        "E(Uniform(-1, 1), 1/x)",
        "E(Uniform(-1, 2), 1/x^2)",
        "E(Uniform(-1, 2), log(x))",
        "E(Uniform(-1, 2), sqrt(x))",
        "E(Uniform(-2, 1), log(1 + x))",
        "E(Uniform(a, b), 1/x)",
    ],
)
def test_no_antiderivative_is_taken_across_a_singularity(statement: str) -> None:
    derived = derive(statement)
    assert derived.closed_form is None or derived.derivation.infinite


@pytest.mark.parametrize(
    ("statement", "value"),
    [
        ("E(Uniform(1, 2), 1/x^2)", "1/2"),
        ("E(Uniform(0, 1), log(1 - x))", "-1"),
        ("E(Uniform(-1, 1), log(1 + x))", "log(2) - 1"),
        ("E(Uniform(0, b), sqrt(x))", "2*sqrt(b)/3"),
    ],
)
def test_a_singularity_at_an_end_does_no_harm(statement: str, value: str) -> None:
    assert str(derive(statement)) == value

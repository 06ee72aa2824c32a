"""The conditions of convergence that a mean is given with, as they are stated and settled."""

from __future__ import annotations

import pytest
from sympy import Expr

from klsym import derive
from klsym.domain import POSITIVE, REAL, Context
from klsym.integrals.conditions import less, positive, settle

CONTEXT = Context().declare("a", POSITIVE).declare("b", POSITIVE).declare("t", REAL)
A, B, T = CONTEXT.symbols


@pytest.mark.parametrize(
    ("statement", "condition"),
    [
        ("E(Exponential(1), exp(x + t*x))", "t < 0"),
        ("E(Exponential(1), exp(x - t*x))", "t > 0"),
        ("E(Normal(0, 1), exp(x^2/2 + t*x^2))", "t < 0"),
    ],
)
def test_a_mean_converges_on_the_side_its_rate_has_the_right_sign(
    statement: str, condition: str
) -> None:
    assert [str(c) for c in derive(statement, let=["t real"]).conditions] == [condition]


@pytest.mark.parametrize(
    ("left", "right", "printed"),
    [
        (1 - T, 0, "t > 1"),
        (T, 0, "t < 0"),
        (A + T, B + T, "a < b"),
        (T / 2 + 1, 3 * T / 2, "t > 1"),
        (T / A, B / A, "t < b"),
    ],
)
def test_an_open_condition_is_told_with_what_is_known_on_the_right(
    left: Expr, right: Expr, printed: str
) -> None:
    unsettled, failing = settle((less(left, right),), CONTEXT)
    assert ([str(c) for c in unsettled], failing) == ([printed], None)


def test_what_the_domains_tell_is_no_condition() -> None:
    assert settle((positive(A / B), less(-A, B)), CONTEXT) == ((), None)


def test_a_condition_that_fails_everywhere_is_named() -> None:
    assert settle((positive(T), positive(-A - B)), CONTEXT)[1] == "-a - b > 0"

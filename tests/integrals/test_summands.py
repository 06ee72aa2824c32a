"""A sum of divergences is infinite where one of them is, and none can outweigh it."""

from __future__ import annotations

import pytest
import sympy

from klsym import check, derive

INFINITE = "KL(Cauchy(a, b) || Normal(n, t))"


@pytest.mark.parametrize(
    "other",
    [
        "KL(Normal(m, s) || Normal(n, t))",
        "KL(Cauchy(a, b) || Laplace(n, t))",
        "KL(StudentT(c) || StudentT(d))",
        "2*TotalVariation(StudentT(c), StudentT(d))",
        "log(s) + H(Normal(m, s))",
        "-TotalVariation(StudentT(c), StudentT(d))",
    ],
)
def test_infinity_and_what_is_bounded_below_is_infinity(other: str) -> None:
    result = derive(f"{INFINITE} + {other}", let=["s positive"])
    assert result.closed_form is sympy.oo
    assert result.reason


@pytest.mark.parametrize(
    "statement",
    [
        f"{INFINITE} - KL(Cauchy(a, b) || Laplace(n, t))",
        f"c*{INFINITE}",
        f"{INFINITE} - KL(StudentT(c) || StudentT(d))",
    ],
)
def test_infinity_less_what_may_be_infinite_stays_open(statement: str) -> None:
    assert str(check(statement, "oo", let=["c real"]).verdict) == "undecided"

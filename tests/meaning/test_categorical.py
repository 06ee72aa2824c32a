"""Categorical distributions: divergences over numbered and over named outcomes."""

from __future__ import annotations

import pytest
import sympy

from klsym import KlsymError, check, derive

P, Q = "Categorical(a, b, c)", "Categorical(u, v, w)"
FORMULAS = {
    f"KL({P} || {Q})": "a*log(a/u) + b*log(b/v) + c*log(c/w)",
    f"H({P})": "-a*log(a) - b*log(b) - c*log(c)",
    f"Jeffreys({P}, {Q})": "(a - u)*log(a/u) + (b - v)*log(b/v) + (c - w)*log(c/w)",
    f"Renyi({P}, {Q}, order=2)": "log(a**2/u + b**2/v + c**2/w)",
    f"ChiSquare({P}, {Q})": "(a - u)**2/u + (b - v)**2/v + (c - w)**2/w",
    "KL(Categorical(x=p, y=1 - p) || Categorical(y=q, x=1 - q))": (
        "p*log(p/(1 - q)) + (1 - p)*log((1 - p)/q)"
    ),
    "KL(Categorical(1/2, 0, 1/2) || Categorical(1/4, 1/2, 1/4))": "log(2)",
    "KL(Categorical(1/2, 1/2) || Categorical(1/4, 1/4, 1/2))": "log(2)",
    "H(Categorical(p, p, p, p))": "log(4)",
}
INFINITE = {
    "Categorical(1/2, 1/4, 1/4) || Categorical(1/2, 0, 1/2)": "x = 2",
    "Categorical(a=1/2, b=1/2) || Categorical(b=1/2, c=1/2)": "x < 2",
    "Categorical(a=1/3, b=1/3, c=1/3) || Categorical(a=1/2, c=1/2)": "x = 2",
}


@pytest.mark.parametrize(("statement", "formula"), FORMULAS.items(), ids=FORMULAS)
def test_a_categorical_divergence_is_the_sum_over_outcomes(statement: str, formula: str) -> None:
    assert check(statement, formula).verdict == "proved"


def test_the_sum_of_the_probabilities_is_an_assumption_told() -> None:
    assert "a + b + c = 1" in derive(f"H({P})").assumptions


@pytest.mark.parametrize(("pair", "place"), INFINITE.items(), ids=INFINITE)
def test_an_outcome_that_q_lacks_makes_it_infinite(pair: str, place: str) -> None:
    result = derive(f"KL({pair})")
    assert result.closed_form == sympy.oo
    assert place in str(result.reason)


@pytest.mark.parametrize(
    ("law", "message"),
    {
        "Categorical(1/2, 1/3)": "sum to 5/6",
        "Categorical(-1/2, 3/2)": "between 0 and 1",
        "Categorical(1/2, b=1/2)": "all named or all numbered",
        "Categorical()": "all named or all numbered",
    }.items(),
)
def test_what_is_no_distribution_is_refused(law: str, message: str) -> None:
    with pytest.raises(KlsymError) as caught:
        derive(f"H({law})")
    assert message in caught.value.message
    assert caught.value.help

"""Inequalities: proved by what holds for all distributions, a sign or a minimum; else refuted."""

from __future__ import annotations

from typing import Any

import pytest

from klsym import KlsymError, check, replay

PROVED: dict[str, tuple[str, str, list[str]]] = {
    "Gibbs": ("KL(Normal(m, s) || Laplace(n, b))", ">= 0", []),
    "Gibbs without a closed form": ("KL(StudentT(a) || StudentT(b))", ">= 0", []),
    "cross-entropy": ("H(Normal(m, s), Normal(n, t))", ">= H(Normal(m, s))", []),
    "a bound from above": ("TotalVariation(Normal(m, s), Normal(n, t))", "<= 1", []),
    "half of a sum": ("KL(Poisson(a) || Poisson(b))", "<= Jeffreys(Poisson(a), Poisson(b))", []),
    "a bound of a closed form": ("KL(Poisson(a) || Poisson(b))", "<= (a - b)^2/b", []),
    "a minimum": ("log(x) <= x - 1", "", ["x positive"]),
    "a convex minimum": ("exp(x) >= 1 + x", "", ["x real"]),
    "a square": (r"\sqrt{ab} \leq \frac{a+b}{2}", "", ["a, b positive"]),
}
REFUTED = {
    "strict, where both are equal": ("KL(Normal(m, s) || Normal(n, t))", "> 0", []),
    "a negative entropy": ("H(Normal(m, s))", ">= 0", []),
    "infinity": ("KL(Cauchy(m, s) || Normal(n, t))", "<= 5", []),
    "a line below a logarithm": ("log(x) <= x - 2", "", ["x positive"]),
    "a number that is too large": ("KL(Poisson(a) || Poisson(b))", ">= 1/100", []),
}
OPEN = {
    "a part that may have no value": ("log(x) - log(x) <= 0", "", ["x real"]),
    "a difference of infinities": (
        "KL(Cauchy(m, s) || Normal(0, 1)) - KL(Cauchy(m, s) || Normal(0, 1))",
        ">= 0",
        [],
    ),
}


@pytest.mark.parametrize("name", PROVED)
def test_an_inequality_is_proved_and_its_evidence_holds(name: str) -> None:
    result = _checked(PROVED[name])
    assert str(result.verdict) == "proved"
    assert replay(result.evidence).exit_code == 0


@pytest.mark.parametrize("name", REFUTED)
def test_an_inequality_is_refuted_and_its_evidence_holds(name: str) -> None:
    result = _checked(REFUTED[name])
    assert str(result.verdict) == "refuted"
    assert replay(result.evidence).exit_code == 0


@pytest.mark.parametrize("name", OPEN)
def test_an_inequality_without_values_is_not_proved(name: str) -> None:
    assert str(_checked(OPEN[name]).verdict) not in ("proved", "refuted")


def _checked(case: tuple[str, str, list[str]]) -> Any:
    statement, formula, let = case
    return check(statement, formula or None, let=let)


def test_a_turned_relation_in_evidence_does_not_hold() -> None:
    evidence = check("log(x) <= x - 1", let=["x positive"]).evidence
    evidence["claims"][0]["question"]["relation"] = ">="
    assert replay(evidence).exit_code == 1


def test_a_statement_alone_has_to_be_a_relation() -> None:
    with pytest.raises(KlsymError) as caught:
        check("log(x)", let=["x positive"])
    assert caught.value.name == "formula"

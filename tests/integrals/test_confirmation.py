"""A step that the numbers contradict is found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from klsym import check, derive
from klsym.integrals.confirmation import Contradiction, contradicted_step
from klsym.results import Derived
from klsym.verdict import Verdict

STATEMENTS = [
    "KL(Normal(m, s) || Laplace(n, b))",
    "Jeffreys(Poisson(a), Poisson(b))",
    "H(Gamma(k, rate=b))",
]


@pytest.mark.parametrize("statement", STATEMENTS)
def test_no_step_of_a_derivation_is_contradicted(statement: str) -> None:
    assert contradicted_step(derive(statement).derivation) is None


def wrong_in_the_last_step(result: Derived) -> Derived:
    derivation = result.derivation
    *before, last = derivation.steps
    wrong = replace(last, after=last.after + 1)
    return replace(result, derivation=replace(derivation, steps=(*before, wrong)))


@pytest.mark.parametrize("statement", STATEMENTS)
def test_a_wrong_step_is_contradicted(statement: str) -> None:
    derivation = wrong_in_the_last_step(derive(statement)).derivation
    assert contradicted_step(derivation) == derivation.steps[-1]


@pytest.mark.parametrize("show", [str, Derived.to_dict, Derived.to_latex, Derived.to_markdown])
def test_a_derivation_with_a_wrong_step_is_not_shown(show: Callable[[Derived], object]) -> None:
    with pytest.raises(Contradiction, match="numbers contradict the step collection"):
        show(wrong_in_the_last_step(derive(STATEMENTS[2])))


def test_a_closed_form_is_at_hand_before_any_quadrature(monkeypatch: pytest.MonkeyPatch) -> None:
    def quadrature(*arguments: object) -> None:
        raise AssertionError(arguments)

    monkeypatch.setattr("klsym.integrals.confirmation.enclose", quadrature)
    monkeypatch.setattr("klsym.integrals.confirmation.confirm", quadrature)
    assert derive(STATEMENTS[0]).closed_form is not None
    assert check(STATEMENTS[0], "0").verdict is Verdict.REFUTED

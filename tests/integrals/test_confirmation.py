"""A step that the numbers contradict is found."""

from __future__ import annotations

from dataclasses import replace

import pytest

from klsym import derive
from klsym.integrals.confirmation import contradicted_step

STATEMENTS = [
    "KL(Normal(m, s) || Laplace(n, b))",
    "Jeffreys(Poisson(a), Poisson(b))",
    "H(Gamma(k, rate=b))",
]


@pytest.mark.parametrize("statement", STATEMENTS)
def test_no_step_of_a_derivation_is_contradicted(statement: str) -> None:
    assert contradicted_step(derive(statement).derivation) is None


@pytest.mark.parametrize("statement", STATEMENTS)
def test_a_wrong_step_is_contradicted(statement: str) -> None:
    derivation = derive(statement).derivation
    *before, last = derivation.steps
    wrong = replace(last, after=last.after + 1)
    assert contradicted_step(replace(derivation, steps=(*before, wrong))) == wrong

"""Continuous families: published divergences from the family and from the bare densities."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import sympy

from klsym.derivation import Derivation
from klsym.deriving import request_of
from klsym.equality.prove import prove
from klsym.integrals.engine import derive_closed_form
from klsym.verdict import Proof
from klsym.writing.plain import plain

CASES = json.loads((Path(__file__).parent.parent / "data" / "continuous.json").read_text())
FINITE = [case for case in CASES if "formula" in case]
LONGEST = sympy.Rational(5, 4)
"""A closed form has at most this many times the operations of the published one."""

INFINITE = {
    "Cauchy(x, g) || Normal(m, s)": "diverges",
    "Cauchy(x, g) || Gumbel(m, s)": "diverges",
    "HalfCauchy(g) || HalfNormal(s)": "diverges",
    "Levy(c) || Gamma(a, rate=b)": "diverges",
    "Pareto(m, 1/2) || Exponential(b)": "diverges",
    "StudentT(2) || Normal(0, s)": "diverges",
    "InverseGamma(1, scale=b) || Gamma(c, rate=d)": "diverges",
    "Beta(a, b) || Pareto(m, c)": "x < m",
    "Gamma(a, rate=b) || Pareto(m, c)": "x < m",
}


def _name(case: dict[str, Any]) -> str:
    return str(case["statement"])


def _derived(
    statement: str, formula: str = "", let: Sequence[str] = (), assume: Sequence[str] = ()
) -> tuple[Derivation, Any]:
    """The derivation of a statement, and the formula it is to be compared with."""
    request = request_of(statement, (formula,) if formula else (), let, assume, False)
    derivation = derive_closed_form(request.statement, request.scope.context)
    return derivation, request.formulas[0].readings[0].expr if formula else None


def _proved(derivation: Derivation, formula: Any) -> bool:
    context = derivation.context.assume(*derivation.conditions)
    return isinstance(prove(derivation.closed_form, formula, context), Proof)


def _bare(case: dict[str, Any]) -> list[str]:
    return [f"p(x) = {case['p']}", f"q(x) = {case['q']}", *case["let"]]


@pytest.mark.parametrize("case", FINITE, ids=_name)
def test_a_divergence_of_continuous_families_is_the_published_one(case: dict[str, Any]) -> None:
    assume = [*case.get("assume", []), *case.get("part", [])]
    derivation, published = _derived(case["statement"], case["formula"], assume=assume)
    assert _proved(derivation, published)
    assert bool(derivation.conditions) == ("finite" in case)
    assert sympy.count_ops(derivation.closed_form) <= LONGEST * sympy.count_ops(published)


@pytest.mark.parametrize("case", FINITE, ids=_name)
def test_bare_densities_give_the_same_as_the_families(case: dict[str, Any]) -> None:
    assume = [*case.get("assume", []), *case.get("part", []), *case.get("finite", [])]
    derivation, published = _derived("KL(p || q)", case["formula"], _bare(case), assume)
    assert _proved(derivation, published)
    assert derivation.conditions == ()


@pytest.mark.parametrize("case", [c for c in CASES if "infinite" in c], ids=_name)
def test_an_infinite_divergence_is_infinite_from_family_and_density(case: dict[str, Any]) -> None:
    from_family, _ = _derived(case["statement"], assume=case["assume"])
    from_density, _ = _derived("KL(p || q)", let=_bare(case), assume=case["assume"])
    assert from_family.closed_form == from_density.closed_form == sympy.oo
    assert from_family.reason


@pytest.mark.parametrize(("pair", "place"), INFINITE.items(), ids=INFINITE)
def test_the_reason_says_where_it_is_infinite(pair: str, place: str) -> None:
    result, _ = _derived(f"KL({pair})")
    assert result.closed_form == sympy.oo
    assert place in str(result.reason)


@pytest.mark.parametrize(
    ("pair", "condition"),
    {
        "Gamma(a, rate=b) || InverseGamma(c, scale=d)": "a > 1",
        "Logistic(m, s) || Gumbel(n, t)": "s < t",
        "Laplace(m, s) || Gumbel(n, t)": "s < t",
        "Weibull(k, l) || Frechet(a, s)": "a < k",
        "StudentT(nu) || Normal(m, s)": "nu > 2",
        "Pareto(m, a) || Normal(n, s)": "a > 2",
        "Pareto(m, a) || Pareto(n, b)": "n <= m",
    }.items(),
)
def test_a_divergence_is_finite_under_its_condition(pair: str, condition: str) -> None:
    derivation, _ = _derived(f"KL({pair})")
    assert [plain(c) for c in derivation.conditions] == [condition]


def test_what_has_no_closed_form_is_left_open() -> None:
    for pair in ("StudentT(a) || StudentT(b)", "Logistic(m, s) || Logistic(m, t)"):
        result, _ = _derived(f"KL({pair})")
        assert result.closed_form is None
        assert result.reason

"""Discrete families: published divergences from the family and from the bare density."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest
import sympy

from klsym import check, derive
from klsym.writing.plain import plain

CASES = json.loads((Path(__file__).parent.parent / "data" / "discrete.json").read_text())
INFINITE = [
    ("Poisson(a)", "Bernoulli(t)", "x > 1"),
    ("Poisson(a)", "Binomial(n, t)", "x > n"),
    ("Geometric(s)", "Binomial(n, t)", "x > n"),
    ("Poisson(a)", "ZeroTruncatedPoisson(b)", "x < 1"),
    ("Binomial(5, s)", "Binomial(3, t)", "x > 3"),
    ("Poisson(a)", "Exponential(b)", "discrete"),
]
VALUE = sum(
    math.exp(k * math.log(2) - 2 - math.lgamma(k + 1))
    * (k * math.log(2) - 2 - math.lgamma(k + 1) - math.log(1 / 3) - k * math.log(2 / 3))
    for k in range(60)
)
OPEN = [
    ("Poisson(a)", "Geometric(t)"),
    ("Geometric(s)", "Poisson(b)"),
    ("Binomial(n, s)", "Poisson(b)"),
    ("NegativeBinomial(r, s)", "NegativeBinomial(k, t)"),
]
MEANS = {
    "Binomial(n, c)": "n*c",
    "NegativeBinomial(r, c)": "r*(1 - c)/c",
    "NegativeBinomial(r, mean=m)": "m",
    "NegativeBinomial(r, failure=c)": "r*c/(1 - c)",
    "NegativeBinomial(dispersion=d, mean=m)": "m",
    "GeometricTrials(c)": "1/c",
    "LogSeries(c)": "-c/((1 - c)*log(1 - c))",
    "ZeroTruncatedPoisson(a)": "a/(1 - exp(-a))",
    "Borel(c)": "1/(1 - c)",
    "DiscreteUniform(a, b)": "(a + b)/2",
}
VARIANCES = {
    "Binomial(n, c)": "n*c*(1 - c)",
    "NegativeBinomial(r, c)": "r*(1 - c)/c^2",
    "NegativeBinomial(dispersion=d, mean=m)": "m + d*m^2",
    "GeometricTrials(c)": "(1 - c)/c^2",
    "Borel(c)": "c/(1 - c)^3",
    "DiscreteUniform(a, b)": "((b - a + 1)^2 - 1)/12",
}


def _name(case: dict[str, Any]) -> str:
    return f"{case['p']} || {case['q']}"


@pytest.mark.parametrize("case", CASES, ids=_name)
def test_a_divergence_of_discrete_families_is_the_published_one(case: dict[str, Any]) -> None:
    result = check(f"KL({case['p']} || {case['q']})", case["formula"])
    assert result.verdict == "proved"
    assert [plain(c) for c in result.conditions] == case.get("conditions", [])


@pytest.mark.parametrize("case", [c for c in CASES if "densities" in c], ids=_name)
def test_a_bare_mass_function_gives_the_same_as_the_family(case: dict[str, Any]) -> None:
    let = [f"{letter}(x) = {text}" for letter, text in zip("pq", case["densities"], strict=True)]
    let += [f"{case['units']} unit"] if "units" in case else []
    assert check("KL(p || q)", case["formula"], let=let).verdict == "proved"


@pytest.mark.parametrize("case", CASES, ids=_name)
def test_the_formula_with_one_more_is_refuted(case: dict[str, Any]) -> None:
    assert check(f"KL({case['p']} || {case['q']})", f"{case['formula']} + 1").verdict == "refuted"


@pytest.mark.parametrize("law", sorted({case["p"] for case in CASES} | {"Zeta(s)"}))
def test_the_divergence_of_a_discrete_law_from_itself_is_zero(law: str) -> None:
    assert derive(f"KL({law} || {law})").closed_form == 0


@pytest.mark.parametrize(("p", "q", "place"), INFINITE)
def test_an_infinite_divergence_names_the_place(p: str, q: str, place: str) -> None:
    result = derive(f"KL({p} || {q})")
    assert result.closed_form == sympy.oo
    assert place in str(result.reason)


@pytest.mark.parametrize(("p", "q"), OPEN)
def test_a_mean_of_a_log_factorial_is_left_open(p: str, q: str) -> None:
    result = derive(f"KL({p} || {q})")
    assert result.closed_form is None
    assert str(result.reason).startswith("no closed form found")
    assert result.steps[-1].rule not in ("definition", "densities")


def test_what_is_left_open_has_a_certified_number_at_numbers() -> None:
    result = derive("KL(Poisson(2) || Geometric(1/3))", digits=10)
    assert result.to_dict()["value"] == result.value
    # sum of p(k)*log(p(k)/q(k)) over k < 60, in floats
    assert abs(float(str(result.value)) - VALUE) < 1e-9


@pytest.mark.parametrize(("law", "mean"), MEANS.items())
def test_a_discrete_family_has_its_mean(law: str, mean: str) -> None:
    assert check(f"E({law}, x)", mean).verdict == "proved"


@pytest.mark.parametrize(("law", "variance"), VARIANCES.items())
def test_a_discrete_family_has_its_variance(law: str, variance: str) -> None:
    assert check(f"Var({law}, x)", variance).verdict == "proved"


def test_a_zeta_mean_is_finite_for_an_exponent_above_two() -> None:
    result = derive("E(Zeta(s), x)")
    assert [plain(c) for c in result.conditions] in (["s > 2"], ["s - 2 > 0"])


def test_binomials_of_few_trials_are_summed() -> None:
    result = derive("KL(Binomial(2, a) || Binomial(3, b))")
    assert result.closed_form is not None
    assert result.confirmation is not None


def test_a_negative_binomial_may_count_whole_failures() -> None:
    statement = "KL(NegativeBinomial(n, c) || NegativeBinomial(n, d))"
    formula = "n*log(c/d) + n*(1 - c)/c*log((1 - c)/(1 - d))"
    assert check(statement, formula, let=["n natural"]).verdict == "proved"

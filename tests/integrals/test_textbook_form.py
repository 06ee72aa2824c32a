"""Closed forms and derivations of all published entries read like a textbook's."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import sympy

from klsym.derivation import Derivation
from klsym.deriving import derivation_of, request_of
from klsym.writing.latex import latex
from klsym.writing.plain import plain

DATA = Path(__file__).parent.parent / "data"
LONGEST = sympy.Rational(5, 4)
"""A closed form has at most this many times the operations of the published one."""
MOST_STEPS = 12


def _entries() -> list[dict[str, Any]]:
    found = []
    for name in ("continuous", "discrete", "divergences"):
        for case in json.loads((DATA / f"{name}.json").read_text()):
            statement = case.get("statement") or f"KL({case['p']} || {case['q']})"
            found.append(case | {"statement": statement})
    return [case for case in found if "formula" in case]


ENTRIES = _entries()


def _derived(case: dict[str, Any]) -> tuple[Derivation, Any]:
    assume = [*case.get("assume", []), *case.get("part", [])]
    let = [] if "p" in case else case.get("let", [])
    request = request_of(case["statement"], (case["formula"],), let, assume, False)
    derivation = derivation_of(request.statement, request.scope.context)
    return derivation, request.formulas[0].readings[0].expr


@pytest.mark.parametrize("case", ENTRIES, ids=lambda case: str(case["statement"]))
def test_a_closed_form_is_hardly_longer_than_the_published_one(case: dict[str, Any]) -> None:
    derivation, published = _derived(case)
    assert sympy.count_ops(derivation.closed_form) <= LONGEST * sympy.count_ops(published)


@pytest.mark.parametrize("case", ENTRIES, ids=lambda case: str(case["statement"]))
def test_a_derivation_has_about_a_dozen_steps_at_most(case: dict[str, Any]) -> None:
    derivation, _ = _derived(case)
    assert 0 < len(derivation.steps) <= MOST_STEPS
    assert all(step.reason for step in derivation.steps)


@pytest.mark.parametrize(
    ("statement", "printed"),
    [
        (
            "KL(Logistic(mu, s) || Laplace(m, b))",
            "log(2*b/s) + (2*s*log(exp((mu - m)/s) + 1) + m - mu)/b - 2",
        ),
        (
            "Hellinger2(Beta(a, b), Beta(c, d))",
            "1 - beta((a + c)/2, (b + d)/2)/sqrt(beta(a, b)*beta(c, d))",
        ),
        (
            "Jeffreys(Gamma(k, rate=a), Gamma(l, rate=b))",
            "(k - l)*(log(b/a) + digamma(k) - digamma(l)) + a*l/b - k - l + b*k/a",
        ),
        (
            "KL(InverseGaussian(mu, l) || InverseGaussian(m, k))",
            "log(l/k)/2 + k/(2*l) + k*(m - mu)**2/(2*m**2*mu) - 1/2",
        ),
        (
            "ChiSquare(Normal(mu, s), Normal(m, t))",
            "t**2*exp((m - mu)**2/(2*t**2 - s**2))/(s*sqrt(2*t**2 - s**2)) - 1",
        ),
        (
            "Renyi(Exponential(a), Exponential(b), order=r)",
            "log(a/b) + log(a/(b + r*(a - b)))/(r - 1)",
        ),
        ("Hellinger2(Poisson(l), Poisson(m))", "1 - exp(-(sqrt(l) - sqrt(m))**2/2)"),
        ("Jeffreys(Rayleigh(s), Rayleigh(t))", "(s/t - t/s)**2"),
        ("H(Triangular(a, b, c))", "log((b - a)/2) + 1/2"),
        ("H(Bernoulli(p))", "-p*log(p) - (1 - p)*log(1 - p)"),
        ("E(Binomial(n, p), 2**x)", "(p + 1)**n"),
        (
            "ChiSquare(Gamma(k, rate=a), Gamma(l, rate=a))",
            "gamma(l)*gamma(2*k - l)/gamma(k)**2 - 1",
        ),
        ("KL(Rayleigh(s) || HalfNormal(t))", "log(t/s) + s**2/t**2 + log(pi)/2 - EulerGamma/2 - 1"),
    ],
)
def test_a_closed_form_is_the_one_a_textbook_prints(statement: str, printed: str) -> None:
    request = request_of(statement, (), (), (), False)
    derivation = derivation_of(request.statement, request.scope.context)
    assert plain(derivation.closed_form) == printed


@pytest.mark.parametrize(
    ("statement", "conditions"),
    [
        ("ChiSquare(Normal(mu, s), Normal(m, t))", ["s**2 < 2*t**2"]),
        ("Wasserstein2Squared(Pareto(1, a), Pareto(1, b))", ["a > 2", "b > 2"]),
        ("E(Geometric(p), 2**x)", ["p > 1/2"]),
    ],
)
def test_a_condition_is_one_on_positive_terms(statement: str, conditions: list[str]) -> None:
    request = request_of(statement, (), (), (), False)
    derivation = derivation_of(request.statement, request.scope.context)
    assert [plain(condition) for condition in derivation.conditions] == conditions


def test_a_sum_within_a_fraction_keeps_its_sign_in_latex() -> None:
    a, b = sympy.symbols("a b", positive=True)
    assert latex(sympy.log(a) - (a / 2 + b / 2) * sympy.log(b)) == (
        r"\log(a) - \frac{\left(a + b\right) \log(b)}{2}"
    )


def test_logs_whose_quotient_has_long_numerals_stand_apart() -> None:
    lets = ["p(x, y) = x + y on (0, 1) x (0, 1)"]
    request = request_of("MutualInformation(p)", (), lets, (), False)
    derivation = derivation_of(request.statement, request.scope.context)
    assert plain(derivation.closed_form) == "10*log(2)/3 - 9*log(3)/4 + 1/6"

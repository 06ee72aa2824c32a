"""Mutants of true formulas are refuted, true rewritings are proved.

The mutants are what the slips make of a true formula: a sign turned, a factor doubled, a constant
added, a letter squared.  Where one is true by accident it is proved, and numbers that share
nothing with the prover must agree.
"""

from __future__ import annotations

from functools import cache
from itertools import islice
from typing import Any

import pytest
import sympy

from klsym import check
from klsym.diagnoses import slips
from klsym.diagnoses.slip import Claim
from klsym.equality.decide import decide
from klsym.meaning import read, read_formula
from klsym.results import Checked
from klsym.verdict import Verdict

TRUE = [
    ("KL(Normal(m, s) || Normal(n, t))", "log(t/s) + (s**2 + (m - n)**2)/(2*t**2) - 1/2"),
    ("KL(Normal(m, s) || Normal(n, t))", r"\ln\frac{t}{s}+\frac{s^2+(m-n)^2}{2t^2}-\frac12"),
    ("KL(Exponential(a) || Exponential(b))", "log(a) - log(b) + b/a - 1"),
    (
        "KL(Gamma(a, rate=b) || Gamma(c, rate=d))",
        "(a-c)*digamma(a) - loggamma(a) + loggamma(c) + c*(log(b) - log(d)) + a*(d-b)/b",
    ),
    ("KL(Laplace(m, b) || Laplace(n, c))", "log(c/b) + (b*exp(-|m-n|/b) + |m-n|)/c - 1"),
    ("KL(Bernoulli(p) || Bernoulli(q))", "p*log(p/q) + (1-p)*log((1-p)/(1-q))"),
    ("KL(Poisson(a) || Poisson(b))", "a*log(a/b) + b - a"),
    ("KL(Geometric(p) || Geometric(q))", "log(p/q) + (1-p)/p*log((1-p)/(1-q))"),
    ("KL(LogNormal(m, s) || LogNormal(n, t))", "log(t/s) + (s**2 + (m - n)**2)/(2*t**2) - 1/2"),
    (
        "KL(Laplace(m, b) || Normal(n, s))",
        "-log(2*b**2/(pi*s**2))/2 - 1 + b**2/s**2 + (m-n)**2/(2*s**2)",
    ),
    ("H(Gamma(k, rate=b))", "k - log(b) + loggamma(k) + (1 - k)*digamma(k)"),
]
STRIDE = 7
"""Of the amendments a slip makes, one in so many is taken as a mutant."""


@cache
def _true(statement: str, formula: str) -> Checked:
    return check(statement, formula)


@cache
def _mutants(statement: str, formula: str) -> list[str]:
    request = read(statement, [formula])
    reading = request.formulas[0].readings[0]
    claim = Claim(
        statement,
        request.tree,
        formula,
        reading.tree,
        reading.expr,
        _true(statement, formula).closed_form,
        request.scope,
        request.scope.context,
    )
    kinds = [slip for slip in slips().values() if slip.amends == "formula"]
    return [a.text for slip in kinds for a in islice(slip.amendments(claim), 0, None, STRIDE)]


@pytest.mark.parametrize(("statement", "formula"), TRUE)
def test_a_true_formula_is_proved(statement: str, formula: str) -> None:
    assert _true(statement, formula).verdict is Verdict.PROVED


@pytest.mark.parametrize(("statement", "formula"), TRUE)
def test_mutants_are_refuted_unless_they_are_true_by_accident(statement: str, formula: str) -> None:
    mutants = _mutants(statement, formula)
    assert len(mutants) >= 10
    scope = read(statement, [formula]).scope
    for mutant in mutants:
        value = read_formula(mutant, scope).value
        found = decide(_true(statement, formula).closed_form, value, scope.context).verdict
        expected = Verdict.PROVED if _agrees(statement, formula, mutant) else Verdict.REFUTED
        assert found is expected, mutant


def _agrees(statement: str, formula: str, mutant: str) -> bool:
    """Whether the two have the same digits at three points, by another way than the verdict's."""
    scope = read(statement, [formula]).scope
    values = [read_formula(text, scope).readings[0].expr for text in (formula, mutant)]
    points = list(islice(scope.context.points(seed=11), 3))
    return all(_same(*(value.subs(point).evalf(30) for value in values)) for point in points)


def _same(left: Any, right: Any) -> bool:
    if not (left.is_comparable and right.is_comparable):
        return False
    return bool(abs(left - right) <= sympy.Float(10) ** -20 * (1 + abs(left)))


REWRITINGS = [
    lambda e: sympy.expand(e),
    lambda e: sympy.expand_log(e, force=True),
    lambda e: sympy.together(e),
    lambda e: sympy.logcombine(e, force=True),
    lambda e: sympy.factor_terms(e),
]


@pytest.mark.parametrize(("statement", "formula"), TRUE)
@pytest.mark.parametrize("rewriting", REWRITINGS)
def test_a_true_rewriting_is_proved(statement: str, formula: str, rewriting: Any) -> None:
    from klsym.writing.plain import plain

    value = read(statement, [formula]).formulas[0].readings[0].expr
    assert check(statement, plain(rewriting(value))).verdict is Verdict.PROVED

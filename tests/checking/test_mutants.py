"""Mutants of true formulas are refuted, true rewritings are proved.

The mutants are what the slips make of a true formula: a sign turned, a factor doubled, a constant
added, a letter squared.  Where one is true by accident it is proved, and numbers that share
nothing with the prover must agree.
"""

from __future__ import annotations

import random
from functools import cache
from itertools import islice
from typing import Any

import mutation
import pytest
import sympy
from mutation import mutants, same_number
from published import published

from klsym import check
from klsym.deriving import derivation_of, request_of
from klsym.diagnoses import slips
from klsym.diagnoses.editing import Edit, texts
from klsym.diagnoses.slip import Claim
from klsym.diagnoses.values import same
from klsym.equality.decide import decide
from klsym.errors import KlsymError
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
MORE = [
    ("KL(Rayleigh(s) || Rayleigh(t))", "2*log(t/s) + s^2/t^2 - 1"),
    ("KL(Pareto(m, a) || Pareto(m, b))", "log(a/b) + b/a - 1"),
    ("H(Beta(a, b))", "logbeta(a,b)-(a-1)*psi(a)-(b-1)*psi(b)+(a+b-2)*psi(a+b)"),
    ("H(Weibull(k, l))", r"\gamma\left(1-\frac1k\right)+\ln\frac{l}{k}+1"),
    ("H(Logistic(m, s))", r"\log s + 2"),
    (
        "KL(InverseGamma(a, scale=b) || InverseGamma(a, scale=c))",
        r"a\log\frac{b}{c} + a\frac{c-b}{b}",
    ),
    ("Hellinger2(Exponential(a), Exponential(b))", r"1 - \frac{2\sqrt{a b}}{a + b}"),
    ("H(Normal(mu, sigma))", r"\frac{1}{2}\log(2\pi e \sigma^2)"),
    ("E(Gamma(k, rate=b), x^2)", r"\frac{k(k+1)}{b^2}"),
]
"""True formulas in whose mutants, too, the slip is to be found."""
EACH = 3
"""So many amendments of each slip are taken as mutants."""
DIAGNOSED = 3
"""Of the mutants of a formula so many are diagnosed; all but one at most are named."""


@cache
def _true(statement: str, formula: str) -> Checked:
    return check(statement, formula)


@cache
def _mutants(statement: str, formula: str, seed: int = 0) -> list[str]:
    """What each slip would make of a true formula, some of it."""
    request = read(statement, [formula])
    reading = request.formulas[0].readings[0]
    context = request.scope.context
    derivation = _true(statement, formula).derivation
    closed = None if derivation is None else derivation.closed_form
    claim = Claim(
        statement, request.tree, formula, reading.tree, reading.expr, closed, request.scope, context
    )
    rng, found = random.Random(seed), []
    for slip in slips().values():
        if slip.amends == "formula":
            amendments = [a for a in slip.amendments(claim) if len(a.edits) == 1]
            for amendment in rng.sample(amendments, min(EACH, len(amendments))):
                found += _written(claim, amendment.edits)
    rng.shuffle(found)
    # That an absolute value may be left out would need a proof of a sign.
    return [text for text in dict.fromkeys(found) if _bars(text) == _bars(formula)]


def _bars(text: str) -> int:
    return text.count("abs") + text.count("|")


def _written(claim: Claim, edits: tuple[Edit, ...]) -> list[str]:
    """An amended formula as text; nothing where it cannot be read."""
    wanted = claim.values.of(claim.edited(edits))
    for text in texts(claim.formula, claim.formula_tree, edits, latex=claim.is_latex):
        try:
            tree = read_formula(text, claim.scope).readings[0].tree
        except KlsymError:
            continue
        if same(claim.values.of(tree), wanted):
            return [text]
    return []


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


@pytest.mark.parametrize(("statement", "formula"), TRUE + MORE)
def test_the_slip_of_a_mutant_is_named_and_its_repair_is_proved(
    statement: str, formula: str
) -> None:
    tried = named = 0
    for mutant in _mutants(statement, formula):
        result = check(statement, mutant)
        if result.verdict is not Verdict.REFUTED:
            continue
        tried += 1
        for first in result.diagnoses[:1]:
            by_statement = first.amends == "statement"
            repaired = (first.repair, mutant) if by_statement else (statement, first.repair)
            assert check(*repaired).verdict is Verdict.PROVED, mutant
            named += 1
        if tried == DIAGNOSED:
            break
    assert named >= DIAGNOSED - 1


def _agrees(statement: str, formula: str, mutant: str) -> bool:
    """Whether the two have the same digits at three points, by another way than the verdict's."""
    scope = read(statement, [formula]).scope
    values = [read_formula(text, scope).readings[0].expr for text in (formula, mutant)]
    points = list(islice(scope.context.points(seed=11), 12))
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


PUBLISHED = list(published())
STEP = 6
SAMPLE = 3
"""Of the mutants and rewritings that benchmarks/mutants.py tries, so many are tried here."""


@pytest.mark.parametrize("number", range(0, len(PUBLISHED), STEP))
def test_of_published_formulas_mutants_are_refuted_and_rewritings_proved(number: int) -> None:
    entry = PUBLISHED[number]
    request = request_of(entry.statement, (entry.formula,), entry.let, entry.assume, False)
    derivation = derivation_of(request.statement, request.scope.context)
    context = derivation.context.assume(*derivation.conditions)
    value, closed = request.formulas[0].readings[0].expr, derivation.closed_form
    chance = random.Random(number)
    others = mutants(value, SAMPLE, number)
    others += [mutation.REWRITINGS[name](value) for name in chance.sample(NAMES, SAMPLE)]
    for other in others:
        if other.has(sympy.I):
            continue  # sympy split the logarithm of a negative number
        true = same_number(value, other, context)
        expected = Verdict.PROVED if true else Verdict.REFUTED
        assert decide(closed, other, context).verdict is expected, other


NAMES = sorted(mutation.REWRITINGS)

"""Properties: a mutant is never both proved and refuted; a true rewriting is always proved."""

from __future__ import annotations

from formulas import CONTEXT, FORMULAS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sympy import (
    Add,
    Rational,
    beta,
    digamma,
    expand,
    expand_log,
    factor,
    gamma,
    log,
    loggamma,
    nan,
    polygamma,
    preorder_traversal,
    together,
    zoo,
)

from klsym.equality.decide import decide
from klsym.equality.prove import prove
from klsym.equality.refute import refute
from klsym.verdict import Counterexample, Proof, Verdict

MANY = settings(
    max_examples=80, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)


def _changed(node, choice: int):
    """A node as a slip of the pen would leave it."""
    if node.is_Rational:
        return (node + 1, -node, 2 * node, node / 2)[choice % 4]
    if node.is_Add:
        return node - (1 + choice % 2) * node.args[choice % len(node.args)]
    if node.is_Mul:
        return node * (2, Rational(1, 2), -1)[choice % 3]
    if node.is_Pow:
        return node.base ** (node.exp + (1, -1)[choice % 2])
    inner = node.args[-1]
    return node.xreplace({inner: (2 * inner, inner + 1, inner**2, 1 / inner)[choice % 4]})


def _mutant(formula, where: int, choice: int):
    nodes = [node for node in preorder_traversal(formula) if node.args or node.is_Rational]
    node = nodes[where % len(nodes)]
    return formula.xreplace({node: _changed(node, choice)})


@MANY
@given(st.sampled_from(sorted(FORMULAS)), st.integers(0, 200), st.integers(0, 11))
def test_a_mutant_is_decided_and_never_both_ways(name, where, choice):
    formula = FORMULAS[name]
    mutant = _mutant(formula, where, choice)
    if mutant.has(zoo, nan):
        return
    decision = decide(formula, mutant, CONTEXT)
    assert decision.verdict in (Verdict.PROVED, Verdict.REFUTED)
    if decision.verdict is Verdict.PROVED:
        assert not isinstance(refute(formula, mutant, CONTEXT, points=8), Counterexample)
    else:
        assert not isinstance(prove(formula, mutant, CONTEXT), Proof)


@MANY
@given(st.sampled_from(sorted(FORMULAS)), st.data())
def test_exchanged_symbols_are_decided_and_never_both_ways(name, data):
    formula = FORMULAS[name]
    symbols = sorted(formula.free_symbols, key=str)
    one, other = data.draw(st.lists(st.sampled_from(symbols), min_size=2, max_size=2))
    mutant = formula.xreplace({one: other, other: one})
    decision = decide(formula, mutant, CONTEXT)
    assert "CONTRADICTS" not in (decision.reason or "")
    if isinstance(prove(formula, mutant, CONTEXT), Proof):
        assert not isinstance(refute(formula, mutant, CONTEXT, points=8), Counterexample)


REWRITINGS = {
    "expanded": expand,
    "over one denominator": together,
    "logs expanded": expand_log,
    "factored": lambda f: factor(f, deep=False),
    "turned twice": lambda f: -expand(-f),
    "digamma shifted": lambda f: f.replace(
        polygamma, lambda order, z: digamma(z + 1) - 1 / z if order == 0 else polygamma(order, z)
    ),
    "loggamma shifted": lambda f: f.replace(loggamma, lambda z: loggamma(z + 1) - log(z)),
    "gamma shifted": lambda f: f.replace(gamma, lambda z: gamma(z + 2) / z / (z + 1)),
    "beta by gammas": lambda f: f.replace(beta, lambda p, q: gamma(p) * gamma(q) / gamma(p + q)),
    "terms in another order": lambda f: Add(*reversed(Add.make_args(f)), evaluate=False),
}


@MANY
@given(
    st.sampled_from(sorted(FORMULAS)),
    st.lists(st.sampled_from(sorted(REWRITINGS)), min_size=1, max_size=3),
)
def test_a_true_rewriting_is_proved(name, rewritings):
    formula = FORMULAS[name]
    other = formula
    for rewriting in rewritings:
        other = REWRITINGS[rewriting](other)
    assert isinstance(prove(formula, other, CONTEXT), Proof)

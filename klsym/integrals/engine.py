"""From a statement to its closed form: the rules applied in a textbook's order.

Definition, densities, log of the quotient expanded, linearity, means from master integrals,
collected.  Each rule acts on every mean of the expression at once, and each application is one
step.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy
from sympy import Expr, S

from klsym.density import Density, Mixture
from klsym.derivation import Derivation, Step
from klsym.divergences import divergences
from klsym.domain import Context
from klsym.expectation import DensityAt, DivergenceValue, Expectation, Law
from klsym.integrals import rules
from klsym.integrals.collection import collected
from klsym.integrals.logarithm import expand_log
from klsym.integrals.moments import Moment, kernel_of, mean, settle
from klsym.integrals.statistics import separate, within_support
from klsym.integrals.support import nesting
from klsym.meaning import expand_definition

DEEPEST_DEFINITION = 8


class _Stuck(Exception):
    """No rule goes further; the message says where."""


class _Infinite(Exception):
    """The value is plus infinity; the message says why."""


def derive_closed_form(statement: Expr, context: Context) -> Derivation:
    """The closed form of a statement, with the steps that lead to it."""
    work = _Work(statement, context)
    closed: Expr | None = None
    reason: str | None = None
    try:
        work.run()
        closed = work.current
    except _Infinite as infinite:
        closed, reason = S.Infinity, str(infinite)
        work.step("support", S.Infinity, reason=reason)
    except _Stuck as stuck:
        reason = str(stuck)
    conditions = tuple(work.conditions) if closed is not S.Infinity else ()
    return Derivation(statement, context, closed, tuple(work.steps), conditions, reason)


def definition_of(derivation: Derivation) -> Expr:
    """The statement as means under densities: what it was before any integral was taken."""
    for step in reversed(derivation.steps):
        if step.rule in ("definition", "densities"):
            return step.after
    return derivation.statement


class _Work:
    """A derivation on its way: the current form, the steps so far, the conditions found."""

    def __init__(self, statement: Expr, context: Context) -> None:
        self.current: Any = statement
        self.context = context
        self.steps: list[Step] = []
        self.conditions: list[Any] = []

    def run(self) -> None:
        self.check_supports()
        self.define()
        self.substitute()
        self.mix()
        self.on_means("logarithm", self.expand_logs)
        self.on_means("linearity", self.distribute)
        self.integrate()
        after = collected(self.current, self.context)
        self.step("collection", after)

    def step(self, rule: str, after: Any, **details: Any) -> None:
        """Record a step unless it changes nothing."""
        if after == self.current:
            return
        reason = details.pop("reason", None) or rules()[rule].reason
        self.steps.append(Step(rule, reason, self.current, after, **details))
        self.current = after

    def require(self, conditions: tuple[Any, ...]) -> None:
        """Note conditions, and know them from here on."""
        for condition in conditions:
            if condition not in self.conditions:
                self.conditions.append(condition)
        self.context = self.context.assume(*conditions)

    def check_supports(self) -> None:
        for value in sorted(self.current.atoms(DivergenceValue), key=str):
            if len(value.laws) != 2 or value.options.get("reversed"):
                continue
            for p, q in self._compared(value):
                nested = nesting(p, q, self.context)
                if nested.outside is not None:
                    self.infinite(value, nested.outside)
                self.require(nested.conditions)

    def _compared(self, value: DivergenceValue) -> list[tuple[Any, Any]]:
        """The pairs of densities whose supports must nest for a divergence to be finite."""
        if divergences()[value.name].absolutely_continuous:
            p, q = (law.density for law in value.laws)
            return [(p, q)]
        inner = expand_definition(value).atoms(DivergenceValue)
        return [pair for part in sorted(inner, key=str) for pair in self._compared(part)]

    def infinite(self, value: Expr, reason: str) -> None:
        """One part of the statement is plus infinity: so is the statement, if it adds it."""
        rest, scale = self.current - value, S.One
        if self.current != value:
            scale = sympy.diff(self.current.xreplace({value: sympy.Symbol("D")}), sympy.Symbol("D"))
            rest = sympy.expand(self.current - scale * value)
        if self.context.sign(scale) != 1 or rest.has(DivergenceValue):
            raise _Stuck(f"{value} is infinite, and not the whole statement: {reason}")
        raise _Infinite(reason)

    def define(self) -> None:
        for _ in range(DEEPEST_DEFINITION):
            values = self.current.atoms(DivergenceValue)
            if not values:
                return
            meaning = {value: expand_definition(value, abstract=True) for value in values}
            self.step("definition", self.current.xreplace(meaning))
        raise _Stuck("a definition that leads back to itself")

    def substitute(self) -> None:
        letters = self.current.atoms(DensityAt)
        values = {letter: letter.value for letter in letters}
        facts = tuple(sorted(values.items(), key=str))
        heads = self.current.atoms(Expectation)
        changed = {head: _with_densities(head, values) for head in heads}
        self.step("densities", self.current.xreplace(changed), facts=facts)

    def mix(self) -> None:
        def apart(head: Expectation) -> Expr:
            parts = [
                weight * Expectation(Law(part), head.integrand)
                for weight, part in head.density.components
            ]
            return sympy.Add(*parts) if isinstance(head.density, Mixture) else head

        self.on_means("mixture", apart)

    def on_means(self, rule: str, change: Callable[[Expectation], Expr]) -> None:
        heads = self.current.atoms(Expectation)
        self.step(rule, self.current.xreplace({head: change(head) for head in heads}))

    def expand_logs(self, head: Expectation) -> Expr:
        x = head.density.variate
        inside = within_support(head.density, self.context)
        logs = [a for a in head.integrand.atoms(sympy.log) if a.has(x)]
        expanded = {a: expand_log(a.args[0], inside) for a in logs}
        statistics = separate(head.integrand.xreplace(expanded), x)
        return Expectation(head.args[0], sympy.Add(*(c * t for t, c in statistics.items())))

    def distribute(self, head: Expectation) -> Expr:
        law = head.args[0]
        terms = separate(head.integrand, head.density.variate)
        return sympy.Add(*(c * (Expectation(law, t) if t != 1 else t) for t, c in terms.items()))

    def integrate(self) -> None:
        """Each mean by its master integral, one step for each integral used."""
        heads = sorted(self.current.atoms(Expectation), key=str)
        moments = {head: self.moment(head) for head in heads}
        divergent = [head for head, moment in moments.items() if moment.diverges is not None]
        if divergent:
            self.diverge(divergent[0], moments[divergent[0]], alone=len(divergent) == 1)
        for rule in sorted({moment.rule for moment in moments.values()}):
            facts = tuple((h, m.value) for h, m in moments.items() if m.rule == rule)
            conditions = tuple(
                dict.fromkeys(c for m in moments.values() if m.rule == rule for c in m.conditions)
            )
            self.require(conditions)
            after = self.current.xreplace(dict(facts))
            self.step(rule, after, facts=facts, conditions=conditions)

    def moment(self, head: Expectation) -> Moment:
        density: Density = head.density
        kernel = kernel_of(density, self.context)
        if kernel is None:
            raise _Stuck(f"no master integral is known for the density {density.label}")
        found = mean(head.integrand, kernel)
        if found is None:
            raise _Stuck(f"no rule reaches the mean {head}")
        conditions, failing = settle(found.conditions, kernel)
        return Moment(found.value, found.rule, conditions, found.diverges or failing)

    def diverge(self, head: Expectation, moment: Moment, *, alone: bool) -> None:
        """A divergence is never minus infinity, so if one mean alone diverges it is infinite."""
        message = f"the mean {head} diverges: {moment.diverges} does not hold"
        if not alone:
            raise _Stuck(message)
        slope = self.current.as_independent(head)[1].as_independent(head, as_Add=False)[0]
        positive = head.integrand.is_nonnegative or isinstance(head.integrand, sympy.exp)
        if positive and self.context.sign(slope) == 1:
            raise _Infinite(message)
        raise _Stuck(message)


def _with_densities(head: Expectation, values: dict[Any, Any]) -> Expr:
    """A mean with its densities put in; logs stay whole, to be expanded by the next rule."""

    def visit(node: Any) -> Any:
        if node in values:
            return values[node]
        if not node.has(DensityAt):
            return node
        arguments = [visit(argument) for argument in node.args]
        if isinstance(node, sympy.log):
            return sympy.log(*arguments, evaluate=False)
        return node.func(*arguments)

    return Expectation(head.args[0], visit(head.integrand))

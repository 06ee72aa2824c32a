"""Joint distributions on their way: the chain rule, down to means over one variate."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sympy import Expr, S

from klsym.canonical import parts_of, replaced
from klsym.derivation import Derivation
from klsym.divergences import divergences
from klsym.domain import Context
from klsym.expectation import DensityAt, DivergenceValue, Expectation
from klsym.integrals.chain import chained, is_joint, known, with_plain_squares
from klsym.integrals.integrand import within_support
from klsym.integrals.work import Stuck, Work
from klsym.meaning import expand_definition

DEEPEST_DEFINITION = 8


class Conditioning(Work):
    """A derivation that takes divergences of joint distributions apart."""

    def derive(self, statement: Expr, context: Context) -> Derivation:
        """A derivation within this one."""
        raise NotImplementedError

    def condition(self) -> None:
        """Divergences of joint distributions, by the margin and the conditionals."""
        for _ in range(DEEPEST_DEFINITION):
            values = sorted(filter(is_joint, parts_of(self.current, DivergenceValue)), key=str)
            if not values:
                return
            whole = [v for v in values if not divergences()[v.name].chained]
            if whole:
                meaning = {v: expand_definition(v, abstract=True) for v in whole}
                self.step("definition", replaced(self.current, meaning))
                continue
            self.chain(values[0])
        raise Stuck("a definition that leads back to itself")

    def chain(self, value: DivergenceValue) -> None:
        """One divergence of joint distributions, the variate to fix first being tried first."""
        reasons = []
        for kept in (0, 1):
            terms = chained(value, self.context, kept)
            if terms is None:
                reasons.append("no rule reaches a margin of the joint distribution")
                continue
            found = self.conditional(*terms)
            if isinstance(found, Derivation):
                self.take(value, *terms, found)
                return
            reasons.append(found)
        raise Stuck(f"no closed form found: {reasons[0]}")

    def conditional(self, margins: Any, given: Any) -> Any:
        """The derivation of the divergence of the conditionals, or why it does not help."""
        first = margins.laws[0]
        x = first.density
        inner = self.derive(given, within_support(x, known(self.context, x)))
        if inner.closed_form is None:
            return f"{given}: {inner.reason}"
        if any(condition.has(x.variate) for condition in inner.conditions):
            return f"{given} is finite for some {x.variate} only"
        if inner.infinite:
            return inner
        closed = with_plain_squares(inner.closed_form, x.variate)
        if closed.has(x.variate):
            outer = self.derive(Expectation(first, closed), self.context)
            if outer.closed_form is None:
                return outer.reason
        return replace(inner, closed_form=closed)

    def take(self, value: Any, margins: Any, given: Any, inner: Derivation) -> None:
        """The steps of the chain rule, down to a mean over one variate."""
        first = margins.laws[0]
        mean = Expectation(first, given)
        laws = (*margins.laws, *given.laws)
        facts = {DensityAt(law, law.density.variate): law.density.expression for law in laws}
        same = len(margins.laws) == 2 and margins.laws[0] == margins.laws[1]
        rest = S.Zero if same and value.name == "KL" else margins
        shown = tuple(sorted(facts.items(), key=str))
        self.step("chain-rule", replaced(self.current, {value: rest + mean}), facts=shown)
        if inner.infinite:
            self.infinite(mean, f"{given} is infinite: {inner.reason}")
        self.require(inner.conditions)
        closed = inner.closed_form
        assert closed is not None
        outer = Expectation(first, closed) if closed.has(first.density.variate) else closed
        self.step("conditional", replaced(self.current, {mean: outer}), facts=((given, closed),))

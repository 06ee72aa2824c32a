"""A derivation on its way: its state, and when its value is plus infinity.

A divergence is infinite where the supports do not nest, or where a mean diverges that nothing
else can balance.  What depends on parameters becomes a condition instead.
"""

from __future__ import annotations

from typing import Any

import sympy
from sympy import Dummy, Expr, S

from klsym.canonical import parts_of, replaced
from klsym.derivation import Step
from klsym.divergences import divergences
from klsym.domain import Context
from klsym.expectation import DensityAt, DivergenceValue, Expectation, in_order
from klsym.integrals import rules
from klsym.integrals.integrand import within_support
from klsym.integrals.moments import Moment
from klsym.integrals.support import Nesting, nesting, value_outside
from klsym.meaning import expand_definition


class Stuck(Exception):
    """No rule goes further; the message says where."""


class Infinite(Exception):
    """The value is plus infinity; the message says why."""


class Work:
    """A derivation on its way: the current form, the steps so far, the conditions found."""

    def __init__(self, statement: Expr, context: Context) -> None:
        self.current: Any = statement
        self.context = self.given = context
        self.compares = bool(parts_of(statement, DivergenceValue))
        self.bounded_below = isinstance(statement, DivergenceValue) and statement.name == "KL"
        self.steps: list[Step] = []
        self.conditions: list[Any] = []
        self.notes: list[str] = []
        self.powers = False

    def step(self, rule: str, after: Any, **details: Any) -> None:
        """Record a step unless it changes nothing."""
        if after == self.current:
            return
        reason = details.pop("reason", None) or rules()[rule].reason
        self.steps.append(Step(rule, reason, self.current, after, **details))
        self.current = after

    def require(self, conditions: tuple[Any, ...]) -> None:
        """Note conditions, and know them from here on; what follows from others is left out."""
        new = [self.joined(c) for c in conditions if self.context.holds(c) is not True]
        self.context = self.context.assume(*new)
        for condition in new:
            rest = [c for c in new if c != condition]
            if not rest or self.given.assume(*self.conditions, *rest).holds(condition) is not True:
                self.conditions.append(condition)
                new = [condition, *rest]
            else:
                new = rest

    def joined(self, condition: Any) -> Any:
        """``a = b`` for a <= b where b <= a is a condition already, which it then replaces."""
        if not isinstance(condition, (sympy.LessThan, sympy.GreaterThan)):
            return condition
        for other in self.conditions:
            opposite = isinstance(other, (sympy.LessThan, sympy.GreaterThan))
            if opposite and (other.lts, other.gts) == (condition.gts, condition.lts):
                self.conditions.remove(other)
                return sympy.Eq(condition.lts, condition.gts)
        return condition

    def check_supports(self) -> None:
        """Whether a divergence is infinite because supports do not nest, before it is defined."""
        for value in in_order(parts_of(self.current, DivergenceValue)):
            reason = self.outside(value)
            if reason is not None:
                self.infinite(value, reason)

    def outside(self, value: DivergenceValue) -> str | None:
        """Why a divergence is infinite by the supports alone, if it is; else what it needs."""
        meaning = expand_definition(value, abstract=True)
        for inner in in_order(parts_of(meaning, DivergenceValue)):
            reason = self.outside(inner)
            if reason is not None:
                return reason
        if divergences()[value.name].absolutely_continuous:
            p, q = (law.density for law in value.laws)
            reason = self.needs_nesting(p, q, slope_at_infinity(value))
            if reason is not None:
                return reason
        for head, letter in compared(meaning):
            if nesting(head.density, letter.args[0].density, self.context) == Nesting():
                continue
            left = value_outside(head.integrand, letter, self.context)
            if left is not None and left.is_finite:
                continue
            growing = None if left is None else replaced(meaning, {head: left})
            reason = self.needs_nesting(head.density, letter.args[0].density, growing)
            if reason is not None:
                return reason
        return None

    def needs_nesting(self, p: Any, q: Any, outside: Any) -> str | None:
        """Require that the support of p lies in that of q; ``outside`` is the value elsewhere."""
        nested = nesting(p, q, self.context)
        if nested.outside is None:
            self.require(nested.conditions)
        elif outside == S.Infinity:
            return nested.outside
        else:
            raise Stuck(f"{nested.outside}; no rule says what its value is then")
        return None

    def infinite(self, value: Expr, reason: str) -> None:
        """One part of the statement is plus infinity: so is the statement, if it adds it."""
        rest, scale = self.current - value, S.One
        if self.current != value:
            letter = Dummy("D")
            scale = sympy.diff(replaced(self.current, {value: letter}), letter)
            rest = replaced(self.current, {value: S.Zero})
        if self.context.sign(scale) != 1 or rest.has(DivergenceValue):
            raise Stuck(f"{value} is infinite, and not the whole statement: {reason}")
        raise Infinite(reason)

    def diverge(self, head: Expectation, moment: Moment, *, alone: bool, certain: bool) -> None:
        """A divergence is never minus infinity, so if one mean alone diverges it is infinite."""
        tells = moment.diverges != "convergence" and any(map(str.isalpha, str(moment.diverges)))
        why = f": {moment.diverges} does not hold" if tells else ""
        message = f"the mean {head} diverges{why}"
        if certain:
            raise Infinite(message)
        if not alone:
            raise Stuck(message)
        value = Dummy("D", positive=True)
        slope = sympy.diff(replaced(self.current, {head: value}), value)
        inside = within_support(head.density, self.context)
        positive = isinstance(head.integrand, sympy.exp) or inside.nonnegative(head.integrand)
        grows = replaced(self.current, {head: S.Infinity}) == S.Infinity
        if positive and grows and self.context.sign(slope) == 1:
            raise Infinite(message)
        raise Stuck(message)

    def overflow(self) -> None:
        """The value is infinite once all means are in: a log of zero, where nothing is shared."""
        if not self.compares:
            raise Stuck("it has no value")
        if self.current.subs(S.ComplexInfinity, S.Infinity) == S.Infinity:
            raise Infinite("p and q are nowhere both positive")
        raise Stuck("it has no value where p and q are nowhere both positive")


def slope_at_infinity(value: DivergenceValue) -> Any:
    """The limit of f(t)/t for the generator f of a divergence, as t grows."""
    for generator in value.options.values():
        if isinstance(generator, sympy.Lambda):
            (t,) = generator.variables
            return sympy.limit(generator.expr / t, t, S.Infinity)
    return None


def compared(expr: Expr) -> list[tuple[Expectation, DensityAt]]:
    """Each mean with each density in it that is not the one it is taken under."""
    heads = in_order(parts_of(expr, Expectation))
    return [
        (head, letter)
        for head in heads
        for letter in in_order(
            [a for a in parts_of(head.integrand, DensityAt) if a.args[0] != head.args[0]]
        )
    ]

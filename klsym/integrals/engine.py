"""From a statement to its closed form: the rules applied in a textbook's order.

Definition, densities, log of the quotient expanded, linearity, means from master integrals,
collected.  Each rule acts on every mean of the expression at once, and each application is one
step.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import sympy
from sympy import Expr, Integral, S, Sum

from klsym.canonical import (
    applied,
    contains,
    has_any,
    log_of,
    parts,
    parts_of,
    product_of,
    quotient_of,
    rebuilt,
    replaced,
    sum_of,
)
from klsym.density import Density, Mixture
from klsym.derivation import Derivation
from klsym.domain import Context
from klsym.expectation import DensityAt, DivergenceValue, Expectation, Law, Transport, in_order
from klsym.integrals import finite_sum
from klsym.integrals.collection import collected, joined_powers
from klsym.integrals.conditioning import Conditioning
from klsym.integrals.conditions import settle
from klsym.integrals.finish import finished
from klsym.integrals.growth import comparable
from klsym.integrals.integrand import within_support
from klsym.integrals.logarithm import expand_log, joined_log
from klsym.integrals.moments import Moment, mean
from klsym.integrals.nested import without_inner
from klsym.integrals.plain import without_integrals
from klsym.integrals.positive_part import joined
from klsym.integrals.product import by_components, each_collected
from klsym.integrals.recognition import kernels_of
from klsym.integrals.statistics import separate
from klsym.integrals.summands import infinite_by_terms
from klsym.integrals.support import nesting, overlap, value_outside
from klsym.integrals.tilting import (
    as_exponentials,
    as_powers,
    is_fraction,
    shortest_form,
    tidied,
    with_one_exponential,
    without_nested_fractions,
)
from klsym.integrals.transport import transport
from klsym.integrals.truncation import unknown_mass
from klsym.integrals.unit import nats_of, to_bits
from klsym.integrals.work import Infinite, Stuck, compared
from klsym.meaning import expand_definition
from klsym.meaning.definitions import limit_of

DEEPEST_DEFINITION = 8


def derive_closed_form(statement: Expr, context: Context) -> Derivation:
    """The closed form of a statement, with the steps that lead to it."""
    nats = nats_of(statement)
    if nats is not None and nats.has(DivergenceValue):
        return to_bits(derive_closed_form(nats, context), statement)
    taken, inner, failure = without_inner(statement, lambda head: derive_closed_form(head, context))
    if failure is not None:
        return Derivation(statement, context, None, (), (), failure)
    statement, context = taken, context.assume(*inner)
    work = _Engine(statement, context)
    closed: Expr | None = None
    reason: str | None = None
    try:
        work.run()
        closed = work.current
    except Infinite as infinite:
        closed, reason = S.Infinity, str(infinite)
        work.step("support", S.Infinity, reason=reason)
    except Stuck as stuck:
        reason = infinite_by_terms(statement, context, derive_closed_form)
        if reason is None:
            reason = str(stuck)
        else:
            closed = S.Infinity
            work.step("support", S.Infinity, reason=reason)
    conditions = (*inner, *work.conditions) if closed is not S.Infinity else ()
    steps, notes = tuple(work.steps), tuple(dict.fromkeys(work.notes))
    return Derivation(statement, context, closed, steps, conditions, reason, notes)


def sum_of_means(statement: Expr, context: Context) -> Expr | None:
    """The statement as a sum of means of single statistics, before any integral is taken.

    None if a divergence in it is infinite, or its definition leads nowhere.
    """
    work = _Engine(statement, context)
    try:
        work.spread()
    except (Infinite, Stuck):
        return None
    means: Expr = work.current
    return means


def defined(statement: Expr, context: Context) -> Expr | None:
    """The `definition` of a derivation, without deriving; None if it leads nowhere."""
    nats = nats_of(statement)
    if nats is not None and nats.has(DivergenceValue):
        inner = defined(nats, context)
        return None if inner is None else inner / log_of(2)
    work = _Engine(statement, context)
    try:
        work.lead_in()
    except (Infinite, Stuck):
        return None
    found: Expr = work.current
    return found


class _Engine(Conditioning):
    """The rules, each applied to every mean of the expression at once."""

    def run(self) -> None:
        self.lead_in()
        self.mix()
        self.on_means("logarithm", self.expand_logs)
        self.on_means("tilting", self.tilt)
        self.on_means("linearity", self.distribute)
        self.integrate()
        if self.current.has(S.ComplexInfinity, S.Infinity, S.NaN):
            self.overflow()
        self.step("collection", self.collected())

    def lead_in(self) -> None:
        """Down to means of the densities' own expressions."""
        self.take_integrals()
        self.step("product", by_components(self.current))
        self.condition()
        self.check_supports()
        self.require_masses()
        self.define()
        self.restrict()
        self.substitute()

    def take_integrals(self) -> None:
        """Integrals and sums that are no means, taken by themselves."""
        if not has_any(self.current, Integral, Sum):
            return
        taken = without_integrals(self.current, self.context)
        if taken is None:
            raise Stuck("no rule reaches an integral or a sum in it, or it diverges")
        value, conditions = taken
        self.conditions += [c for c in conditions if c not in self.conditions]
        self.step("plain", value)

    def spread(self) -> None:
        """Down to a sum of means, each of one statistic."""
        self.step("product", by_components(self.current))
        self.condition()
        self.check_supports()
        self.require_masses()
        self.define()
        self.substitute()
        self.mix()
        self.on_means("logarithm", self.expand_logs)
        self.on_means("linearity", self.distribute)

    def require_masses(self) -> None:
        part = unknown_mass(self.current)
        if part is not None:
            ends = f"{part.support.lower} and {part.support.upper}"
            raise Stuck(f"no closed form found: no rule reaches the mass between {ends}")

    def derive(self, statement: Expr, context: Context) -> Derivation:
        """A derivation within this one."""
        return derive_closed_form(statement, context)

    def define(self) -> None:
        for _ in range(DEEPEST_DEFINITION):
            values = parts_of(self.current, DivergenceValue)
            if not values:
                return
            limits = [(value, limit_of(value)) for value in values]
            self.notes += [f"{value} is the limit {limit}" for value, limit in limits if limit]
            meaning = {value: expand_definition(value, abstract=True) for value in values}
            self.step("definition", replaced(self.current, meaning))
        raise Stuck("a definition that leads back to itself")

    def restrict(self) -> None:
        """Means of what is constant outside the support of q, over the part they share."""
        changed = {}
        for head, letter in compared(self.current):
            q = letter.args[0].density
            nested = nesting(head.density, q, self.context)
            if nested.outside is None and not nested.conditions:
                continue
            constant = value_outside(head.integrand, letter, self.context)
            if constant is not None and constant.is_infinite:
                reason = self.needs_nesting(
                    head.density, q, replaced(self.current, {head: constant})
                )
                if reason is not None:
                    raise Infinite(reason)
                continue
            if head.density.support.discrete != q.support.discrete and constant is not None:
                changed[head] = constant
                continue
            shared = overlap(head.density, q, self.context)
            if constant is None or shared is None or isinstance(head.density, Mixture):
                raise Stuck(f"the support of {head.density.name} and that of {q.name} differ")
            empty = self.context.holds(shared.lower > shared.upper)
            part = Law(replace(head.density, support=shared, whole=False))
            inside = S.Zero if empty else Expectation(part, head.integrand - constant)
            changed[head] = constant + inside
        self.step("support", replaced(self.current, changed), reason="where both are positive")

    def substitute(self) -> None:
        values = {letter: letter.value for letter in parts_of(self.current, DensityAt)}
        heads = parts_of(self.current, Expectation)
        maps = {t: transport(t, self.context) for t in parts_of(self.current, Transport)}
        if None in maps.values():
            raise Stuck("no increasing map in closed form carries p to q")
        self.powers = bool(maps) or any(_outside_logs(head.integrand) for head in heads)
        facts = tuple(sorted((values | maps).items(), key=lambda fact: str(fact[0])))
        changed = {head: _with_densities(head, values | maps) for head in heads}
        self.step("densities", replaced(self.current, changed), facts=facts)

    def mix(self) -> None:
        def apart(head: Expectation) -> Expr:
            if not isinstance(head.density, Mixture):
                return head
            named = (
                (weight, replace(part, name=f"{head.density.name}_{i}"))
                for i, (weight, part) in enumerate(head.density.components, 1)
            )
            return sum_of(*(w * Expectation(Law(part), head.integrand) for w, part in named))

        self.on_means("mixture", apart)

    def on_means(self, rule: str, change: Callable[[Expectation], Expr]) -> None:
        heads = parts_of(self.current, Expectation)
        self.step(rule, replaced(self.current, {head: change(head) for head in heads}))

    def expand_logs(self, head: Expectation) -> Expr:
        x = head.density.variate
        inside = within_support(head.density, self.context)
        logs = [a for a in parts_of(head.integrand, sympy.log) if contains(a, x)]
        expanded = {a: expand_log(a.args[0], inside) for a in logs}
        statistics = separate(replaced(head.integrand, expanded), x)
        return Expectation(head.args[0], sum_of(*(product_of(c, t) for t, c in statistics.items())))

    def tilt(self, head: Expectation) -> Expr:
        """Powers of densities as exponentials, where the statement compares densities by them."""
        if not self.powers:
            return head
        inside = within_support(head.density, self.context)
        written = as_exponentials(head.integrand, head.density.variate, inside)
        return Expectation(head.args[0], written)

    def distribute(self, head: Expectation) -> Expr:
        law, whole = head.args[0], head.density.whole
        terms = separate(head.integrand, head.density.variate)
        return sum_of(
            *(
                product_of(c, t if t == 1 and whole else Expectation(law, t))
                for t, c in terms.items()
            )
        )

    def integrate(self) -> None:
        """Each mean by its master integral, one step for each integral used."""
        heads = in_order(parts_of(self.current, Expectation))
        found = {head: self.moment(head) for head in heads}
        moments = {head: moment for head, moment in found.items() if moment is not None}
        divergent = [head for head, moment in moments.items() if moment.diverges is not None]
        if divergent:
            unknown = [head for head in heads if head not in moments]
            single = len(divergent) == 1 and not unknown
            certain = self.bounded_below and comparable([*divergent, *unknown])
            self.diverge(divergent[0], moments[divergent[0]], alone=single, certain=certain)
        for rule in sorted({moment.rule for moment in moments.values()}):
            facts = tuple((h, m.value) for h, m in moments.items() if m.rule == rule)
            conditions = tuple(
                dict.fromkeys(c for m in moments.values() if m.rule == rule for c in m.conditions)
            )
            self.require(conditions)
            after = replaced(self.current, dict(facts))
            self.step(rule, after, facts=facts, conditions=conditions)
        left = [str(head) for head in heads if head not in moments]
        if left:
            raise Stuck(f"no closed form found: no rule reaches {' and '.join(left)}")

    def moment(self, head: Expectation) -> Moment | None:
        """The mean by its master integral, or None if no rule reaches it."""
        density: Density = head.density
        for kernel in kernels_of(density, self.context):
            found = mean(head.integrand, kernel)
            if found is not None:
                break
        else:
            return None
        conditions, failing = settle(found.conditions, kernel.integrand.context)
        # A sum written out has the weights of the part it runs over, not of the whole.
        weighted = density.whole or found.rule == finite_sum.RULE.name
        value = found.value if weighted else found.value * kernel.mass
        value = as_powers(value) if head.density.support.discrete else value
        if not self.powers:
            value = without_nested_fractions(with_one_exponential(value))
        return Moment(value, found.rule, conditions, found.diverges or failing)

    def collected(self) -> Any:
        """The closed form in textbook form, the summand of each sum by itself."""
        return each_collected(self.current, self.textbook)

    def textbook(self, current: Any) -> Any:
        """An expression in textbook form; the log of a mean is expanded once more."""
        held = {*map(type, parts(current))}
        expanded = current
        if self.powers:
            logs = [log for log in current.atoms(sympy.log) if self.context.sign(log.args[0]) == 1]
            expanded = replaced(current, {a: joined_log(a.args[0], self.context) for a in logs})
        elif sympy.exp in held:
            expanded = with_one_exponential(current)
        if sympy.Max in held:
            expanded = joined(expanded, self.context)
        if self.powers:
            expanded = tidied(as_powers(expanded))
        closed = collected(expanded, self.context)
        if self.powers:
            closed = closed.replace(lambda node: node.is_Mul, joined_powers)
        short = not closed.is_Add and is_fraction(closed)
        return finished(shortest_form(closed) if short else closed, self.context)


def _outside_logs(integrand: Expr) -> bool:
    """Whether densities stand in an integrand otherwise than within logs."""
    pending = [integrand]
    for node in pending:
        if isinstance(node, DensityAt):
            return True
        pending += () if isinstance(node, sympy.log) else node.args
    return False


def _with_densities(head: Expectation, values: dict[Any, Any]) -> Expr:
    """A mean with its densities put in; logs stay whole, to be expanded by the next rule."""
    letters = {letter for letter in values if isinstance(letter, DensityAt)}

    def visit(node: Any) -> Any:
        if node in values:
            return values[node]
        if node.is_Mul and len(node.args) == 2:
            above, below = sorted(node.args, key=lambda factor: bool(factor.is_Pow))
            if below.is_Pow and below.exp is S.NegativeOne and {above, below.base} <= letters:
                return quotient_of(values[above], values[below.base])
        arguments = [visit(argument) for argument in node.args]
        if all(new is old for new, old in zip(arguments, node.args, strict=True)):
            return node
        if isinstance(node, sympy.log):
            return S.Zero if arguments[0] is S.One else applied(sympy.log, *arguments)
        return rebuilt(node, arguments)

    return Expectation(head.args[0], visit(head.integrand))

"""One reading of a link: its sides compared, and the cases in which it may hold.

What holds whatever the distributions are is proved so; else both sides need a meaning.  A link
that is refuted may still hold where both sides have a value, or for the case that the text above
speaks of.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import replace
from typing import Any

from klsym.documents.chains import Link
from klsym.documents.choices import Choices
from klsym.documents.comparison import compare, compare_readings
from klsym.documents.conditions import declared_by
from klsym.documents.draft import Where
from klsym.documents.lexicon import Lexicon
from klsym.documents.optima import optimised, optimum
from klsym.documents.outcome import Outcome
from klsym.documents.relations import compare_related, whatever
from klsym.documents.scope import Meant, falls_back, read
from klsym.domain import POSITIVE, REAL, Context
from klsym.errors import KlsymError, Span
from klsym.expectation import DivergenceValue
from klsym.gibbs import linearly
from klsym.judgement import supported, tolerance_of
from klsym.meaning import Formula
from klsym.meaning.declarations import SymbolsDeclared
from klsym.meaning.equations import Side
from klsym.syntax.tree import (
    BigOperator,
    Call,
    Derivative,
    Given,
    Integral,
    Mean,
    Name,
    Node,
)
from klsym.syntax.walk import walk
from klsym.verdict import Decision, Verdict
from klsym.writing.plain import plain

NEAR = 6
"""A case that was supposed more formulas above than this may be over."""


def in_reading(link: Link, lexicon: Lexicon, where: Where, choices: Choices) -> Outcome:
    """What comes of a link in this reading.  Raises KlsymError where it cannot be read so."""
    sides, letters = optimised(link) or (_derived(link), set())
    chain, given = chain_of(link), declared_by(link.given)
    try:
        meant = read(lexicon, sides, where, chain=chain, choices=choices, given=given)
    except KlsymError as error:
        if not falls_back(error):
            raise
        meant = read(lexicon, sides, where, abstract=True, chain=chain, choices=choices)
        finding = _abstract(meant, link)
        if finding is not None:
            return finding
        suggestions = [error.help, *_suggested(meant, lexicon, where)]
        error.help = " ".join(filter(None, dict.fromkeys(suggestions)))
        raise
    if letters and not meant.abstract:
        return optimum(meant, letters)
    if not meant.abstract:
        finding = _concrete(link, meant)
        if finding.verdict is not Verdict.REFUTED:
            return finding
        domains = meant.equation.scope.context.domains
        on_part = _where_it_has_a_value(link, finding, meant, lexicon, choices)
        return on_part or _under_conditions(link, domains, lexicon, where, choices) or finding
    finding = _abstract(meant, link)
    if finding is not None:
        return finding
    names = _unbound(meant, lexicon, where)
    plural = "s" if len(names) > 1 else ""
    raise KlsymError(
        "undeclared",
        f"undeclared distribution{plural}: {', '.join(names)}",
        help=" ".join(_suggested(meant, lexicon, where)),
    )


def _under_conditions(
    link: Link, names: Container[str], lexicon: Lexicon, where: Where, choices: Choices
) -> Outcome | None:
    """The proof of a link for the case that the text above it speaks of, if there is one."""
    conditions = lexicon.conditions(names, where)
    if not conditions:
        return None
    sides, chain = (link.left.side, link.right.side), chain_of(link)
    taken = Choices(choices.taken)
    try:
        meant = read(lexicon, sides, where, conditions=conditions, chain=chain, choices=taken)
    except KlsymError:
        return None
    a, b = (side.readings[0].expr for side in meant.equation.sides)
    found = compare(a, b, meant.equation.scope.context)
    if found.decision.verdict is not Verdict.PROVED:
        return None
    told = ", ".join(f"{b.name} as line {lexicon.line_of(b)} sets it" for b in conditions.values())
    if any(where.order - b.where.order > NEAR for b in conditions.values()):
        # What a case far above speaks of may be over by now.
        return Outcome(Verdict.UNDECIDED, f"it holds with {told}, and not without")
    return Outcome(
        Verdict.PROVED,
        f"with {told}",
        assumptions=meant.equation.scope.assumptions,
        decision=found.decision,
    )


def _derived(link: Link) -> tuple[Side, Side]:
    r"""The sides of a link; of ``\int f(x) dx = F(x)`` the integrand and the derivative of F."""
    left, right = link.left, link.right
    for whole, other in ((left, right), (right, left)):
        tree = whole.tree
        indefinite = isinstance(tree, Integral) and tree.lower is None and tree.upper is None
        if not indefinite or not isinstance(tree, Integral) or tree.variable is None:
            continue
        name = tree.variable.name
        free = any(isinstance(n, Name) and n.name == name for n in walk(other.tree))
        bound = any(isinstance(n, (Integral, Mean, BigOperator)) for n in walk(other.tree))
        if free and not bound:
            slope = Derivative(other.tree.span, tree.variable, 1, other.tree)
            sides = (
                Side(whole.excerpt.text, ((tree.body, ""),)),
                Side(other.excerpt.text, ((slope, ""),)),
            )
            return sides if whole is left else (sides[1], sides[0])
    return left.side, right.side


def _where_it_has_a_value(
    link: Link, finding: Outcome, meant: Meant, lexicon: Lexicon, choices: Choices
) -> Outcome | None:
    """The proof of a link for positive letters, where nobody said that they may be negative."""
    found = finding.counterexample
    if found is None or "undefined" not in (found.left, found.right):
        return None
    told = {name.name for d, _ in lexicon.about for name in getattr(d, "names", ())}
    domains = meant.equation.scope.context.domains
    names = [n for n, d in domains.items() if d == REAL and n in found.point and n not in told]
    positive = [
        SymbolsDeclared("", "document", (Name(Span(0, 0), name),), POSITIVE) for name in names
    ]
    given = (*declared_by(link.given), *positive)
    sides, chain = (link.left.side, link.right.side), chain_of(link)
    try:
        again = read(
            lexicon,
            sides,
            link.passage.where,
            chain=chain,
            choices=Choices(choices.taken),
            given=given,
        )
    except KlsymError:
        return None
    second = _concrete(link, again) if names and not again.abstract else finding
    if second.verdict is not Verdict.PROVED:
        return None
    message = f"for {', '.join(f'{name} > 0' for name in names)}, where both sides have a value"
    return replace(second, message=message)


def _abstract(meant: Meant, link: Link) -> Outcome | None:
    """The finding on what holds whatever the distributions are; None if it does not."""
    scope = meant.equation.scope
    left, right = meant.equation.sides
    for a in left.readings:
        for b in right.readings:
            if link.sign == "=":
                decision = linearly(a.expr, b.expr, scope.context)
            else:
                decision = whatever(a.expr, b.expr, link.sign, scope.context)
            if decision is not None:
                unknown = list(dict.fromkeys(meant.abstract))
                message = f"whatever {', '.join(unknown)} {'is' if len(unknown) == 1 else 'are'}"
                notes = (*meant.notes, *scope.notes, *filter(None, (a.note, b.note)))
                return Outcome(
                    Verdict.PROVED,
                    message,
                    assumptions=scope.assumptions,
                    notes=notes,
                    decision=decision,
                )
    return None


def _unbound(meant: Meant, lexicon: Lexicon, where: Where) -> list[str]:
    """The distributions of which the document says nothing."""
    return sorted(n for n in set(meant.abstract) if lexicon.meaning(n, where) is None)


def _suggested(meant: Meant, lexicon: Lexicon, where: Where) -> list[str]:
    return [lexicon.suggest(name, where) for name in _unbound(meant, lexicon, where)]


def _concrete(link: Link, meant: Meant) -> Outcome:
    scope = meant.equation.scope
    left, right = meant.equation.sides
    notes = (*meant.notes, *scope.notes)
    decided: list[tuple[Decision, tuple[Any, ...], str]] = []
    for a, b in _pairs(left, right):
        tolerance = tolerance_of(Formula("", (b,))) or tolerance_of(Formula("", (a,)))
        if link.sign == "=":
            found = compare_readings(a, b, scope.context, tolerance)
        else:
            variable = _variable(link, scope.context)
            found = compare_related(a.expr, b.expr, link.sign, scope.context, tolerance, variable)
        decision, conditions = found.decision, found.conditions
        note = "; ".join(filter(None, (a.note, b.note)))
        decided.append((decision, conditions, note))
        if decision.verdict is Verdict.PROVED:
            notes = (*notes, *filter(None, (note,)))
            break
    proved = decided[-1][0].verdict is Verdict.PROVED
    open_ = [d for d in decided if d[0].verdict is not Verdict.REFUTED]
    decision, conditions, _ = decided[-1] if proved else (open_ or decided)[0]
    more = scope.unread or len(left.readings) * len(right.readings) > len(decided)
    decision = supported(decision, replace(scope, unread=more and not proved))
    return Outcome(
        decision.verdict,
        _message(decision, conditions),
        decision.counterexample,
        assumptions=(*scope.assumptions, *(plain(c) for c in conditions)),
        notes=notes,
        conditions=conditions,
        decision=decision,
        derived=_divergence(left, right, scope.context),
    )


def _divergence(left: Formula, right: Formula, context: Context) -> tuple[Any, Context] | None:
    """The first side that is made of divergences and entropies, to be derived."""
    values = (side.readings[0].expr for side in (left, right))
    found = next((value for value in values if value.has(DivergenceValue)), None)
    return None if found is None else (found, context)


def _variable(link: Link, context: Context) -> Any:
    """The symbol of the letter a density is written over on the left."""
    tree = link.left.tree
    point = tree.arguments[0] if isinstance(tree, Call) and tree.arguments else None
    point = point.left if isinstance(point, Given) else point
    known = isinstance(point, Name) and point.name in context.domains
    return context.symbol(point.name) if known and isinstance(point, Name) else None


def _pairs(left: Formula, right: Formula) -> Iterator[tuple[Any, Any]]:
    """The readings of both sides: the default ones, then others on one side, then on both."""
    pairs = [
        (i + j, a, b) for i, a in enumerate(left.readings) for j, b in enumerate(right.readings)
    ]
    for _, a, b in sorted(pairs, key=lambda pair: pair[0])[:16]:
        yield a, b


def _message(decision: Decision, conditions: tuple[Any, ...]) -> str:
    if decision.verdict is Verdict.PROVED:
        return f"for {', '.join(map(plain, conditions))}" if conditions else ""
    return decision.reason or ""


def chain_of(link: Link) -> tuple[Node, ...]:
    """The trees of the terms before a link's right side."""
    return tuple(term.tree for term in link.before)

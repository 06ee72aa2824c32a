"""Deciding one link: its sides read in the scope of its place, compared in all their readings.

A link is refuted only if every reading of it is, and if no case that the text above speaks of
makes it true; a refuted one is diagnosed.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import replace
from typing import Any

from klsym.deadline import OutOfTime, limited
from klsym.documents.chains import Link
from klsym.documents.comparison import compare, compare_readings
from klsym.documents.conditions import declared_by
from klsym.documents.diagnosing import diagnosed
from klsym.documents.draft import Where
from klsym.documents.lexicon import Lexicon, Meant, falls_back
from klsym.documents.optima import optimised, optimum
from klsym.documents.outcome import Outcome
from klsym.documents.relations import compare_related, whatever
from klsym.documents.resolving import Choices
from klsym.documents.rewriting import rewritten
from klsym.documents.statements import Term
from klsym.domain import POSITIVE, REAL, Context
from klsym.errors import KlsymError, Span
from klsym.expectation import DivergenceValue
from klsym.gibbs import linearly
from klsym.judgement import supported, tolerance_of
from klsym.meaning import Formula
from klsym.meaning.declarations import SymbolsDeclared
from klsym.meaning.equations import Side
from klsym.meaning.heads import ENTROPIES, divergence_of
from klsym.syntax.tree import (
    BigOperator,
    Call,
    Derivative,
    Given,
    Integral,
    Mean,
    Name,
    Node,
    Number,
)
from klsym.syntax.walk import walk
from klsym.verdict import Decision, Verdict
from klsym.writing.plain import plain

NEAR = 6
"""A case that was supposed more formulas above than this may be over."""


def judge(
    link: Link,
    lexicon: Lexicon,
    time_limit: float | None = None,
    settled: Mapping[str, int] | None = None,
) -> Outcome:
    """The verdict on a link; ``settled`` are readings of spellings to take and no others."""
    where = link.passage.where
    try:
        with limited(time_limit):
            finding = _judged(link, lexicon, where, settled or {})
    except KlsymError as error:
        if error.name == "unsupported":
            finding = Outcome(Verdict.UNDECIDED, error.message)
        else:
            return Outcome(Verdict.UNREAD, error.message, error=error)
    except OutOfTime as limit:
        finding = Outcome(Verdict.UNDECIDED, str(limit))
    except MemoryError:
        finding = Outcome(Verdict.UNDECIDED, "the memory limit was reached")
    except RecursionError:
        finding = Outcome(Verdict.UNDECIDED, "the expression is nested too deeply")
    return replace(finding, notes=tuple(dict.fromkeys((*link.notes, *finding.notes))))


READINGS_OF_PRINT = 8
"""In how many readings of what print leaves open a link is decided."""


def _judged(link: Link, lexicon: Lexicon, where: Where, settled: Mapping[str, int]) -> Outcome:
    """The finding in the likeliest reading of what print leaves open that is not refuted.

    ``settled`` are the readings of spellings that the document as a whole asks for.
    """
    default = Choices(settled)
    first = _attempt(link, lexicon, where, default)
    others = [Choices({**settled, **taken}) for taken in default.others()][:READINGS_OF_PRINT]
    if isinstance(first, Outcome) and first.verdict is Verdict.PROVED:
        new = [c for c in others if any(c.taken.get(key) for key in default.spelt)]
        if new and not any(_holds(_attempt(link, lexicon, where, choices)) for choices in new):
            return replace(first, spelt=_spelt(default))
        return first
    if _is_refuted(first):
        natural = _in_base_e(link, lexicon, where, settled)
        if natural is not None:
            return natural
    best = first
    for choices in others:
        found = _attempt(link, lexicon, where, choices)
        if isinstance(found, KlsymError):
            continue
        if found.verdict is Verdict.PROVED:
            found = replace(found, notes=(*found.notes, *choices.told.values()))
            if _holds(first):
                return found
            return replace(found, spelt=_spelt(choices))
        if isinstance(best, KlsymError) or not _is_refuted(found):
            best = found if isinstance(best, KlsymError) or _is_refuted(best) else best
    if isinstance(best, KlsymError):
        raise best
    if best.verdict is Verdict.REFUTED and link.doubt:
        reason = f"{best.message}, and the text may restrict it: '{link.doubt}'"
        return replace(best, verdict=Verdict.UNDECIDED, message=reason)
    if best.verdict is Verdict.REFUTED and link.sign == "=":
        sides = (link.left.side, link.right.side)
        meant = lexicon.read(sides, where, chain=_chain(link), choices=Choices(settled))
        return replace(best, diagnoses=diagnosed(link, meant, lexicon, best.conditions))
    return best


def _is_refuted(found: Outcome | KlsymError) -> bool:
    return isinstance(found, Outcome) and found.verdict is Verdict.REFUTED


def _in_base_e(
    link: Link, lexicon: Lexicon, where: Where, settled: Mapping[str, int]
) -> Outcome | None:
    r"""The proof of a link about information in the unit that its logarithms are printed in.

    ``H(X) = -\sum_x p(x) \log_2 p(x)`` is in bits, and ``\log_b`` in whatever unit b gives.
    """
    bases: set[Node | None] = set()
    measured = False

    def natural(node: Node) -> Node:
        nonlocal measured
        if isinstance(node, Call) and node.function == "log":
            bases.add(node.subscript)
            return replace(node, subscript=None)
        measured = measured or (
            isinstance(node, Call)
            and bool(node.arguments)
            and (node.function in ENTROPIES or bool(divergence_of(node.function, 2)))
        )
        return node

    def changed(term: Term) -> Term:
        return replace(term, readings=tuple((rewritten(t, natural), n) for t, n in term.readings))

    link = replace(link, left=changed(link.left), right=changed(link.right))
    if not measured or len(bases) != 1:
        return None
    (base,) = bases
    if not isinstance(base, (Name, Number)):
        return None
    found = _attempt(link, lexicon, where, Choices(settled))
    if not isinstance(found, Outcome) or found.verdict is not Verdict.PROVED:
        return None
    told = f"with {base.name} = e" if isinstance(base, Name) else f"to the base {base.text}"
    return replace(found, notes=(*found.notes, f"in the unit of its logarithms, {told}"))


def _spelt(choices: Choices) -> dict[str, int]:
    """The reading that was taken of each spelling that has several."""
    several = [key for key in sorted(choices.spelt) if choices.made.get(key, 0) > 1]
    return {key: choices.taken.get(key, 0) for key in several}


def _holds(found: Outcome | KlsymError) -> bool:
    return isinstance(found, Outcome) and found.verdict is not Verdict.REFUTED


def _chain(link: Link) -> tuple[Node, ...]:
    return tuple(term.tree for term in link.before)


def _attempt(link: Link, lexicon: Lexicon, where: Where, choices: Choices) -> Outcome | KlsymError:
    """The finding in one reading of what print leaves open, or why there is none."""
    try:
        return _in_reading(link, lexicon, where, choices)
    except KlsymError as error:
        return error


def _in_reading(link: Link, lexicon: Lexicon, where: Where, choices: Choices) -> Outcome:
    sides, letters = optimised(link) or (_derived(link), set())
    chain, given = _chain(link), declared_by(link.given)
    try:
        meant = lexicon.read(sides, where, chain=chain, choices=choices, given=given)
    except KlsymError as error:
        if not falls_back(error):
            raise
        meant = lexicon.read(sides, where, abstract=True, chain=chain, choices=choices)
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
    sides, chain = (link.left.side, link.right.side), _chain(link)
    taken = Choices(choices.taken)
    try:
        meant = lexicon.read(sides, where, conditions=conditions, chain=chain, choices=taken)
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
    sides, chain = (link.left.side, link.right.side), _chain(link)
    try:
        again = lexicon.read(
            sides, link.passage.where, chain=chain, choices=Choices(choices.taken), given=given
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

"""Decisions: proved, refuted, agrees or undecided, each with its evidence.

A cheap look at a few points comes first, since most wrong formulas fall at the first; then a
proof; then more points.  A refutation stands only if a second path agrees: the definitions of what
was derived (:mod:`klsym.equality.witness`), else the prover.  A proof stands only if no point
contradicts it.  The paths share nothing, so a contradiction is a bug in klsym, and the verdict
says so.

>>> from sympy import log
>>> from klsym.domain import POSITIVE, Context
>>> context = Context().declare("a", POSITIVE).declare("b", POSITIVE)
>>> a, b = context.symbols
>>> decide(log(a/b), log(a) - log(b), context).verdict
<Verdict.PROVED: 'proved'>
>>> decision = decide(log(a/b), log(b) - log(a), context)
>>> decision.verdict, decision.counterexample.point
(<Verdict.REFUTED: 'refuted'>, {'a': 1, 'b': 2})
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from flint import arb
from sympy import Expr, Rational, S

from klsym.equality.components import instances, is_sum
from klsym.equality.prove import has_value, prove
from klsym.equality.refute import counterexample, refute, undefined
from klsym.equality.sides import MOST_BITS, Comparison, Outcome, Sides
from klsym.equality.witness import contradiction, seen_in_definitions
from klsym.numerics.balls import Unsupported, exact, precision
from klsym.verdict import Agreement, Counterexample, Decision, Proof, Question, Verdict

if TYPE_CHECKING:
    from klsym.domain import Context

FIRST_POINTS = 3
FIRST_BITS = 256
_REFUTING = (Outcome.APART, Outcome.UNDEFINED)


def decide(
    left: Expr,
    right: Expr,
    context: Context,
    *,
    tolerance: Rational | None = None,
    definitions: tuple[Expr | None, Expr | None] = (None, None),
) -> Decision:
    """Whether the two are equal on the context; the left one is the side that was derived.

    ``tolerance`` is half a unit of the last digit where a decimal stands alone on one side: then
    the two need only lie that close together.  ``definitions`` are what the sides were derived
    from, if they were: then a refutation has to be seen there as well.
    """
    question = Question(left, right, context, tolerance, definitions)
    derived = any(definition is not None for definition in definitions)
    decision = _decide(left, right, context, tolerance, doubly=not derived)
    decision = seen_in_definitions(decision, question)
    found = decision.counterexample
    if derived and found is not None and found.defined is False and tolerance is None:
        decision = _decide(left, right, context, tolerance)
        decision = replace(decision, counterexample=decision.counterexample and found)
    return replace(decision, question=question)


def _decide(
    left: Expr, right: Expr, context: Context, tolerance: Rational | None, *, doubly: bool = True
) -> Decision:
    """The decision; ``doubly`` has a proof tried even where a point refutes, as a second path."""
    if is_sum(left, right):
        return _by_summands(left, right, context, tolerance)
    if tolerance is not None:
        return within(left, right, context, tolerance)
    if left in (S.NaN, S.ComplexInfinity) or right in (S.NaN, S.ComplexInfinity):
        return Decision(Verdict.UNDECIDED, reason="one side has no value")
    if left == right:
        answer = prove(left, right, context)
        if isinstance(answer, Proof):
            return Decision(Verdict.PROVED, proof=answer)
        return Decision(Verdict.UNDECIDED, reason=answer)
    if not left.free_symbols and not right.free_symbols:
        return _constants(left, right, context)
    first = _first_look(left, right, context)
    if first is not None and not doubly:
        sides, point, comparison = first
        return _refuted(counterexample(sides, point, comparison))
    proof = prove(left, right, context)
    if isinstance(proof, Proof):
        return (
            contradiction("there is a proof, and a point at which the two differ")
            if first
            else Decision(Verdict.PROVED, proof=proof)
        )
    if first is not None:
        sides, point, comparison = first
        return _refuted(counterexample(sides, point, comparison))
    return _outcome(refute(left, right, context, reason=proof), proof)


def _by_summands(left: Expr, right: Expr, context: Context, tolerance: Any) -> Decision:
    """Sums over components: a proof for any number of them, or a point for one, two or three."""
    proof = prove(left, right, context) if tolerance is None else "a decimal is no sum"
    tried: list[str] = []
    open_: Decision | None = None
    for found in instances((left, right), context):
        one, other = found.values
        decision = _decide(one, other, found.context, tolerance)
        if decision.counterexample is not None:
            if isinstance(proof, Proof):
                return contradiction("there is a proof, and a point at which the two differ")
            point = {**found.sizes, **decision.counterexample.point}
            return _refuted(replace(decision.counterexample, point=point))
        if isinstance(proof, Proof):
            return Decision(Verdict.PROVED, proof=proof)
        if decision.verdict is not Verdict.PROVED:
            open_ = replace(decision, reason=f"{proof}; {decision.reason}")
        tried.append(", ".join(f"{name} = {size}" for name, size in found.sizes.items()))
    if isinstance(proof, Proof):
        return Decision(Verdict.PROVED, proof=proof)
    if open_ is not None:
        return open_
    same = f"; the two are equal for {'; '.join(tried)}" if tried else ""
    return Decision(Verdict.UNDECIDED, reason=f"{proof}{same}")


def decide_parts(
    decision: Decision,
    left: Expr,
    right: Expr,
    context: Context,
    parts: Sequence[Expr],
    stated: Sequence[Expr] = (),
) -> Decision:
    """The decision on a formula that has lost ``parts`` of itself: ``x`` for ``exp(log(x))``.

    Where a part has no real value, the formula has none.  ``stated`` are parts that the left side
    has lost: where these have no value, nothing is claimed.
    """
    known = set(context.symbols)
    doubtful = [
        part
        for part in parts
        if part not in stated
        and not left.has(part)
        and part.free_symbols <= known
        and not context.real(part)
        and not has_value(part, context)
    ]
    for part in doubtful:
        found = undefined(left, part, context, stated)
        if found is not None:
            definitions = (decision.question.definitions[0] if decision.question else None, None)
            return replace(
                _refuted(found), question=Question(left, part, context, None, definitions)
            )
    if not doubtful or decision.verdict is not Verdict.PROVED:
        return decision
    reason = f"{doubtful[0]} may have no real value"
    open_ = _outcome(refute(left, right, context, reason=reason), reason)
    return replace(open_, question=decision.question)


def _first_look(left: Expr, right: Expr, context: Context) -> tuple[Sides, Any, Comparison] | None:
    """A point that refutes, if one of the first few does."""
    try:
        sides = Sides(left, right, context)
    except Unsupported:
        return None
    for point in islice(sides.random_points(), FIRST_POINTS):
        comparison = sides.compare(point, FIRST_BITS)
        if comparison.outcome in _REFUTING:
            return sides, point, comparison
        if comparison.outcome is Outcome.SAME:
            return None
    return None


def _constants(left: Expr, right: Expr, context: Context) -> Decision:
    """Two numbers: their balls tell them apart, or only a proof says that they are one."""
    answer = refute(left, right, context)
    proof = prove(left, right, context)
    if isinstance(proof, Proof):
        if isinstance(answer, Counterexample):
            return contradiction("there is a proof, and a point at which the two differ")
        return Decision(Verdict.PROVED, proof=proof)
    if isinstance(answer, Agreement):
        answer = Agreement(answer.digits, answer.points, proof)
    return _outcome(answer, proof)


def _outcome(answer: Counterexample | Agreement | str, proof: str) -> Decision:
    """The decision where there is no proof."""
    if isinstance(answer, Counterexample):
        return _refuted(answer)
    if isinstance(answer, Agreement):
        return Decision(Verdict.AGREES, agreement=answer, reason=proof)
    return Decision(Verdict.UNDECIDED, reason=f"{proof}; {answer}")


def _refuted(found: Counterexample) -> Decision:
    at = ", ".join(f"{name} = {value}" for name, value in found.point.items())
    reason = f"the two differ at {at}" if at else "the two numbers differ"
    if found.right == "undefined":
        reason = f"the formula has no real value around {at}" if at else "it has no real value"
    return Decision(Verdict.REFUTED, counterexample=found, reason=reason)


def within(left: Expr, right: Expr, context: Context, tolerance: Rational) -> Decision:
    """Whether the two lie within the tolerance everywhere."""
    try:
        sides = Sides(left, right, context)
    except Unsupported as error:
        return Decision(Verdict.UNDECIDED, reason=str(error))
    limit = exact(tolerance)
    difference = left - right
    if difference.is_Rational and abs(difference) <= tolerance:
        return Decision(Verdict.PROVED, proof=Proof((f"within {tolerance} exactly",)))
    near = 0
    for point in islice(sides.random_points(), FIRST_POINTS):
        apart = _farther(sides, point, limit)
        if apart:
            found = Comparison(Outcome.APART, FIRST_BITS)
            return _refuted(
                counterexample(sides, point, found, lambda p: _farther(sides, p, limit) is True)
            )
        near += apart is False
    if near and not sides.symbols:
        rule = f"within {tolerance} by certified enclosures"
        return Decision(Verdict.PROVED, proof=Proof((rule,)))
    if not near:
        return Decision(Verdict.UNDECIDED, reason="the two could not be told from the tolerance")
    reason = "a decimal is compared with an expression that has symbols"
    return Decision(Verdict.AGREES, agreement=Agreement(1, near, reason), reason=reason)


def _farther(sides: Sides, point: Any, limit: Any) -> bool | None:
    """Whether the two are farther apart than the limit at a point; None if it is not known."""
    values = sides.values(point)
    bits = 64
    while bits <= MOST_BITS:
        left, right = sides.balls(values, bits)
        if left is None or right is None:
            return None
        with precision(bits):
            gap = abs(left - right)
            if not gap.is_nan() and gap > arb(limit):
                return True
            if gap <= arb(limit):
                return False
        bits *= 4
    return None

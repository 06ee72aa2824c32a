"""Order: whether one closed expression is nowhere greater than another.

Refuted by an exact point at which the certified enclosure of the difference is negative.  Proved
where its sign is, or where it has a minimum that is not negative: along one symbol after the
other, where the derivative changes its sign once, from below zero to above, or is zero and the
second derivative nowhere negative.

>>> from sympy import log
>>> from klsym.domain import POSITIVE, Context
>>> context = Context().declare("a", POSITIVE)
>>> a = context.symbol("a")
>>> decide_order(log(a), a - 1, context).verdict
<Verdict.PROVED: 'proved'>
>>> decide_order(log(a), a - 2, context).counterexample.point
{'a': 1}
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import islice
from typing import Any

import sympy
from sympy import Expr, S

from klsym.domain import Context
from klsym.equality.prove import prove, sign_by_normal_form
from klsym.equality.refute import DISCRETE_POINTS, POINTS, counterexample
from klsym.equality.sides import MOST_BITS, MOST_BITS_OF_MEANS, Comparison, Outcome, Sides
from klsym.equality.witness import seen_in_definitions
from klsym.numerics.balls import Unsupported
from klsym.verdict import Agreement, Decision, Proof, Question, Verdict

BY_SIGN = "sign of the difference"
BY_MINIMUM = "minimum of the difference"
TURNED = {"=": "=", "<=": ">=", ">=": "<=", "<": ">", ">": "<"}
"""What a relation is between the sides turned."""
JUMPS = (sympy.Piecewise, sympy.sign, sympy.Heaviside, sympy.floor, sympy.ceiling)
"""What may have another sign on a thin set than beside it."""
KINKS = (sympy.Abs, sympy.Max, sympy.Min)
SIMPLE_POINTS = 40
LARGEST = 400
"""A difference of more operations has no minimum looked for."""


def decide_order(
    smaller: Expr,
    larger: Expr,
    context: Context,
    *,
    strict: bool = False,
    definitions: tuple[Expr | None, Expr | None] = (None, None),
) -> Decision:
    """Whether ``smaller <= larger`` on the context, or ``smaller < larger`` with ``strict``.

    ``definitions`` are what the sides were derived from, if they were: a refutation has to be seen
    there as well.
    """
    relation = "<" if strict else "<="
    question = Question(smaller, larger, context, None, definitions, relation)
    decision = _decide(smaller, larger, context, strict=strict)
    return replace(seen_in_definitions(decision, question), question=question)


def _decide(smaller: Expr, larger: Expr, context: Context, *, strict: bool) -> Decision:
    if smaller in (S.NaN, S.ComplexInfinity) or larger in (S.NaN, S.ComplexInfinity):
        return Decision(Verdict.UNDECIDED, reason="one side has no value")
    try:
        sides = Sides(smaller, larger, context)
    except Unsupported as error:
        return Decision(Verdict.UNDECIDED, reason=str(error))
    inside = 0
    for point in _points(sides):
        wrong = _greater(sides, point)
        if wrong:
            found = Comparison(Outcome.APART, MOST_BITS_OF_MEANS)
            shown = counterexample(sides, point, found, lambda p: _greater(sides, p) is True)
            at = ", ".join(f"{name} = {value}" for name, value in shown.point.items())
            reason = f"it does not hold at {at}" if at else "it does not hold"
            return Decision(Verdict.REFUTED, counterexample=shown, reason=reason)
        inside += wrong is False
    difference = larger - smaller
    if larger is S.Infinity or smaller is S.NegativeInfinity:
        return Decision(Verdict.PROVED, proof=Proof((BY_SIGN,)))
    if sides.means:
        return _open(inside, "a side has no closed form")
    if context.sign(difference) == 1 or (not strict and _nonnegative(difference, context)):
        return Decision(Verdict.PROVED, proof=Proof((BY_SIGN,)))
    if (
        not sides.symbols
        and inside
        and (not strict or _greater(Sides(larger, smaller, context), {}))
    ):
        return Decision(Verdict.PROVED, proof=Proof((BY_SIGN,)))
    if not strict and has_no_lower_value(difference, context):
        return Decision(Verdict.PROVED, proof=Proof((BY_MINIMUM,)))
    equal = _equal_point(sides) if strict else None
    if equal is not None:
        found = Comparison(Outcome.SAME, MOST_BITS_OF_MEANS)
        shown = counterexample(sides, equal, found, lambda p: p == equal)
        at = ", ".join(f"{name} = {value}" for name, value in shown.point.items())
        reason = f"the two are equal at {at}" if at else "the two are equal"
        return Decision(Verdict.REFUTED, counterexample=shown, reason=reason)
    return _open(inside, "the sign of the difference is not known")


def turned(decision: Decision) -> Decision:
    """A decision about ``right = left`` as one about ``left = right``."""
    found = decision.counterexample
    if found is None:
        return replace(decision, question=_turned_question(decision))
    difference = found.difference
    if difference.startswith("-"):
        difference = difference[1:]
    elif difference[:1].isdigit() or difference == "oo":
        difference = f"-{difference}"
    other = replace(
        found,
        left=found.right,
        right=found.left,
        difference=difference,
        find_exact=lambda: None if found.exact is None else -found.exact,
    )
    return replace(decision, counterexample=other, question=_turned_question(decision))


def _turned_question(decision: Decision) -> Question | None:
    asked = decision.question
    if asked is None:
        return None
    first, second = asked.definitions
    return replace(
        asked,
        left=asked.right,
        right=asked.left,
        definitions=(second, first),
        relation=TURNED[asked.relation],
    )


def _equal_point(sides: Sides) -> Any:
    """A simple point at which the two sides are proved to be equal."""
    for point in islice(sides.small_points(), SIMPLE_POINTS):
        left, right = sides.balls(sides.values(point), 64)
        if left is None or right is None or not left.overlaps(right):
            continue
        one, other = (side.xreplace(point) for side in (sides.left, sides.right))
        if isinstance(prove(one, other, Context()), Proof):
            return point
    return None


def has_no_lower_value(expr: Expr, context: Context) -> bool:
    """Whether an expression is proved to have a minimum along its symbols that is at least 0."""
    if _nonnegative(expr, context):
        return True
    if sympy.count_ops(expr) > LARGEST:
        return False
    tied = set().union(*(relation.free_symbols for relation in context.relations))
    for symbol in sorted(expr.free_symbols - tied, key=str):
        least = _least(expr, symbol, context)
        if least is None or least == symbol:
            continue
        value = sympy.expand_log(sympy.together(expr.subs(symbol, least)), force=False)
        if has_no_lower_value(value, context):
            return True
    return False


def _nonnegative(expr: Any, context: Context) -> bool:
    if expr == 0 or context.nonnegative(expr):
        return True
    if isinstance(prove(expr, S.Zero, context), Proof):
        return True
    return not expr.has(*JUMPS) and sign_by_normal_form(expr, context) == 1


def _least(expr: Expr, symbol: Any, context: Context) -> Any:
    """Where an expression is least along a symbol, if its derivative shows that."""
    slope_of = expr.diff(symbol)
    if slope_of.has(sympy.Derivative, sympy.Subs, S.NaN):
        return None
    numerator, denominator = sympy.fraction(sympy.together(slope_of))
    if not numerator.is_polynomial(symbol):
        return _where_convex(expr, slope_of, symbol, context)
    sign = context.sign(denominator)
    if sign is None:
        return None
    turning = None
    constant, factors = sympy.factor_list(numerator)
    for base, power in [(constant, 1), *factors]:
        one = context.sign(base)
        if one is not None:
            sign *= one**power
        elif power % 2 == 0:
            continue
        elif turning is None and sympy.degree(base, symbol) == 1:
            turning = base
        else:
            return None
    if turning is None:
        return None
    slope = sympy.Poly(turning, symbol).coeff_monomial(symbol)
    direction = context.sign(slope)
    if direction is None or sign * direction != 1:
        return None
    place = sympy.solve(turning, symbol)[0]
    domain = context.domains[symbol.name]
    ends = [(domain.lower, sympy.StrictGreaterThan), (domain.upper, sympy.StrictLessThan)]
    for end, relation in ends:
        if end is not None and context.holds(relation(place, sympy.Rational(end))) is not True:
            return None
    return place


def _where_convex(expr: Expr, slope: Any, symbol: Any, context: Context) -> Any:
    """A simple place at which the slope of a convex expression is zero."""
    if symbol.is_integer or expr.has(*JUMPS, *KINKS):
        return None
    if not _nonnegative(expr.diff(symbol, 2), context):
        return None
    domain = context.domains[symbol.name]
    others = [s for s in context.symbols if s != symbol and context.domains[s.name] == domain]
    numbers = [sympy.Integer(n) for n in (0, 1) if domain.contains(Fraction(n))]
    for place in (*others, *numbers):
        if isinstance(prove(slope.subs(symbol, place), S.Zero, context), Proof):
            return place
    return None


def _points(sides: Sides) -> list[Any]:
    few = 4 if sides.means else POINTS
    points = list(islice(sides.random_points(), few))
    if sides.discrete:
        points = [*islice(sides.small_points(), DISCRETE_POINTS), *points]
    elif not sides.means:
        points += islice(sides.small_points(), SIMPLE_POINTS)
    return points


def _greater(sides: Sides, point: Any) -> bool | None:
    """Whether the left side is certainly greater at a point; None if that is not known."""
    values = sides.values(point)
    bits, most = 64, MOST_BITS_OF_MEANS if sides.means else MOST_BITS
    while bits <= most:
        left, right = sides.balls(values, bits)
        if left is None or right is None:
            return None
        if left > right:
            return True
        if left <= right:
            return False
        bits *= 4
    return None


def _open(points: int, reason: str) -> Decision:
    if not points:
        return Decision(Verdict.UNDECIDED, reason=reason)
    told = f"it holds at {points} points; {reason}"
    return Decision(Verdict.AGREES, agreement=Agreement(1, points, told), reason=told)

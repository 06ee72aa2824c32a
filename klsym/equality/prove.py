"""Proofs: two expressions are equal where the normal form of their difference is zero.

>>> from sympy import log
>>> from klsym.domain import POSITIVE, REAL, Context
>>> context = Context().declare("a", POSITIVE).declare("b", POSITIVE).declare("x", REAL)
>>> a, b, x = context.symbols
>>> prove(log(a**2 + 2*a*b + b**2), 2*log(a + b), context)
Proof(rules=('log of a product',))
>>> prove(log(x**2), 2*log(x), context)
'log of x, which may not be positive'

See :mod:`klsym.equality` for what a proof means and how far the normal form is complete.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Any

import sympy
from sympy import Expr, S

from klsym.equality.algebra import UNKNOWN_VALUE, Algebra, Split
from klsym.equality.atoms import rules
from klsym.equality.components import is_sum
from klsym.equality.field import Outside, Ratio, Restart, Shape, Undefined
from klsym.equality.sides import Sides
from klsym.equality.signs import sign_of_ratio
from klsym.equality.sums import BY_SUMMANDS, goals
from klsym.errors import KlsymError
from klsym.numerics.balls import Unsupported, compile_balls, exact, precision
from klsym.verdict import Proof

if TYPE_CHECKING:
    from klsym.domain import Context

MOST_CASES = 32
MOST_RESTARTS = 40
WITNESSES = 200
WITNESS_BITS = 128
NOWHERE = "neither side has a real value anywhere"


@dataclass(frozen=True)
class _Case:
    """What is to be shown: an equality under assumptions, some as signs of expressions."""

    left: Any
    right: Any
    context: Context
    assumed: tuple[tuple[Any, int], ...] = ()


class _Unproved(Exception):
    """No proof was found; the message says why."""


def prove(left: Expr, right: Expr, context: Context) -> Proof | str:
    """A proof that the two are equal on the whole of the context, or why there is none.

    Equal means: up to a thin set both have a real value and it is the same; at each value of a
    symbol that stands for integers both are defined.  Where a part may have no real value (the
    logarithm of what may be negative), it must occur on both sides alike.
    """
    if not (isinstance(left, Expr) and isinstance(right, Expr)):
        return "only expressions can be compared"
    if is_sum(left, right):
        return _by_summands(left, right, context)
    answer = _by_cases(left, right, context)
    if left == right and left not in (S.NaN, S.ComplexInfinity) and answer != NOWHERE:
        return Proof(("identical expressions",))
    return answer


def _by_summands(left: Expr, right: Expr, context: Context) -> Proof | str:
    """A proof about sums over components, by what they reduce to."""
    found = goals(left, right, context)
    if isinstance(found, str):
        return found
    trace: dict[str, None] = {BY_SUMMANDS: None}
    cases = 0
    for goal in found:
        answer = prove(*goal)
        if not isinstance(answer, Proof):
            return answer
        trace.update(dict.fromkeys(answer.rules))
        cases += answer.cases
    return Proof(tuple(trace), cases)


def _by_cases(left: Expr, right: Expr, context: Context) -> Proof | str:
    trace: dict[str, None] = {}
    try:
        cases = [_without_equations(_Case(left, right, context))]
        done, somewhere = 0, False
        while cases:
            case = cases.pop()
            done += 1
            if done > MOST_CASES:
                return "there are too many cases to distinguish"
            try:
                used = _prove_case(case)
                somewhere = somewhere or used is not None
                trace.update(used or {})
            except Split as split:
                trace["by cases"] = None
                cases += _split(case, split)
    except (_Unproved, Outside) as reason:
        return str(reason)
    except RecursionError:
        return "the expression is nested too deeply"
    if not somewhere:
        return NOWHERE
    return Proof(tuple(trace) or ("arithmetic of rational functions",), done)


def _prove_case(case: _Case) -> dict[str, None] | None:
    """The rules that prove one case; None if neither side has a value in it.

    Raises _Unproved, Outside, or Split for a sign it needs.
    """
    shape = Shape()
    for _ in range(MOST_RESTARTS):
        try:
            algebra = Algebra(case.context, shape, rules(), case.assumed, _strict(case))
            left = _side(algebra, case.left)
            doubts, algebra.doubts = algebra.doubts, {}
            right = _side(algebra, case.right)
            break
        except Restart:
            continue
    else:
        raise _Unproved("the roots in it lead to ever further roots")
    if isinstance(left, Undefined) and isinstance(right, Undefined):
        return None
    if isinstance(left, Undefined):
        raise left
    if isinstance(right, Undefined):
        raise right
    differing = doubts.keys() ^ algebra.doubts.keys()
    if differing:
        raise _Unproved(min((doubts | algebra.doubts)[key] for key in differing))
    if not algebra.field.is_zero(algebra.field.subtract(left, right)):
        raise _Unproved("the normal form of the difference is not zero")
    # An unknown function or a mean is taken to have a value; anything else must be seen to.
    doubted = any(key[0] != UNKNOWN_VALUE for key in doubts)
    if (algebra.must_witness or doubted) and not _witnessed(case):
        raise _Unproved("no point was found at which both sides certainly have a value")
    return algebra.trace


def sign_by_normal_form(expr: Expr, context: Context) -> int | None:
    """+1 or -1 if the normal form shows that sign, up to a thin set; all parts have values."""
    shape = Shape()
    for _ in range(MOST_RESTARTS):
        try:
            algebra = Algebra(context, shape, rules())
            value = algebra.value(expr)
            return None if algebra.doubts else sign_of_ratio(algebra, value)
        except Restart:
            continue
        except (Outside, Split, RecursionError):
            return None
    return None


def has_value(expr: Expr, context: Context) -> bool:
    """Whether an expression is proved to have a real value, up to a thin set."""
    strict = frozenset(s for s in expr.free_symbols if s.is_integer)
    shape = Shape()
    for _ in range(MOST_RESTARTS):
        try:
            algebra = Algebra(context, shape, rules(), (), strict)
            algebra.value(expr)
            if algebra.doubts:
                return False
            return not algebra.must_witness or _witnessed(_Case(expr, expr, context))
        except Restart:
            continue
        except (Outside, Split, RecursionError):
            return False
    return False


def _side(algebra: Algebra, expr: Any) -> Ratio | Undefined:
    """The normal form, or the reason why there is no value anywhere in this case."""
    try:
        return algebra.value(expr)
    except Undefined as reason:
        return reason


def _strict(case: _Case) -> frozenset[Any]:
    """The symbols at each value of which both sides must be defined."""
    symbols = case.left.free_symbols | case.right.free_symbols
    held = {s for s in symbols if s.is_integer}
    for relation in case.context.relations:
        if isinstance(relation, sympy.Equality):
            held |= relation.free_symbols & symbols
    return frozenset(held)


def _witnessed(case: _Case) -> bool:
    """Whether both sides have a value at some point, so that no divisor is zero everywhere."""
    symbols = case.context.symbols
    try:
        sides = Sides(case.left, case.right, case.context)
        signs = [compile_balls(sign * expr, symbols) for expr, sign in case.assumed]
    except Unsupported:
        return False
    for point in islice(case.context.points(), WITNESSES):
        balls = sides.balls(sides.values(point), WITNESS_BITS)
        if any(ball is None or not ball.is_finite() for ball in balls):
            continue
        values = [exact(point[symbol]) for symbol in symbols]
        with precision(WITNESS_BITS):
            balls = [function.evaluate_real(values) for function in signs]
        if all(ball is not None and ball > 0 for ball in balls):
            return True
    return False


def _without_equations(case: _Case) -> _Case:
    """Symbols that an assumed equation determines are replaced by what they equal."""
    for relation in case.context.relations:
        if isinstance(relation, sympy.Equality):
            solution = _solve(case, relation.lhs - relation.rhs)
            if solution is not None:
                case = _substitute(case, *solution)
    return case


def _solve(case: _Case, expr: Any) -> tuple[Any, Any] | None:
    """A symbol of the two sides, and what it equals where the expression is zero."""
    expr = sympy.expand(expr)
    present = case.left.free_symbols | case.right.free_symbols
    for symbol in sorted(expr.free_symbols & present, key=lambda s: str(s.name)):
        slope = expr.diff(symbol)
        if slope.is_Rational and slope != 0:
            return symbol, sympy.expand(symbol - expr / slope)
    return None


def _substitute(case: _Case, symbol: Any, value: Any) -> _Case:
    try:
        parts = [part.subs(symbol, value) for part in (case.left, case.right)]
        assumed = tuple((expr.subs(symbol, value), sign) for expr, sign in case.assumed)
    except (ValueError, TypeError):
        # sympy refuses some functions at a pole.
        raise Outside(f"the case {symbol} = {value}") from None
    return replace(case, left=parts[0], right=parts[1], assumed=assumed)


def _split(case: _Case, split: Split) -> Iterator[_Case]:
    """The cases that a sign leaves: positive, negative, and zero where that is no thin set."""
    rational = split.expr.is_rational_function()
    try:
        relations = ((1, split.expr > 0), (-1, split.expr < 0))
    except TypeError:
        # sympy compares no complex numbers.
        raise Outside(f"{split.expr}, which is not real") from None
    for sign, relation in relations:
        try:
            # The context reasons with rational relations, and draws points from them.
            context = case.context.assume(relation) if rational else case.context
        except KlsymError:
            continue  # nothing satisfies it
        yield replace(case, context=context, assumed=(*case.assumed, (split.expr, sign)))
    if split.strict:
        solution = _solve(case, split.expr)
        if solution is None:
            raise Outside(f"the case {split.expr} = 0")
        yield _substitute(case, *solution)

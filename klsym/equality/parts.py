"""A formula that has a value on one part of the domain only, where the derived side has cases.

Where the derived side is given by cases and the formula has no value at all in some of them, the
claim can only be meant for the others; there it is decided, and the part is named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sympy import Expr, Ge, Gt, Le, Lt, Not, Piecewise, Pow, log, lowergamma, uppergamma

from klsym.equality.decide import decide
from klsym.verdict import Decision, Verdict

if TYPE_CHECKING:
    from klsym.domain import Context


def decide_on_part(
    left: Expr,
    right: Expr,
    context: Context,
    definitions: tuple[Expr | None, Expr | None] = (None, None),
) -> tuple[Decision, Any] | None:
    """A proof on one part, with the relation that describes it.

    None unless the derived side has two cases, the formula is proved in one of them and has no
    value anywhere in the other.
    """
    for cases in left.atoms(Piecewise):
        if len(cases.args) != 2:
            continue
        (first, condition), (second, _) = cases.args
        parts = ((first, condition, Not(condition)), (second, Not(condition), condition))
        for value, here, elsewhere in parts:
            if here in context.relations or elsewhere in context.relations:
                continue
            inside = context.assume(here)
            here_left = left.xreplace({cases: value})
            decision = decide(here_left, right, inside, definitions=definitions)
            if decision.verdict is Verdict.PROVED and _is_nowhere(right, context, elsewhere):
                return decision, here
    return None


def _is_nowhere(right: Expr, context: Context, elsewhere: Any) -> bool:
    """Whether the formula is proved to have no real value there, up to a thin set."""
    strict = {Ge: Gt, Le: Lt}.get(elsewhere.func, elsewhere.func)
    inside = context.assume(strict(*elsewhere.args))
    needs = [node.args[0] for node in right.atoms(log)]
    needs += [node.args[-1] for node in right.atoms(lowergamma, uppergamma)]
    needs += [node.base for node in right.atoms(Pow) if _is_root(node.exp)]
    return any(inside.sign(need) == -1 for need in needs)


def _is_root(exponent: Expr) -> bool:
    return bool(exponent.is_Rational and exponent.q % 2 == 0)

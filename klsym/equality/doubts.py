"""What must be positive for an expression to have a real value, where that is not proved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flint import fmpq_mpoly

from klsym.equality.field import Ratio, Undefined
from klsym.equality.signs import factor_sign, never_zero, sign_of

if TYPE_CHECKING:
    from klsym.equality.algebra import Algebra


def must_be_positive(algebra: Algebra, kind: str, expr: Any) -> None:
    """Note a doubt unless an expression is proved to be positive; raises Undefined if it is not.

    The doubt is named by the factors whose sign is not known, so it is the same for ``1/(b - a)``
    and ``2*(b - a)``.
    """
    sign = sign_of(algebra, expr)
    if sign == 1:
        return
    text = f"{kind} of {expr}, which may not be positive"
    if sign is not None:
        raise Undefined(f"{kind} of {expr}, which is not positive")
    core, squares = open_factors(algebra, algebra.value(expr))
    algebra.doubts["positive", kind, str(core), squares] = text


def open_factors(algebra: Algebra, value: Ratio) -> tuple[fmpq_mpoly, tuple[str, ...]]:
    """The product of the factors that leave a sign open, and the squares that may be zero."""
    field = algebra.field
    core, squares = field.unit, []
    for part in field.cancel(value):
        content, factors = field.factor(part)
        core = core if content > 0 else -core
        for factor, power in factors:
            monic = factor / factor.leading_coefficient()
            if power % 2 == 0:
                if not never_zero(algebra, monic):
                    squares.append(str(monic))
                continue
            sign = factor_sign(algebra, monic)
            core = core * (monic if sign is None else field.unit * sign)
            if factor.leading_coefficient() < 0:
                core = -core
    return core, tuple(sorted(squares))

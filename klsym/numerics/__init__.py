"""From an expression to numbers: certified balls, certified means, and an independent check.

:mod:`~klsym.numerics.balls` encloses closed expressions, :mod:`~klsym.numerics.enclose` those that
hold means, and :mod:`~klsym.numerics.confirm` checks a closed form against its definition by a
path that shares nothing with either.  Parameters are exact rationals everywhere.
"""

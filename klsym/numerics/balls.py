"""Certified enclosures of closed expressions: sympy to FLINT balls, compiled once, called often.

>>> from flint import fmpq
>>> from sympy import log, symbols
>>> a, b = symbols("a b", positive=True)
>>> function = compile_balls(log(a/b) + b/a - 1, (a, b))
>>> with precision(96):
...     print(function.evaluate_real((fmpq(1), fmpq(2))).str(15))
[0.306852819440055 +/- 3.10e-16]
>>> function.evaluate_real((fmpq(1), fmpq(-2))) is None
True

A formula may hold any head of :mod:`klsym.numerics.reals`; anything else, a binary float
among it, is `Unsupported`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property, lru_cache
from typing import Any

from flint import acb, arb, ctx, fmpq
from sympy import Expr, Rational, Symbol

from klsym.numerics.analytic import ANALYTIC
from klsym.numerics.arithmetic import Undefined
from klsym.numerics.reals import REAL
from klsym.numerics.straightline import (
    Function,
    Unsupported,
    generate,
    generate_integrand,
)

__all__ = [
    "BallFunction",
    "Undefined",
    "Unsupported",
    "compile_balls",
    "compile_integrand",
    "constant",
    "exact",
    "precision",
]


@contextmanager
def precision(bits: int) -> Iterator[None]:
    """Work with ``bits`` bits within the block.

    FLINT's precision belongs to the whole process; it is always put back, and nothing here may
    run in two threads at once.
    """
    before = ctx.prec
    ctx.prec = bits
    try:
        yield
    finally:
        ctx.prec = before


def exact(value: Any) -> fmpq:
    """An exact rational of FLINT from a sympy Rational, a Fraction or an int."""
    if isinstance(value, fmpq):
        return value
    if isinstance(value, Rational):
        return fmpq(int(value.p), int(value.q))
    if isinstance(value, int):
        return fmpq(value)
    return fmpq(value.numerator, value.denominator)


class BallFunction:
    """An expression as a function of its variables, in order, at the precision of the moment.

    There are two ways to call it, and they differ on what has no real value:

    * `evaluate_real` treats every part as a real number: the logarithm of a negative number
      is no value, even where the imaginary parts would cancel in the end.
    * calling it takes principal complex values throughout.
    """

    def __init__(self, expr: Expr, variables: tuple[Symbol, ...]) -> None:
        self.variables = variables
        self._expr = expr
        self._real = generate(expr, variables, REAL)

    def evaluate_real(self, values: Sequence[fmpq | arb]) -> arb | None:
        """The ball of the real value, in three kinds:

        * None: it has certainly no real value here (a pole, the logarithm of a negative number,
          ``0*log(0)``); no precision will change that.
        * a ball that is not finite: at this precision nothing can be said; try more.
        * a finite ball: it holds the value, which exists.
        """
        try:
            return arb(self._real(*values))
        except (Undefined, ZeroDivisionError):
            return None

    def __call__(self, values: Sequence[fmpq | arb | acb]) -> acb:
        """The ball of the principal complex value; not finite where nothing can be said.

        Raises `Unsupported` for a head known for real numbers alone.
        """
        try:
            return acb(self._complex()(*map(acb, values), False))
        except (Undefined, ZeroDivisionError):
            return acb("nan")

    @cached_property
    def _complex(self) -> Callable[[], Function]:
        return generate_integrand(self._expr, self.variables, REAL, ANALYTIC)


@lru_cache(maxsize=1024)
def _compiled(expr: Expr, variables: tuple[Symbol, ...]) -> BallFunction:
    return BallFunction(expr, variables)


def compile_balls(expr: Expr, variables: Sequence[Symbol]) -> BallFunction:
    """The expression as a `BallFunction`; compiled once, then remembered.

    Raises `Unsupported` for a head that is not on the white list, a binary float, infinity, or a
    symbol that is not among the variables.
    """
    try:
        return _compiled(expr, tuple(variables))
    except RecursionError:
        raise Unsupported("an expression nested too deeply") from None


@lru_cache(maxsize=1024)
def compile_integrand(expr: Expr, variable: Symbol) -> Callable[[], Function]:
    """An integrand for `flint.acb.integral`: ``setup()`` gives ``f(z, analytic)``.

    ``setup`` computes what is free of the variable, at the precision of the moment; it raises
    `Undefined` where such a part has no real value.  The expression has no other symbol.
    """
    if variable not in expr.free_symbols:
        return lambda: _level(constant(expr))
    return generate_integrand(expr, (variable,), REAL, ANALYTIC)


def _level(value: arb) -> Function:
    """An integrand that is one constant; the integrator wants a complex ball."""
    ball = acb(value)
    return lambda z, analytic: ball


@lru_cache(maxsize=1024)
def _constant(expr: Expr) -> Function:
    return generate(expr, (), REAL)


def constant(expr: Expr) -> arb:
    """The ball of an expression without symbols, at the precision of the moment.

    Raises `Unsupported` if it has no real value, or none can be told.
    """
    if isinstance(expr, Rational):
        return arb(exact(expr))
    try:
        value = arb(_constant(expr)())
    except (Undefined, ZeroDivisionError) as error:
        raise Unsupported(f"{expr} has no real value: {error}") from None
    if not value.is_finite():
        raise Unsupported(f"{expr} could not be enclosed")
    return value

"""The walk from a sympy tree to a fraction over atoms, within one Context.

:class:`Algebra` holds what one normal form needs: the field, the signs that are known, the names
of the rules used, and the *doubts*.  Every rewriting is an identity wherever
the expression has a real value.  Where that is not proved to be so on the whole domain, a doubt
notes what would have to be positive, or not zero: two sides are only equal if they share their
doubts, and so have a value at the same points.  A sign that decides between cases (``|a - b|``)
raises `Split`: the proof is then done for each case.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sympy
from flint import fmpq, fmpq_mpoly
from sympy import S

from klsym.equality.field import Atom, Field, Outside, Ratio, Shape
from klsym.equality.signs import sign_of_symbol

if TYPE_CHECKING:
    from klsym.domain import Context

Rule = Callable[["Algebra", Any], Ratio]
"""From an expression with a certain head to its normal form."""

LogRule = Callable[["Algebra", Any], Ratio | None]
"""From an expression with a certain head to the normal form of ``log|expr|``, or None."""

Doubt = tuple[Hashable, ...]
"""What may have no real value: the kind of the doubt, then keys that equal parts share."""

UNKNOWN_VALUE = "unknown value"
"""The kind of doubt about functions without rules, means and integrals."""

CONSTANTS = (S.Pi, S.EulerGamma, S.Catalan)


@dataclass(frozen=True, slots=True)
class Rules:
    """What is known of functions, by their sympy classes."""

    values: Mapping[Any, Rule]
    logarithms: Mapping[Any, LogRule]


class Split(Exception):
    """The sign of ``expr`` decides; ``strict`` says that its zero is a case of its own."""

    def __init__(self, expr: Any, strict: bool) -> None:
        super().__init__(str(expr))
        self.expr = expr
        self.strict = strict


class Algebra:
    """One attempt at a normal form.

    ``assumed`` lists expressions with the sign that the present case gives them.
    """

    def __init__(
        self,
        context: Context,
        shape: Shape,
        rules: Rules,
        assumed: tuple[tuple[Any, int], ...] = (),
        strict: frozenset[Any] = frozenset(),
    ) -> None:
        self.context = context
        self.field = Field(shape)
        self.rules = rules
        self.strict = strict
        """Symbols at each value of which both sides must be defined: those of integers."""
        self.trace: dict[str, None] = {}
        self.doubts: dict[Doubt, str] = {}
        """What may have no real value, by a key that is the same for equal parts."""
        self.general_exponents: list[int] = []
        self.factor_signs: dict[str, int | None] = {}
        self.expression_signs: dict[Any, int | None] = {}
        self.ratio_signs: dict[Hashable, int | None] = {}
        self.logarithms: dict[Hashable, Ratio] = {}
        self.must_witness = False
        """Whether a divisor was met that only a number can show to be different from zero."""
        self._values: dict[Any, tuple[Ratio, dict[Doubt, str]]] = {}
        for expr, sign in assumed:
            self._assume(expr, sign)

    def use(self, rule: str) -> None:
        """Note that a rule was used."""
        self.trace[rule] = None

    # -- the walk

    def value(self, expr: Any) -> Ratio:
        """The normal form of an expression."""
        known = self._values.get(expr)
        if known is None:
            outer, self.doubts = self.doubts, {}
            try:
                known = self._values[expr] = (self._find(expr), self.doubts)
            finally:
                self.doubts = outer
        self.doubts.update(known[1])
        return known[0]

    def _find(self, expr: Any) -> Ratio:
        field = self.field
        if expr.is_Symbol:
            return self.symbol(expr)
        if expr.is_Rational:
            return field.number(fmpq(int(expr.p), int(expr.q)))
        if expr.is_Add:
            return field.sum([self.value(arg) for arg in expr.args])
        if expr.is_Mul:
            result = field.one
            for arg in expr.args:
                result = field.multiply(result, self.value(arg))
            return result
        if expr in CONSTANTS:
            return self.atom("symbol", expr, lambda: expr, sign=1)
        if expr is S.GoldenRatio:
            return self.value((1 + sympy.sqrt(5)) / 2)
        rule = self.rules.values.get(type(expr))
        if rule is not None:
            return rule(self, expr)
        return self.opaque(expr)

    def symbol(self, symbol: Any) -> Ratio:
        """A symbol, real on the whole domain."""
        if not symbol.is_real:
            raise Outside(f"{symbol} is not real")
        sign = 1 if symbol.is_positive else -1 if symbol.is_negative else None
        if sign is None:
            sign = sign_of_symbol(self, symbol) or None
        return self.atom("symbol", symbol, lambda: symbol, symbols={symbol}, sign=sign)

    def opaque(self, expr: Any) -> Ratio:
        """A function without rules: equal where its arguments are equal, and only doubted."""
        if expr is S.Exp1:
            return self.rules.values[sympy.exp](self, sympy.exp(S.One, evaluate=False))
        if expr is S.ImaginaryUnit:
            raise Outside("a complex number")
        if expr.is_infinite or expr is S.NaN:
            raise Outside(f"the value {expr}")
        if expr.is_Float:
            raise Outside("a binary floating-point number")
        if not expr.is_commutative or getattr(expr, "is_Matrix", False):
            raise Outside(f"the matrix or operator {expr}")
        symbols = frozenset(expr.free_symbols)
        key: Hashable
        if isinstance(expr, sympy.Function) and all(isinstance(a, sympy.Expr) for a in expr.args):
            values = [self.value(arg) for arg in expr.args]
            name = expr.func.__name__
            key = (type(expr), name, *(self.field.key(value) for value in values))
            real = self.context.real(expr)
        else:
            # A mean, an integral, a sum: it may be infinite.
            key = (type(expr), expr)
            real = False
        if not real:
            self.doubts[UNKNOWN_VALUE, key] = f"{expr} may have no real value"
        sign = self.context.sign(expr) or None if real else None
        return self.atom("opaque", key, lambda: expr, symbols=symbols, sign=sign)

    def atom(
        self,
        kind: str,
        key: Hashable,
        expression: Callable[[], Any],
        *,
        symbols: Any = (),
        sign: int | None = None,
        value: Any = None,
    ) -> Ratio:
        """The atom of that kind and key, as a fraction."""
        name = (kind, key)
        place = self.field.index(
            name, lambda: Atom(name, expression, frozenset(symbols), sign, value)
        )
        generator = self.field.generators[place]
        root = self.field.root(name)
        return Ratio(generator if root == 1 else generator**root, self.field.unit)

    def function(self, kind: str, head: Any, *values: Ratio, **details: Any) -> Ratio:
        """An atom that is a function of fractions; ``head`` builds it from their expressions."""
        field = self.field
        values = tuple(field.cancel(value) for value in values)
        key = tuple((str(value.top), str(value.bottom)) for value in values)
        details.setdefault("symbols", frozenset().union(*map(field.symbols_of, values)))
        details.setdefault("value", values)
        return self.atom(kind, key, lambda: head(*map(self.express, values)), **details)

    def doubt(self, kind: str, head: Any, *values: Ratio) -> Ratio:
        """The same for one that may have no real value somewhere."""
        kind = f"{kind}?"
        atom = self.function(kind, head, *values)
        key: Doubt = (kind, *map(self.field.key, values))
        self.doubts[key] = f"{head(*map(self.express, values))} may have no real value"
        return atom

    def divisor(self, expr: Any, value: Ratio) -> None:
        """See to it that what one divides by is zero on a thin set at most."""
        field = self.field
        top = value.top
        if top.is_constant():
            return
        atoms = [field.atoms[i] for i in field.used(top)]
        discrete = any(atom.symbols & self.strict for atom in atoms)
        if discrete and not self.context.nonzero(expr):
            key = ("nonzero", str(top / top.leading_coefficient()))
            self.doubts[key] = f"{expr} may be zero"
        self.suspect(top)

    def suspect(self, p: fmpq_mpoly) -> None:
        """Note that p is taken not to be zero, which a relation between its atoms might make it."""
        field = self.field
        if len(p) > 1 and any(field.atoms[i].kind != "symbol" for i in field.used(p)):
            self.must_witness = True

    # -- back to sympy

    def express(self, value: Any) -> Any:
        """A fraction or a polynomial as a sympy expression."""
        if isinstance(value, Ratio):
            return self.express(value.top) / self.express(value.bottom)
        terms = []
        for monomial, c in value.to_dict().items():
            factors = [sympy.Rational(int(c.p), int(c.q))]
            for place, power in enumerate(monomial):
                if power:
                    atom = self.field.atoms[place]
                    root = self.field.root(atom.key)
                    factors.append(atom.expression() ** sympy.Rational(power, root))
            terms.append(sympy.Mul(*factors))
        return sympy.Add(*terms)

    def _assume(self, expr: Any, sign: int) -> None:
        value = self.value(expr)
        content, factors = self.field.factor(value.top)
        if len(factors) == 1 and factors[0][1] % 2 and value.bottom.is_one():
            factor = factors[0][0]
            lead = factor.leading_coefficient()
            turned = sign if content * lead > 0 else -sign
            self.factor_signs[str(factor / lead)] = turned

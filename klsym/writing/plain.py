"""Expressions in klsym's plain notation, the one it reads on the command line.

What is printed here is read back as the same expression.

>>> from sympy import Rational, log, polygamma, symbols
>>> a, b = symbols("a b", positive=True)
>>> plain(log(a/b) + b/a - 1)
'log(a/b) + b/a - 1'
>>> plain(a*polygamma(0, a) - Rational(1, 2))
'a*digamma(a) - 1/2'
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sympy import Rational
from sympy.printing.precedence import PRECEDENCE
from sympy.printing.str import StrPrinter

from klsym.writing.grouping import grouped_factors, grouped_sum
from klsym.writing.order import textbook_order
from klsym.writing.roots import joined_roots

NAMES = {
    "Abs": "abs",
    "Max": "max",
    "Min": "min",
    "asin": "arcsin",
    "acos": "arccos",
    "atan": "arctan",
    "conjugate": "conj",
}
"""sympy's name of a function, where klsym prints another."""


class PlainPrinter(StrPrinter):
    """sympy's printer of strings, with klsym's names and the order of a textbook."""

    def _as_ordered_terms(self, expr: Any, order: Any = None) -> list[Any]:
        return textbook_order(super()._as_ordered_terms(expr, order=None))

    def _print_Add(self, expr: Any, order: Any = None) -> str:
        grouped = grouped_sum(expr) if self._print_level > 1 else expr
        text: str = super()._print_Add(expr) if grouped.is_Add else super()._print_Mul(grouped)
        return text

    def _print_Mul(self, expr: Any) -> str:
        joined = joined_roots(expr)
        if not joined.is_Mul and joined != expr:
            text: str = self._print(joined)
        else:
            text = super()._print_Mul(grouped_factors(joined))
        return text

    def _print_JoinedRoot(self, expr: Any) -> str:
        return f"sqrt({self._print(expr.args[0])})"

    def _print_Function(self, expr: Any) -> str:
        name = expr.func.__name__
        return f"{NAMES.get(name, name)}({self.stringify(expr.args, ', ')})"

    def _print_Abs(self, expr: Any) -> str:
        return self._print_Function(expr)

    def _print_LatticeOp(self, expr: Any) -> str:
        return self._print_Function(expr)

    def _print_Max(self, expr: Any) -> str:
        return self._print_Function(expr)

    def _print_Min(self, expr: Any) -> str:
        return self._print_Function(expr)

    def _print_polygamma(self, expr: Any) -> str:
        order, argument = expr.args
        if order == 0:
            return f"digamma({self._print(argument)})"
        return f"polygamma({self._print(order)}, {self._print(argument)})"

    def _print_Exp1(self, expr: Any) -> str:
        return "exp(1)"

    def _print_Infinity(self, expr: Any) -> str:
        return "oo"

    def _print_Relational(self, expr: Any) -> str:
        sign = {"==": "=", "Eq": "=", "Ne": "!="}.get(expr.rel_op, expr.rel_op)
        low = PRECEDENCE["Relational"]
        return f"{self.parenthesize(expr.lhs, low)} {sign} {self.parenthesize(expr.rhs, low)}"

    def _print_And(self, expr: Any) -> str:
        return " and ".join(sorted(map(self._print, expr.args)))

    def _print_Integral(self, expr: Any) -> str:
        signs, differentials = "", ""
        for limit in reversed(expr.limits):
            ends = "".join(
                f"{c}{{{self._print(end)}}}" for c, end in zip("_^", limit[1:], strict=False)
            )
            signs, differentials = f"{signs}∫{ends}", f" d{self._print(limit[0])}{differentials}"
        return f"{signs} {self._body(expr.function)}{differentials}"

    def _print_Sum(self, expr: Any) -> str:
        signs = ""
        for index, lower, upper in ([*map(self._print, limit)] for limit in expr.limits):
            signs = f"∑_{{{index}={lower}}}^{{{upper}}}{signs}"
        return f"{signs} {self._body(expr.function)}"

    def _print_IndexSum(self, expr: Any) -> str:
        return f"sum({self.stringify(expr.args, ', ')})"

    def _body(self, expr: Any) -> str:
        text: str = self.parenthesize(expr, PRECEDENCE["Mul"], strict=True)
        return text


_PRINTER = PlainPrinter()


def plain(expr: Any) -> str:
    """The expression, relation or condition in plain notation."""
    text: str = _PRINTER.doprint(expr)
    return text


def plain_point(point: Mapping[Any, Rational]) -> dict[str, str]:
    """An exact point as strings, ``{"mu": "0", "sigma": "3/2"}``."""
    return {str(name): plain(value) for name, value in point.items()}

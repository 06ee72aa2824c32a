"""Expressions as NumPy and SciPy code that keeps its digits near the ends of the domain.

Each head has one way of being written, in a white list; any other is refused.  Logarithms are
taken apart where a function of SciPy computes a part of them with less loss: ``log(1 - p)`` is
``log1p(-p)``, ``log(gamma(x))`` is ``gammaln(x)``, ``x*log(x/y)`` is ``xlogy(x, x/y)``.

>>> from sympy import exp, log, symbols
>>> p, q = symbols("p q", positive=True)
>>> print(code(p*log(p/q) - exp(-p) + 1))
special.xlogy(p, p/q) - np.expm1(-p)
>>> print(code(log(1 + exp(p)) + log(exp(-p) + 1)/2))
np.logaddexp(0, -p)/2 + np.logaddexp(0, p)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import sympy
from sympy import Mul, S

from klsym.writing.arraynames import (
    CALLS,
    CONSTANTS,
    JUNCTIONS,
    LATTICE,
    RECIPROCALS,
    SIGNS,
    WEIGHTED,
    unwritable,
)
from klsym.writing.logarithms import (
    base_and_exponent,
    common_weight,
    exponential_less_one,
    logarithm_apart,
    scaled_bessel,
)
from klsym.writing.order import textbook_order
from klsym.writing.precedence import (
    ATOM,
    POWER,
    PRODUCT,
    SUM,
    Code,
    number,
    summed,
    times,
    within,
)


def code(
    expr: Any,
    names: Mapping[Any, str] | None = None,
    sign: Callable[[Any], int | None] = lambda expr: None,
) -> str:
    """The expression or condition as an expression of Python over arrays ``names`` of its symbols.

    ``sign`` proves signs, as `klsym.domain.Context.sign` does: a logarithm is taken apart only
    where its factors are proved positive.

    Raises KlsymError ``no-python`` for a head that NumPy and SciPy do not compute.
    """
    return _Writer(names or {}, sign).condition(expr)


class _Writer:
    def __init__(self, names: Mapping[Any, str], sign: Callable[[Any], int | None]) -> None:
        self.names, self.sign = names, sign

    def positive(self, *values: Any) -> bool:
        """Whether all are proved positive."""
        return all(value.is_positive or self.sign(value) == 1 for value in values)

    def condition(self, node: Any) -> str:
        """A relation, a junction of them, or a number."""
        if node in (sympy.true, sympy.false):
            return "True" if node == sympy.true else "False"
        if isinstance(node, sympy.And | sympy.Or):
            parts = sorted(map(self.condition, node.args))
            return JUNCTIONS[node.func].join(f"({part})" for part in parts)
        if isinstance(node, sympy.Not):
            return f"~({self.condition(node.args[0])})"
        if node.is_Relational:
            left, right = self.text(node.lhs), self.text(node.rhs)
            return f"{left} {SIGNS.get(node.rel_op, node.rel_op)} {right}"
        return self.text(node)

    def text(self, node: Any) -> str:
        return self.write(node)[0]

    def inside(self, node: Any, least: int) -> str:
        return within(self.write(node), least)

    def write(self, node: Any) -> Code:
        if node in CONSTANTS:
            return CONSTANTS[node], SUM if node is S.NegativeInfinity else ATOM
        if node.is_Rational:
            return number(node)
        if node.is_Symbol:
            return self.names.get(node, node.name), ATOM
        if isinstance(node, sympy.exp):
            return f"np.exp({self.text(node.exp)})", ATOM
        if node.is_Add:
            return self.sum(node)
        if node.is_Mul:
            return self.product(self.by_log_gammas(node))
        if node.is_Pow:
            return self.product(node) if _below(node) else self.power(node)
        if isinstance(node, sympy.log):
            return summed(self.logarithm(node.args[0]))
        if isinstance(node, sympy.Piecewise):
            return self.cases(node), ATOM
        return self.call(node)

    def call(self, node: Any) -> Code:
        head = type(node)
        if head in CALLS:
            return f"{CALLS[head]}({self.listed(node.args)})", ATOM
        if head in RECIPROCALS:
            return f"1/{RECIPROCALS[head]}({self.listed(node.args)})", PRODUCT
        if head in LATTICE:
            first, *rest = sorted(map(self.text, node.args))
            for other in rest:
                first = f"{LATTICE[head]}({first}, {other})"
            return first, ATOM
        write: Callable[[Any], Code] | None = getattr(self, f"write_{head.__name__}", None)
        if write is None:
            raise unwritable(head.__name__)
        return write(node)

    def listed(self, nodes: Sequence[Any]) -> str:
        return ", ".join(map(self.text, nodes))

    def write_polygamma(self, node: Any) -> Code:
        order, argument = node.args
        if order == 0:
            return f"special.digamma({self.text(argument)})", ATOM
        return f"special.polygamma({self.listed(node.args)})", ATOM

    def write_factorial(self, node: Any) -> Code:
        return f"special.gamma({self.text(node.args[0] + 1)})", ATOM

    def write_expint(self, node: Any) -> Code:
        order, argument = node.args
        if order == 1:
            return f"special.exp1({self.text(argument)})", ATOM
        if not (order.is_Integer and order >= 0):
            raise unwritable(f"expint of order {order}")
        return f"special.expn({self.listed(node.args)})", ATOM

    def write_uppergamma(self, node: Any) -> Code:
        return self.incomplete(node, "special.gammaincc")

    def write_lowergamma(self, node: Any) -> Code:
        return self.incomplete(node, "special.gammainc")

    def incomplete(self, node: Any, name: str) -> Code:
        """SciPy's incomplete gamma functions are divided by the complete one."""
        order, argument = node.args
        if order == 0 and name.endswith("cc"):
            return f"special.exp1({self.text(argument)})", ATOM
        if not self.positive(order):
            raise unwritable(f"{type(node).__name__} of an order that may be negative")
        return f"{name}({self.listed(node.args)})*special.gamma({self.text(order)})", PRODUCT

    def by_log_gammas(self, product: Any) -> Any:
        """A product of gamma functions by their logs, which do not overflow."""
        powers = {f: f.as_base_exp() for f in product.args}
        gammas = {
            f: e * sympy.loggamma(base.args[0])
            for f, (base, e) in powers.items()
            if isinstance(base, sympy.gamma) and self.positive(base.args[0])
        }
        if len(gammas) < 2:
            return product
        rest = [f for f in product.args if f not in gammas]
        return sympy.Mul(*rest, sympy.exp(sympy.Add(*gammas.values())))

    def write_polylog(self, node: Any) -> Code:
        order, argument = node.args
        if order != 2:
            raise unwritable(f"polylog of order {order}")
        return f"special.spence({self.text(1 - argument)})", ATOM

    def write_LambertW(self, node: Any) -> Code:
        return f"special.lambertw({self.listed(node.args)}).real", ATOM

    def write_IndexSum(self, node: Any) -> Code:
        """The components lie along the last axis; what they share is given an axis for them."""
        shared = {s: f"{self.names.get(s, s.name)}[..., None]" for s in node.body.free_symbols}
        own = {s: self.names.get(s, s.name) for s in node.components}
        body = _Writer({**shared, **own}, self.sign).text(node.body)
        return f"np.sum({body}, axis=-1)", ATOM

    def cases(self, node: Any) -> str:
        text = "np.nan"
        for value, condition in reversed(node.args):
            if condition == sympy.true:
                text = self.text(value)
            else:
                text = f"np.where({self.condition(condition)}, {self.text(value)}, {text})"
        return text

    def sum(self, node: Any) -> Code:
        terms = textbook_order(node.as_ordered_terms())
        apart = exponential_less_one(terms)
        if apart is None:
            return summed([self.write(term) for term in terms])
        rest, factor, argument = apart
        less = f"np.expm1({self.text(argument)})"
        pieces = [times(self.write(factor), less)]
        return summed([*(self.write(term) for term in rest), *pieces])

    def power(self, node: Any) -> Code:
        base, exponent = node.as_base_exp()
        if exponent == S.Half:
            return f"np.sqrt({self.text(base)})", ATOM
        return f"{self.inside(base, ATOM)}**{self.inside(exponent, ATOM)}", POWER

    def product(self, node: Any) -> Code:
        coefficient, factors = node.as_coeff_Mul()
        parts = scaled_bessel([base_and_exponent(factor) for factor in Mul.make_args(factors)])
        log = next((base for base, e in parts if isinstance(base, sympy.log) and e == 1), None)
        above, below = [], []
        if abs(coefficient.p) != 1:
            above.append(number(sympy.Integer(abs(coefficient.p)))[0])
        if coefficient.q != 1:
            below.append(number(sympy.Integer(coefficient.q))[0])
        if log is not None:
            parts.remove((log, S.One))
            weight = common_weight(parts, log.args[0])
            if weight is not None:
                parts.remove((weight, S.One))
            terms = self.logarithm(log.args[0], weight)
            if coefficient == 1 and not parts:
                return summed(terms)
            above.append(within(summed(terms), PRODUCT))
        front = []
        for base, exponent in parts:
            if exponent == 1:
                front.append(self.inside(base, PRODUCT))
            elif exponent.could_extract_minus_sign():
                below.append(self.raised(base, -exponent))
            else:
                front.append(self.raised(base, exponent))
        above = (
            [*above[:1], *front, *above[1:]]
            if above and abs(coefficient.p) != 1
            else [*front, *above]
        )
        text = "*".join(above or ["1"])
        if len(below) == 1:
            text += f"/{below[0]}"
        elif below:
            text += f"/({'*'.join(below)})"
        return f"-{text}" if coefficient < 0 else text, PRODUCT

    def raised(self, base: Any, exponent: Any) -> str:
        """A power with the exponent given, as a factor."""
        if exponent == 1:
            return self.inside(base, ATOM)
        if exponent == S.Half:
            return f"np.sqrt({self.text(base)})"
        return f"{self.inside(base, ATOM)}**{self.inside(exponent, ATOM)}"

    def logarithm(self, argument: Any, weight: Any = None) -> list[Code]:
        """The terms of a logarithm, each multiplied by a weight that may be zero."""
        terms: list[Code] = []
        for exponent, piece in logarithm_apart(argument, self.positive):
            if isinstance(piece, sympy.log):  # it is not to be taken apart again
                text = f"np.log({self.text(piece.args[0])})"
            else:
                text = self.inside(piece, PRODUCT)
            if weight is not None:
                text = self.weighted(weight, piece, text)
            bound = ATOM if type(piece) in CALLS and weight is None else PRODUCT
            terms.append((text, bound) if exponent == 1 else times(number(exponent), text))
        return terms

    def weighted(self, weight: Any, piece: Any, text: str) -> str:
        """A piece of a logarithm times a weight, zero where the weight is zero."""
        name = WEIGHTED.get(type(piece))
        if name is None:
            return f"{self.inside(weight, PRODUCT)}*{text}"
        return f"{name}({self.text(weight)}, {self.text(piece.args[0])})"


def _below(node: Any) -> bool:
    return bool(node.exp.could_extract_minus_sign())

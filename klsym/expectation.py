"""The few heads sympy lacks: a law, a density at a point, E_p[g], a divergence, an indexed sum."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sympy import AtomicExpr, Expr, Lambda, S, Tuple
from sympy.core.symbol import Str

from klsym.canonical.order import CANONICAL
from klsym.density import Density, Joint, Margins, Mixture, Product
from klsym.syntax.indices import carries


def in_order(heads: Collection[Any]) -> list[Any]:
    """Heads in sympy's order: letters before powers, powers before functions."""
    return sorted(heads, key=CANONICAL) if len(heads) > 1 else list(heads)


class Law(AtomicExpr):
    """A distribution standing in an expression; equal laws have equal densities and names."""

    is_commutative = True
    __slots__ = ("density",)

    def __new__(cls, density: Density | Mixture | Product | Joint | Margins) -> Law:
        """Wrap a density so that it may be an argument of an expression."""
        law: Law = AtomicExpr.__new__(cls)
        law.density = density
        return law

    def _hashable_content(self) -> tuple[Any, ...]:
        density = self.density
        if isinstance(density, Product):
            inner = Law(density.component)._hashable_content()
            return (density.name, density.index, density.lower, density.upper, *inner)
        if isinstance(density, Margins):
            return ("margins", *Law(density.joint)._hashable_content())
        if isinstance(density, Joint):
            return (density.name, density.variates, density.expression, density.supports)
        support = density.support
        ends = (support.lower, support.upper)
        return (density.name, density.variate, density.expression, *ends, support.discrete)

    @property
    def free_symbols(self) -> set[Any]:
        """The parameters of the density; its variate is bound."""
        density = self.density
        if isinstance(density, Product):
            return IndexSum.free(Law(density.component), *_range(density))
        if isinstance(density, Margins):
            return Law(density.joint).free_symbols
        if isinstance(density, Joint):
            ends = [end for one in density.supports for end in (one.lower, one.upper)]
            inside: set[Any] = set().union(*(e.free_symbols for e in (density.expression, *ends)))
            return inside - set(density.variates)
        support = density.support
        symbols = density.expression.free_symbols - {density.variate}
        free: set[Any] = symbols | support.lower.free_symbols | support.upper.free_symbols
        return free

    def _sympystr(self, printer: Any) -> str:
        return str(self.density.name)


class DensityAt(Expr):
    """``p(x)``: the density of a law at a point, kept as a letter; positive, and not evaluated.

    Arguments: a :class:`Law` and the point.
    """

    is_commutative = True
    is_positive = True

    @property
    def value(self) -> Any:
        """The density's own expression at the point."""
        law, point = self.args
        return law.density.at(point)

    def _sympystr(self, printer: Any) -> str:
        law, point = self.args
        name = law.density.name
        # A factor of a joint density, ``p(y|x)``, names its variate itself.
        whole = name.endswith(")") and point == law.density.variate
        return name if whole else f"{name}({printer._print(point)})"


class Transport(Expr):
    """``T(x)``: where the increasing map that carries one law to another takes a point.

    Arguments: the :class:`Law` it starts from, the one it leads to, and the point; not evaluated.
    """

    is_commutative = True
    is_real = True

    def _sympystr(self, printer: Any) -> str:
        return f"T({printer._print(self.args[2])})"

    def _latex(self, printer: Any) -> str:
        return f"T\\left({printer._print(self.args[2])}\\right)"


class Expectation(Expr):
    """``E_p[g(x)]``: the integral, or the sum, of the integrand against a law.

    Arguments: a :class:`Law` and an expression over the law's variate.  Real, and not evaluated.
    """

    is_commutative = True
    is_real = True

    @property
    def density(self) -> Any:
        """The density the mean is taken under."""
        return self.args[0].density

    @property
    def integrand(self) -> Any:
        """The expression whose mean is taken."""
        return self.args[1]

    def _eval_is_positive(self) -> bool | None:
        return True if self.integrand == 1 else None

    @property
    def free_symbols(self) -> set[Any]:
        """The parameters; the variate is bound."""
        law, integrand = self.args
        free: set[Any] = law.free_symbols | (integrand.free_symbols - {law.density.variate})
        return free

    def _eval_derivative(self, symbol: Any) -> Any:
        return S.NaN  # sympy differentiates to find signs, and fails over a Derivative

    def _sympystr(self, printer: Any) -> str:
        return f"E_{self.density.name}[{printer._print(self.integrand)}]"


class DivergenceValue(Expr):
    """``D(p || q)``, not yet replaced by its definition.

    Arguments: the divergence's name as a ``Str``, a ``Tuple`` of laws, and a ``Tuple`` of pairs
    (option name as ``Str``, value).
    """

    is_commutative = True
    is_real = True

    @property
    def name(self) -> str:
        """The name of the divergence, as its file in :mod:`klsym.divergences` gives it."""
        return str(self.args[0].name)

    @property
    def laws(self) -> tuple[Law, ...]:
        """The distributions it compares, in the order written."""
        laws: tuple[Law, ...] = self.args[1].args
        return laws

    @property
    def options(self) -> dict[str, Any]:
        """The options given by keyword, such as the order of a Renyi divergence."""
        return {pair[0].name: pair[1] for pair in self.args[2]}

    @classmethod
    def of(cls, name: str, laws: tuple[Law, ...], options: dict[str, Any]) -> DivergenceValue:
        """Build the head from plain values."""
        pairs = (Tuple(Str(key), value) for key, value in sorted(options.items()))
        value: DivergenceValue = cls(Str(name), Tuple(*laws), Tuple(*pairs))
        return value

    def _eval_derivative(self, symbol: Any) -> Any:
        return S.NaN  # sympy differentiates to find signs, and fails over a Derivative

    def _sympystr(self, printer: Any) -> str:
        if self.name == "KL":
            return "KL(" + " || ".join(law.density.name for law in self.laws) + ")"
        options = [
            f"{k}={printer._print(v.expr if isinstance(v, Lambda) else v)}"
            for k, v in self.options.items()
        ]
        name = "H" if self.name in ("Entropy", "CrossEntropy") else self.name
        return f"{name}({', '.join([law.density.name for law in self.laws] + options)})"


class IndexSum(Expr):
    """The sum of what carries an index: ``sum(log(sigma_j), j, 1, J)``; not evaluated.

    Arguments: the summand, the index, and from where to where it runs.  The symbols in the summand
    whose names carry the index are bound: they stand for as many values as there are terms.  What
    does not depend on the index at all is multiplied by the number of terms.
    """

    is_commutative = True
    is_real = True

    def __new__(cls, body: Any, index: Any, lower: Any, upper: Any) -> Any:
        """The sum, or the product where every term is the same."""
        if index not in body.free_symbols and not _carrying(body, index):
            return (upper - lower + 1) * body
        return Expr.__new__(cls, body, index, lower, upper)

    @property
    def body(self) -> Any:
        """The summand."""
        return self.args[0]

    @property
    def index(self) -> Any:
        """The index, a symbol."""
        return self.args[1]

    @property
    def bounds(self) -> tuple[Any, Any]:
        """The first value of the index and the last."""
        return self.args[2], self.args[3]

    @property
    def count(self) -> Any:
        """The number of terms."""
        return self.args[3] - self.args[2] + 1

    @property
    def components(self) -> set[Any]:
        """The symbols in the summand that carry the index."""
        return _carrying(self.body, self.index)

    @staticmethod
    def free(body: Any, index: Any, lower: Any, upper: Any) -> set[Any]:
        """The symbols that a sum over the index does not bind."""
        bound = _carrying(body, index) | {index}
        free: set[Any] = (body.free_symbols - bound) | lower.free_symbols | upper.free_symbols
        return free

    @property
    def free_symbols(self) -> set[Any]:
        """The symbols it does not bind."""
        return IndexSum.free(*self.args)

    def over(self, body: Any) -> Any:
        """The same sum of another summand."""
        return IndexSum(body, *self.args[1:])

    def _xreplace(self, rule: Any) -> Any:
        bound = self.components | {self.index}
        changed, done = super()._xreplace({k: v for k, v in rule.items() if k not in bound})
        return (rule[self], True) if self in rule else (changed, done)

    def _eval_subs(self, old: Any, new: Any) -> Any:
        return self if old in self.components | {self.index} else None

    def _eval_derivative(self, symbol: Any) -> Any:
        return self.over(self.body.diff(symbol)) if symbol in self.free_symbols else S.Zero

    def _sympystr(self, printer: Any) -> str:
        return f"sum({', '.join(map(printer._print, self.args))})"


def _carrying(body: Any, index: Any) -> set[Any]:
    return {s for s in body.free_symbols if carries(s.name, index.name)}


def _range(product: Product) -> tuple[Any, Any, Any]:
    return product.index, product.lower, product.upper

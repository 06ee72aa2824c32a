"""The few heads sympy lacks: a law, a density at a point, E_p[g], a transport map, a divergence."""

from __future__ import annotations

from typing import Any

from sympy import AtomicExpr, Expr, Lambda, S, Tuple
from sympy.core.symbol import Str

from klsym.density import Density, Mixture


class Law(AtomicExpr):
    """A distribution standing in an expression; equal laws have equal densities and names."""

    is_commutative = True
    __slots__ = ("density",)

    def __new__(cls, density: Density | Mixture) -> Law:
        """Wrap a density so that it may be an argument of an expression."""
        law: Law = AtomicExpr.__new__(cls)
        law.density = density
        return law

    def _hashable_content(self) -> tuple[Any, ...]:
        density, support = self.density, self.density.support
        ends = (support.lower, support.upper)
        return (density.name, density.variate, density.expression, *ends, support.discrete)

    @property
    def free_symbols(self) -> set[Any]:
        """The parameters of the density; its variate is bound."""
        density = self.density
        support = density.support
        symbols = density.expression.free_symbols - {density.variate}
        free: set[Any] = symbols | support.lower.free_symbols | support.upper.free_symbols
        return free

    def _sympystr(self, printer: Any) -> str:
        return self.density.name


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
        return f"{law.density.name}({printer._print(point)})"


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
        return tuple(self.args[1])

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

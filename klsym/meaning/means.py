"""Means under a distribution and its density at a point: ``E(p, x**2)``, ``p(x)``, ``P(X = k)``."""

from __future__ import annotations

from typing import Any

from klsym.density import Density, Mixture
from klsym.errors import KlsymError
from klsym.expectation import DensityAt, Expectation, Law
from klsym.meaning import binders
from klsym.meaning.laws import Laws
from klsym.meaning.setting import Setting
from klsym.syntax.tree import Call, Chain, Name, Node
from klsym.syntax.walk import walk

MEANS = frozenset({"E", "Var"})


class Means(Laws):
    """Lowers means and densities at a point too.

    With ``abstract`` a density at a point stays the bare symbol ``p(x)``, as a definition is
    printed; otherwise it is the density's expression.
    """

    def __init__(self, setting: Setting, *, abstract: bool = False) -> None:
        super().__init__(setting)
        self.abstract = abstract
        self.under: Density | Mixture | None = None

    def abstracted(self, node: Node) -> Any:
        """The value of a tree in which densities at a point stay bare symbols."""
        before, self.abstract = self.abstract, True
        try:
            return self.scalar(node)
        finally:
            self.abstract = before

    def mean_parts(self, node: Call) -> tuple[Node | None, Node]:
        """The distribution a mean is called with, if any, and what it is taken of."""
        if len(node.arguments) == 2 and not node.keywords:
            return node.arguments[0], node.arguments[1]
        if len(node.arguments) == 1 and not node.keywords:
            return None, node.arguments[0]
        raise KlsymError(
            "arguments",
            f"{node.function} takes a distribution and what its mean is taken of",
            span=node.span,
            help=f"{node.function}(p, x**2)",
        )

    def mean(self, operator: str, law: Node | None, body: Node, node: Node) -> Any:
        """A mean or a variance, unevaluated."""
        variable = binders.random_variable(body, self.setting.laws)
        if variable is not None and (law is None or _names(law, variable)):
            density, letter = self.setting.laws[variable], variable
        else:
            density, letter = self._under(law, body, node)
        outer, self.under = self.under, density
        with self.binding({letter: density.variate}):
            integrand = self.scalar(body)
        self.under = outer
        value = Law(density)
        if operator == "Var":
            square = Expectation(value, integrand**2)
            return square - Expectation(value, integrand) ** 2
        return Expectation(value, integrand)

    def _under(self, law: Node | None, body: Node, node: Node) -> tuple[Density | Mixture, str]:
        """The law of a mean, and the letter its variate goes by in it."""
        if law is None:
            name, density = next(iter(self.setting.laws.items()), ("", None))
            letter = "" if density is None else self.setting.letters.get(name, density.variate.name)
            if density is None or len(self.setting.laws) != 1 or not _mentions(body, letter):
                raise KlsymError(
                    "arguments",
                    "this mean does not say under which distribution",
                    span=node.span,
                    help="write E(p, x**2)",
                )
            self.setting.note(f"a mean without a distribution is read as one under {name}")
            return density, letter
        letter = None
        if isinstance(law, Chain) and len(law.terms) == 2 and law.relations[0].sign == "~":
            point, law = law.terms
            letter = point.name if isinstance(point, Name) else None
        if isinstance(law, Call) and law.function in self.setting.laws and law.arguments:
            point = law.arguments[0]
            letter = point.name if isinstance(point, Name) else None
        density = self.law(law)
        if letter is None:
            name = law.name if isinstance(law, Name) else ""
            letter = self.setting.letters.get(name, "x")
            if letter in self.names and name not in self.setting.letters:
                raise KlsymError(
                    "ambiguous-name",
                    f"{letter} is both a parameter and the variate here",
                    span=node.span,
                    help="give the parameter another letter",
                )
        return density, letter

    def probability(self, node: Call) -> Any:
        """``P(X = k)``: the probability function of a discrete X at k."""
        (event,) = node.arguments
        assert isinstance(event, Chain)
        variable, point = event.terms
        density = self.setting.laws.get(variable.name) if isinstance(variable, Name) else None
        if density is None or not density.support.discrete:
            raise self.unsupported("this probability", node)
        return self.at(density, self.scalar(point))

    def density(self, density: Density | Mixture, node: Call) -> Any:
        """The value of a call of a density, ``p(x)``."""
        if node.primes:
            raise self.unsupported("the derivative of a density", node)
        if len(node.arguments) != 1 or node.keywords or node.subscript is not None:
            raise KlsymError(
                "arguments",
                f"{node.function} is a density of one argument",
                span=node.span,
                help=f"{node.function}({density.variate})",
            )
        return self.at(density, self.scalar(node.arguments[0]))

    def at(self, density: Density | Mixture, point: Any) -> Any:
        """A density at a point; in a mean it stays a letter where its expression may not hold."""
        if self.abstract or (self.under is not None and not self._covers(density, self.under)):
            return DensityAt(Law(density), point)
        return density.at(point)

    def _covers(self, density: Density | Mixture, under: Density | Mixture) -> bool:
        """Whether a density is given by its expression wherever another is positive."""
        ours, theirs = density.support, under.support
        ends = ((ours.lower, theirs.lower), (theirs.upper, ours.upper))
        return ours == theirs or all(
            small == large or self.setting.context.holds(small <= large) for small, large in ends
        )


def equates(node: Call) -> bool:
    """Whether the argument of a call is an equation, as in ``P(X = k)``."""
    return (
        len(node.arguments) == 1
        and isinstance(node.arguments[0], Chain)
        and [relation.sign for relation in node.arguments[0].relations] == ["="]
        and len(node.arguments[0].terms) == 2
    )


def _names(law: Node, name: str) -> bool:
    return isinstance(law, Name) and law.name == name


def _mentions(tree: Node, letter: str) -> bool:
    """Whether a letter stands in a tree, as it does in what depends on it."""
    return any(isinstance(node, Name) and node.name == letter for node in walk(tree))

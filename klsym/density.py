"""Densities: a variate, a support and an expression; families of them; mixtures; and products.

A :class:`Family` is data alone, written in klsym's own plain notation, so that the list of
families needs no computer algebra and a density typed by a user goes exactly the same way as one
of ours.  :mod:`klsym.meaning` turns a family and its arguments into a :class:`Density`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from klsym.domain import Domain

if TYPE_CHECKING:
    from sympy import Expr, Symbol
    from sympy.core.relational import Relational


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a family: its name, the values it may take, and what it is called.

    ``default`` is the text of the value it has where none is given.
    """

    name: str
    domain: Domain
    meaning: str
    keyword_only: bool = False
    default: str = ""


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another way to give a parameter: ``variance`` stands for ``sigma = sqrt(variance)``.

    ``replaces`` is the parameter it stands for, ``value`` the text that gives that parameter.
    """

    keyword: str
    domain: Domain
    replaces: str
    value: str
    meaning: str


@dataclass(frozen=True, slots=True, eq=False)
class Family:
    """A named family of distributions, itself alone; its module's docstring is its manual page.

    ``density`` and ``support`` are texts in plain notation over ``variate`` and the parameters;
    a support is ``(0, oo)``, or ``{0..oo}`` for a discrete one.  ``constraints`` relate the
    parameters (``a < b``).  ``second`` is the other variate of a joint distribution of two, with
    its support.  No divergence is ever stored here: closed forms are derived.
    """

    name: str
    parameters: tuple[Parameter, ...]
    density: str
    support: str
    variate: str = "x"
    alternatives: tuple[Alternative, ...] = ()
    constraints: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    second: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Construction:
    """A distribution made otherwise than by filling in a family's parameters.

    ``notation`` is how it is written; its module's docstring is its manual page, and
    :mod:`klsym.meaning.constructions` reads it.
    """

    name: str
    notation: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Support:
    """Where a density is positive: an interval, or the integers between two ends."""

    lower: Expr
    upper: Expr
    discrete: bool = False


@dataclass(frozen=True)
class Density:
    """A probability density or mass function.

    ``expression`` is its value over ``variate`` on ``support``; outside it is zero.  ``label`` is
    how it was read (``Normal(mu, sigma)``) and ``name`` the letter it goes by in a derivation.
    ``constraints`` must hold for it to be a density at all.  ``whole`` is False for a density
    cut to a part of its support, whose mass is less than 1.
    """

    variate: Symbol
    support: Support
    expression: Expr
    label: str
    name: str = "p"
    constraints: tuple[Relational, ...] = ()
    family: str | None = None
    arguments: Mapping[str, Expr] = field(default_factory=dict, compare=False, hash=False)
    whole: bool = True

    def at(self, point: Expr) -> Expr:
        """The density's expression with ``point`` for the variate."""
        if point is self.variate:
            return self.expression
        from klsym.canonical import replaced

        return replaced(self.expression, {self.variate: point})

    @property
    def components(self) -> tuple[tuple[Expr, Density], ...]:
        """The one density with weight 1, so that a density reads as a mixture of itself."""
        import sympy

        return ((sympy.S.One, self),)


@dataclass(frozen=True)
class Mixture:
    """A weighted sum of densities over one variate; the weights are positive and sum to 1.

    ``mass`` is the sum the weights had as written, before they were normalised.
    """

    components: tuple[tuple[Expr, Density], ...]
    label: str
    name: str = "p"
    mass: Expr | None = None

    @property
    def variate(self) -> Symbol:
        """The variate of the components."""
        return self.components[0][1].variate

    @property
    def support(self) -> Support:
        """The support, which all components share."""
        return self.components[0][1].support

    @property
    def expression(self) -> Expr:
        """The weighted sum of the components' expressions."""
        import sympy

        return sympy.Add(*(weight * part.at(self.variate) for weight, part in self.components))

    @property
    def constraints(self) -> tuple[Relational, ...]:
        """The constraints of all components."""
        return tuple(c for _, part in self.components for c in part.constraints)

    def at(self, point: Expr) -> Expr:
        """The mixture's expression with ``point`` for the variate."""
        from klsym.canonical import replaced

        return replaced(self.expression, {self.variate: point})


@dataclass(frozen=True)
class Product:
    """Independent components, one for each value of an index from ``lower`` to ``upper``.

    ``component`` is the density of one of them; its parameters that carry the index, such as
    ``sigma_j``, differ from component to component, and the others are shared.
    """

    component: Density | Mixture
    index: Symbol
    lower: Expr
    upper: Expr
    label: str
    name: str = "p"

    @property
    def components(self) -> tuple[tuple[Expr, Density], ...]:
        """The densities of one component, with their weights."""
        return self.component.components


@dataclass(frozen=True)
class Joint:
    """The density of two variates together, each with a support of its own."""

    variates: tuple[Symbol, Symbol]
    supports: tuple[Support, Support]
    expression: Expr
    label: str
    name: str = "p"
    family: str | None = None

    @property
    def components(self) -> tuple[tuple[Expr, Density], ...]:
        """None: it is not a mixture of densities of one variate."""
        return ()


@dataclass(frozen=True)
class Margins:
    """The product of the margins of a joint distribution: its variates made independent."""

    joint: Joint

    @property
    def name(self) -> str:
        """How the product is written."""
        x, y = self.joint.variates
        return f"{self.joint.name}({x})*{self.joint.name}({y})"

    @property
    def components(self) -> tuple[tuple[Expr, Density], ...]:
        """None: it is not a mixture of densities of one variate."""
        return ()

"""The pass over distributions: which domains their parameters' places give the names there.

A name that stands itself in a parameter's place has that parameter's domain; inside a compound
argument (``sigma**2`` as a variance) it gets the domain that makes the whole lie where it must,
unless something else speaks for the name.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from fractions import Fraction

from klsym.domain import INTEGER, NATURAL, REAL, UNIT, Domain
from klsym.errors import KlsymError
from klsym.families import constructions
from klsym.meaning import truncation
from klsym.meaning.members import stands_at_point
from klsym.meaning.mentions import Mentions
from klsym.meaning.naming import VARIANCE_LETTERS, family_of, names_distribution, unknown_family
from klsym.meaning.parameters import positions, roles
from klsym.meaning.places import implications
from klsym.meaning.products import product_operator
from klsym.meaning.scope import UserFamily
from klsym.syntax.tree import BigOperator, Binary, Call, Chain, Name, Node


@dataclass
class Placing(Mentions, ABC):
    """The part of a survey that looks at distributions."""

    @abstractmethod
    def scalar(self, tree: Node) -> None:
        """Look at a formula."""

    def law(self, node: Node) -> None:
        """Look at a distribution."""
        self.has_laws = True
        operator = product_operator(node)
        if operator is not None:
            with self.over(operator):
                self.law(operator.body)
            return
        match node:
            case Binary(operator="+" | "-"):
                self.law(node.left)
                self.law(node.right)
            case Binary(operator="*" | "/"):
                weight, law = (
                    (node.left, node.right) if self.is_law(node.right) else (node.right, node.left)
                )
                if node.operator == "*":
                    self.place(weight, UNIT)
                else:
                    self.scalar(weight)
                self.law(law)
            case Chain() if len(node.terms) == 2:
                self.law(node.terms[1])
            case Name():
                if node.name not in self.laws:
                    self.missing.setdefault(node.name, self._at(node.name, node.span))
            case Call():
                self._law_call(node)
            case _:
                self.scalar(node)

    def is_law(self, node: Node) -> bool:
        """Whether a tree is a distribution rather than a number."""
        match node:
            case Binary(operator="+" | "*" | "/"):
                return self.is_law(node.left) or self.is_law(node.right)
            case Name():
                return node.name in self.laws
            case BigOperator(operator="prod"):
                return self.is_law(node.body)
            case Call():
                name = node.function
                return name in self.laws or name in self.families or names_distribution(name)
        return False

    def place(self, node: Node, domain: Domain) -> None:
        """Look at an argument that must lie in a domain."""
        if isinstance(node, Name):
            if self._mention(node):
                name = self.named(node.name)
                known = self.placed.get(name)
                self.placed[name] = domain if known is None else known.intersect(domain)
        else:
            self.scalar(node)
            self.imply(node, domain)

    def imply(self, node: Node, domain: Domain) -> None:
        """Note what a compound argument suggests for the names in it."""
        for printed, found in implications(node, domain):
            name = self.named(printed)
            if printed not in self._bound:
                both = found.intersect(self.implied.get(name, REAL))
                self.implied[name] = REAL if both.is_empty else both

    @contextmanager
    def over(self, node: BigOperator) -> Iterator[None]:
        """The names of a sum or a product over components, whatever letter its index has."""
        if self._active:
            raise KlsymError(
                "unsupported",
                "a sum over components within another one",
                span=node.span,
                help="klsym reads one index at a time",
            )
        if isinstance(node.upper, Name):
            upper = replace(node.upper, name=self.named(node.upper.name))
            self.imply(upper, NATURAL)
        for end in (node.lower, node.upper):
            if end is not None:
                self.scalar(end)
        before = self._active
        if node.index is not None:
            self._active = {**before, node.index.name: self.indices.letter}
        try:
            with self.binding([node.index.name] if node.index else []):
                yield
        finally:
            self._active = before

    def _law_call(self, node: Call) -> None:
        name = node.function
        if name in self.laws:
            return
        if name in self.families:
            self._user_family(self.families[name], node)
            return
        construction = constructions().get(name)
        if construction is not None:
            self._construction(construction.name, node)
            return
        family = family_of(name)
        arguments = list(node.arguments)
        if family is None:
            if len(name.partition("_")[0]) > 2 or len(arguments) != 1:
                raise unknown_family(node)
            self.missing.setdefault(name, self._at(name, node.span))
            return
        if stands_at_point(node):
            arguments = arguments[1:]
        known = roles(family)
        if name in VARIANCE_LETTERS and len(arguments) == 2:
            self.place(arguments[0], REAL)
            self.place(arguments[1], known["variance"][1])
            return
        order = positions(family, [key for key, _ in node.keywords])
        for argument in arguments:
            parameter = next(order, None)
            self.place(argument, known[parameter][1] if parameter else REAL)
        for key, tree in node.keywords:
            self.place(tree, known[key][1] if key in known else REAL)

    def _construction(self, name: str, node: Call) -> None:
        base, ends = truncation.arguments(node)
        if name == "Truncated":
            if base is not None:
                self.law(base)
            family = family_of(base.function) if isinstance(base, Call) else None
            discrete = family is not None and family.support.startswith("{")
            above = family.support[1:].partition("..")[0].partition(",")[0] if family else ""
            least = truncation.least_end(node)
            if least is None and above == "0":
                least = Fraction(0)
            for end, tree in ends.items():
                domain = INTEGER if discrete else REAL
                if least is not None:
                    closed = discrete or end == "lower"
                    domain = Domain(lower=least, lower_closed=closed, integer=discrete)
                self.place(tree, domain)
            return
        for tree in (*node.arguments, *(tree for _, tree in node.keywords)):
            self.place(tree, UNIT)

    def _user_family(self, family: UserFamily, node: Call) -> None:
        arguments = list(node.arguments)
        if len(arguments) == len(family.parameters) + 1:
            arguments = arguments[1:]
        inner = type(self)(self.laws, self.families, _open=self._open | {family.name})
        with inner.within(family.text, "--let"):
            if family.name in self._open:
                raise KlsymError(
                    "declaration",
                    f"{family.name} is declared by itself",
                    span=family.body.span,
                    help=f"such as {family.name}(x | m, v) = Normal(m, variance=v)",
                )
            inner.law(family.body)
        given = dict(zip(family.parameters, arguments, strict=False)) | dict(node.keywords)
        for name, tree in given.items():
            self.place(tree, inner.placed.get(name, inner.implied.get(name, REAL)))
        for name, mention in inner.mentions.items():
            if name not in family.parameters and name != family.variate:
                self.mentions.setdefault(name, mention)
                for mine, theirs in (
                    (self.placed, inner.placed),
                    (self.implied, inner.implied),
                ):
                    if name in theirs:
                        mine[name] = theirs[name].intersect(mine.get(name, REAL))

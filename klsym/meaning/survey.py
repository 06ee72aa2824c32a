"""A first pass over the trees: which names are used, and what domains their places give them.

A symbol's assumptions depend on all that is said of it, so nothing is lowered before this pass has
seen every text.  What the places in a distribution say, :mod:`klsym.meaning.placing` tells.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from klsym.domain import NATURAL, REAL, Domain
from klsym.meaning.binders import Binder, random_variable, variable_of
from klsym.meaning.comparisons import ENTROPIES, conditions, divergence_of, is_ordered
from klsym.meaning.indices import as_operator, is_indexed
from klsym.meaning.means import MEANS
from klsym.meaning.members import stands_at_point
from klsym.meaning.naming import family_of
from klsym.meaning.places import numeric_bounds
from klsym.meaning.placing import Placing
from klsym.meaning.products import is_product, isotropic
from klsym.syntax.tree import (
    BigOperator,
    Call,
    Chain,
    Evaluated,
    Integral,
    Limit,
    Mean,
    Name,
    Node,
)
from klsym.syntax.walk import children


@dataclass
class Survey(Placing):
    """A pass over the trees of formulas, and over the distributions in them."""

    def settle(self) -> None:
        """Once all texts are looked at: give components a range where none is printed."""
        taken = self.said | self.mentions.keys() | self.laws.keys()
        spoken = self.mentions.keys() - self.placed.keys() - self.implied.keys()
        self.indices = self.indices.settled(taken, spoken)
        upper = self.indices.upper
        if self.indices.implied and isinstance(upper, Name):
            self.place(upper, NATURAL)

    def scalar(self, tree: Node) -> None:
        """Look at a formula."""
        pending = [tree]
        while pending:
            node = pending.pop()
            match node:
                case Name():
                    self._mention(node)
                case Call():
                    self._call(node, pending)
                case Mean():
                    self._mean(node.law, node.body)
                case Integral():
                    self._bounded(node, node.lower, node.upper, pending)
                case Evaluated():
                    self._bounded(node, node.upper, node.lower, pending)
                case Limit():
                    self._bounded(node, None, node.point, pending)
                case BigOperator() if node.operator == "sum" and is_indexed(node, self.laws):
                    with self.over(node):
                        self.scalar(node.body)
                case BigOperator():
                    if isinstance(node.upper, Name):
                        self.imply(replace(node.upper, name=self.named(node.upper.name)), NATURAL)
                    self._bounded(node, node.lower, node.upper, pending)
                case _:
                    pending += reversed(children(node))

    def _bounded(
        self,
        node: Binder,
        lower: Node | None,
        upper: Node | None,
        pending: list[Node],
    ) -> None:
        letter = variable_of(node, self.laws)
        with self.binding([letter] if letter else []):
            self.scalar(node.body)
        if upper is not None:
            pending.append(upper)
        if lower is not None and (upper is not None or not isinstance(lower, Name)):
            pending.append(lower)

    def _call(self, node: Call, pending: list[Node]) -> None:
        name = node.function
        operator = as_operator(node) if name not in self.laws else None
        if operator is not None:
            self.scalar(operator)
            return
        divergence = None if is_ordered(node) else divergence_of(name, len(node.arguments))
        if divergence is not None or (name in ENTROPIES and node.arguments):
            beside = any(is_product(argument, self.products) for argument in node.arguments)
            for argument in node.arguments:
                self.law((isotropic(argument) if beside else None) or argument)
            options = {o.name: o for o in divergence.options} if divergence else {}
            for key, tree in node.keywords:
                if key not in options or not options[key].flag:
                    option = options.get(key)
                    bound = [option.variable] if option and option.variable else []
                    with self.binding(bound):
                        self.place(tree, self._option(key, option.condition if option else ""))
            return
        if name in MEANS and len(node.arguments) == 2:
            self._mean(node.arguments[0], node.arguments[1])
            return
        if name in MEANS and len(node.arguments) == 1:
            self._mean(None, node.arguments[0])
            return
        if name in self.laws:
            self.has_laws = True
        elif name in self.families or (family_of(name) and stands_at_point(node)):
            pending.append(node.arguments[0])
            self.law(node)
            return
        pending += reversed([*node.arguments, *(tree for _, tree in node.keywords)])
        if node.subscript is not None:
            pending.append(node.subscript)

    def _option(self, key: str, condition: str) -> Domain:
        domain = REAL
        for chain in conditions(condition, key) if condition else ():
            domain = domain.intersect(numeric_bounds(chain).get(key, REAL))
        return domain

    def _mean(self, law: Node | None, body: Node) -> None:
        letter: str | None = "x"
        variable = random_variable(body, self.laws)
        if variable is not None and (
            law is None or (isinstance(law, Name) and law.name == variable)
        ):
            letter = variable
            self.has_laws = True
        elif law is None:
            letter = next(iter(self.laws.values()), "x")
        else:
            if isinstance(law, Chain) and isinstance(law.terms[0], Name):
                letter = law.terms[0].name
            elif isinstance(law, Name):
                letter = self.laws.get(law.name)
            elif isinstance(law, Call) and law.function in self.laws and law.arguments:
                point = law.arguments[0]
                letter = point.name if isinstance(point, Name) else None
            self.law(law)
        with self.binding([letter or "x"]):
            self.scalar(body)

"""A first pass over the trees: which names are used, and what domains their places give them.

A symbol's assumptions depend on all that is said of it, so nothing is lowered before this pass has
seen every text.  A name that stands itself in a parameter's place has that parameter's domain;
inside a compound argument (``sigma**2`` as a variance) it gets the domain that makes the whole
lie where it must, unless something else speaks for the name.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from fractions import Fraction

from klsym.domain import INTEGER, NATURAL, REAL, UNIT, Domain
from klsym.errors import KlsymError
from klsym.families import constructions
from klsym.meaning import truncation
from klsym.meaning.binders import Binder, random_variable, variable_of
from klsym.meaning.heads import ENTROPIES, MEANS, conditions, divergence_of, is_ordered
from klsym.meaning.indices import as_operator, is_indexed
from klsym.meaning.members import stands_at_point
from klsym.meaning.mentions import Mentions
from klsym.meaning.naming import VARIANCE_LETTERS, family_of, names_distribution, unknown_family
from klsym.meaning.parameters import positions, roles
from klsym.meaning.places import implications, numeric_bounds
from klsym.meaning.products import is_product, isotropic, product_operator
from klsym.meaning.scope import UserFamily
from klsym.syntax.tree import (
    BigOperator,
    Binary,
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
class Survey(Mentions):
    """A pass over the trees, which finds all that :class:`Mentions` holds."""

    @contextmanager
    def _over(self, node: BigOperator) -> Iterator[None]:
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
                    with self._over(node):
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

    def law(self, node: Node) -> None:
        """Look at a distribution."""
        self.has_laws = True
        operator = product_operator(node)
        if operator is not None:
            with self._over(operator):
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
        inner = Survey(self.laws, self.families, _open=self._open | {family.name})
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

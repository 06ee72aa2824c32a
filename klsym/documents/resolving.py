r"""Resolving what print leaves to the reader: which distribution a mean, a density, a letter is of.

``E[x]`` is under the distribution of ``x``, ``f_X(x)`` the density of ``X``, ``p(X = 0)`` that
density at 0, and where ``P: X \sim ...`` and ``Q: X \sim ...`` share a variable it is the first
one that a chain compares.  What has several readings is a choice; a link is decided in all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from klsym.documents.choices import Choices
from klsym.documents.rewriting import rewritten
from klsym.documents.usage import is_comparison, is_known, used
from klsym.documents.visible import Visible
from klsym.meaning.means import MEANS
from klsym.meaning.naming import family_of
from klsym.meaning.spellings import has_point, logarithmic, readings
from klsym.syntax.juxtaposition import product_of, raised
from klsym.syntax.tree import (
    BigOperator,
    Binary,
    Call,
    Chain,
    Factorial,
    Integral,
    Mean,
    Name,
    Node,
    Number,
)
from klsym.syntax.walk import walk

_OF_VARIABLE = re.compile(r"(?:f|p|q|P)_(\w+)$")
_DENSITY_LETTERS = ("p", "f")
_PROBABILITIES = ("Pr", "Prob", "P", "p")


@dataclass(frozen=True)
class Resolver:
    """Rewrites trees among the distributions that are visible at a place.

    ``laws`` are these, the nearest first, ``chain`` the trees whose names decide.
    """

    laws: Sequence[Visible]
    chain: Sequence[Node]
    choices: Choices

    @property
    def compared(self) -> list[str]:
        """The first distribution of each divergence and entropy in the chain."""
        return [
            argument.name
            for tree in self.chain
            for node in walk(tree)
            if isinstance(node, Call) and is_comparison(node)
            for argument in node.arguments[:1]
            if isinstance(argument, Name)
        ]

    @property
    def parameters(self) -> set[str]:
        """The names in what the distributions are declared to be."""
        return {name for law in self.laws for name in used(law.body)}

    def side(self, tree: Node) -> Node:
        """A side of an equation, with each mean and each density under its distribution."""
        return rewritten(rewritten(tree, self._at_variable), self._changed)

    def _at_variable(self, node: Node) -> Node:
        r"""``\int p \log\frac pq dx``: the names of densities under an integral or a sum over x."""
        if not isinstance(node, (Integral, BigOperator)):
            return node
        letter = node.variable if isinstance(node, Integral) else node.index
        if letter is None:
            return node
        numbers = {letter.name, *self.parameters}
        densities = {law.name for law in self.laws if law.is_written_bare} - numbers

        def at_variable(part: Node) -> Node:
            bare = isinstance(part, Name) and part.name in densities
            if not bare or not isinstance(part, Name):
                return part
            return Call(part.span, part.name, (Name(part.span, letter.name),))

        return replace(node, body=rewritten(node.body, at_variable)) if densities else node

    def body(self, tree: Node) -> Node:
        """What a distribution is declared to be."""
        tree = logarithmic(tree)
        return self._spelt(tree, law=True) if isinstance(tree, Call) else self.side(tree)

    def named(self, tree: Node, found: dict[str, tuple[str, Node]]) -> Node:
        r"""The tree with ``\mathrm{Gam}(x; a, b)`` under an integral as a density with a name.

        ``found`` gets the letter and the distribution of each name that is no visible one's.
        """
        known = {self.body(law.body): law.name for law in self.laws if law.named}

        def density(call: Node) -> Node:
            if not isinstance(call, Call) or not has_point(call) or call.subscript is not None:
                return call
            point, *rest = call.arguments
            if not isinstance(point, Name) or family_of(call.function) is None:
                return call
            body = replace(call, arguments=tuple(rest), separators=call.separators[1:])
            name = known.setdefault(body, f"{call.function}_{len(known) + 1}")
            if all(name != law.name for law in self.laws):
                found[name] = point.name, body
            return Call(call.span, name, (point,))

        def under(node: Node) -> Node:
            if not isinstance(node, (Integral, BigOperator, Mean)):
                return node
            return replace(node, body=rewritten(node.body, density))

        return rewritten(tree, under)

    def _changed(self, node: Node) -> Node:
        match node:
            case Mean(law=None):
                law = self._under(node.body)
                return node if law is None else replace(node, law=Name(node.span, law))
            case Mean(law=Call() as law):
                return replace(node, law=self._spelt(law, law=True))
            case Call() if node.function in MEANS and len(node.arguments) == 1:
                law = self._under(node.arguments[0])
                given = (Name(node.span, law), *node.arguments) if law else node.arguments
                return replace(node, arguments=given, separators=("," * (len(given) - 1),)[:1])
            case Call() if is_comparison(node):
                arguments = [
                    self._spelt(a, law=True) if isinstance(a, Call) else a for a in node.arguments
                ]
                return self._halved(replace(node, arguments=tuple(arguments)))
            case Call(function=name, arguments=(factor,), keywords=()) if self._is_factor(
                name, factor
            ):
                return product_of(node)
            case Binary(operator="^") | Factorial():
                return raised(node) or node
            case Call(primes=0):
                return self._density(self._spelt(node, law=False))
        return node

    def _halved(self, call: Call) -> Node:
        """A divergence; ``H^2(P, Q)``, the squared Hellinger distance, has a half in it or not."""
        if call.function != "Hellinger2" or self.choices.take("H^2", 2) == 0:
            return call
        self.choices.told["H^2"] = "H^2 is read as the squared Hellinger distance without a half"
        return Binary(call.span, "*", Number(call.span, "2"), call)

    def _is_factor(self, name: str, factor: Node) -> bool:
        """Whether ``X (X - 1)`` is a product: a density is not taken at its own variable."""
        known = any(law.name == name and name != law.letter for law in self.laws)
        return known and any(isinstance(n, Name) and n.name == name for n in walk(factor))

    def _spelt(self, call: Call, *, law: bool) -> Call:
        if any(call.function == visible.name for visible in self.laws):
            return call
        found = readings(call, law=law)
        if not found:
            return call
        if len(found) == 1:
            return found[0].call
        chosen = found[self.choices.take(call.function, len(found))]
        self.choices.told[call.function] = chosen.told
        self.choices.spelt.add(call.function)
        return chosen.call

    def _under(self, body: Node) -> str | None:
        """The distribution of a mean that does not say it; None where the body itself does."""
        names = {node.name for node in walk(body) if isinstance(node, Name)}
        if names & {law.name for law in self.laws if law.name != law.letter}:
            return None
        able = [law for law in self.laws if law.letter in names and law.near]
        if not able and names <= self.parameters:
            able = [law for law in self.laws if law.name in self.compared]
        first = [law for name in self.compared for law in able if law.name == name]
        alone = [law for law in able if not law.label]
        found = dict.fromkeys(law.name for law in (*first, *alone, *able))
        if not found:
            return None
        names_ = list(found)
        key = f"the mean of {'/'.join(names_)}"
        chosen = names_[self.choices.take(key, 1 if first or alone else len(names_))]
        self.choices.told[key] = f"a mean without a distribution is read as one under {chosen}"
        return chosen

    def _density(self, call: Call) -> Call:
        """``f_X(x)``, ``p(x)`` and ``p(X = 0)`` as calls of the distribution they belong to."""
        bound = {law.name: law for law in self.laws if law.named}
        point = call.arguments[0] if len(call.arguments) == 1 and not call.keywords else None
        if not call.arguments and len(call.keywords) == 1:
            ((variable, value),) = call.keywords
            law = self._event(call.function, variable)
            return (
                call
                if law is None
                else replace(call, function=law, arguments=(value,), keywords=(), separators=())
            )
        if point is None or call.function in bound:
            return call
        match point:
            case Chain(terms=(Name(name=variable), value), relations=(relation,)):
                if relation.sign != "=":
                    return call
                law = self._event(call.function, variable)
                if law is None:
                    return call
                return replace(call, function=law, arguments=(value,))
        of = _OF_VARIABLE.match(call.function)
        if of and of.group(1) in bound:
            return replace(call, function=of.group(1))
        if not isinstance(point, Name) or is_known(call.function):
            return call
        if any(law.name == call.function and law.letter == point.name for law in self.laws):
            return call
        other = bound.get(call.function.upper()) if len(call.function) == 1 else None
        if other is not None and other.near:
            return replace(call, function=other.name)
        if call.function in _DENSITY_LETTERS and call.function not in bound:
            able = [law for law in self.laws if law.is_variable(point.name)]
            if able:
                return replace(call, function=able[0].name)
        return call if other is None else replace(call, function=other.name)

    def _event(self, function: str, variable: str) -> str | None:
        """The discrete distribution whose probability of one value is meant."""
        discrete = [law for law in self.laws if law.is_discrete]
        labelled = [law for law in discrete if law.label and law.name.lower() == function.lower()]
        plain = [law for law in discrete if law.name == variable]
        if function in _PROBABILITIES or labelled:
            return next((law.name for law in (*labelled, *plain)), None)
        return None

r"""The index of sums and products over components: one letter and one range for a whole request.

``\sum_d \sigma_d`` in a formula and ``\prod_{j=1}^J`` in the statement speak of the same
components, so every index is renamed to the first one, and a sum that prints no range takes the
one that is printed elsewhere.  The number of components may go by another letter in a formula, as
long as nothing else is said of that letter.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from klsym.errors import KlsymError, Span
from klsym.syntax.indices import at_index, carries
from klsym.syntax.tree import BigOperator, Call, Name, Node, Number
from klsym.syntax.walk import names, walk

OPERATORS = frozenset({"sum", "prod"})
_MEANS = frozenset({"bar", "overline"})
COUNTS = ("J", "D", "K", "M", "n")
"""What the number of components is called where nobody says so, the first choice first."""

FIRST = Number(Span(0, 0), "1")
"""Where a range begins of which only the end is printed."""


@dataclass(frozen=True, slots=True)
class Indices:
    """The letter of the index, and from where to where it runs; empty where there is none.

    ``counts`` maps other letters for the number of components to the one used, ``implied`` says
    that no text prints the range, ``product`` that there is a product of distributions.
    """

    letter: str = ""
    lower: Node | None = None
    upper: Node | None = None
    counts: Mapping[str, str] = field(default_factory=dict)
    implied: bool = False
    product: bool = False

    def seeing(self, tree: Node, taken: Collection[str], laws: Collection[str]) -> Indices:
        """What is known after one more text; ``taken`` are the names that mean something else."""
        found = self
        for operator in filter(None, map(as_operator, walk(tree))):
            if operator.index is None or operator.domain is not None:
                continue
            forgotten = bool(found.letter) and isinstance(operator.upper, Name)
            if is_indexed(operator, laws) or (forgotten and not _has_law(operator.body, laws)):
                found = found._with(operator)
        return found._counting(self, tree, taken)

    def _with(self, node: BigOperator) -> Indices:
        assert node.index is not None
        product = self.product or node.operator == "prod"
        found = replace(self, letter=self.letter or node.index.name, product=product)
        if node.upper is None or self.upper is not None:
            return found
        return replace(found, lower=node.lower or FIRST, upper=node.upper)

    def _counting(self, before: Indices, tree: Node, taken: Collection[str]) -> Indices:
        """With another letter for the number of components, if a text uses one throughout."""
        if before.upper is None or not isinstance(self.upper, Name):
            return self
        operators = filter(None, map(as_operator, walk(tree)))
        uppers = {node.upper.name for node in operators if isinstance(node.upper, Name)}
        spoken = {name.name for name in names(tree)}
        if len(uppers) != 1 or uppers & set(taken) or self.upper.name in spoken:
            return self
        return replace(self, counts={**self.counts, uppers.pop(): self.upper.name})

    def settled(self, taken: Collection[str], spoken: Collection[str]) -> Indices:
        """With a range, where there is a product and no text prints one.

        ``spoken`` are names of which a text speaks, and which may be the number of components.
        """
        if not self.product or self.upper is not None:
            return self
        choices = [name for name in COUNTS if name in spoken] or [
            name for name in (*COUNTS, f"{COUNTS[0]}_components") if name not in taken
        ]
        count = choices[0]
        return replace(self, lower=FIRST, upper=Name(FIRST.span, count), implied=True)

    def name(self, name: str, active: Mapping[str, str]) -> str:
        """What a printed name stands for, among the indices that are bound at its place."""
        for printed, letter in active.items():
            if printed != letter:
                name = at_index(name, printed, letter)
        return self.counts.get(name, name)

    def is_mean(self, name: str, known: Collection[str]) -> bool:
        """Whether a name is perhaps the mean of components, as ``bar_x`` of ``x_i``.

        Nothing is assumed of such a name, since it may not be a number of its own.
        """
        accent, _, rest = name.partition("_")
        return accent in _MEANS and bool(self.letter) and f"{rest}_{self.letter}" in known

    def sibling(self, name: str, known: Collection[str]) -> str | None:
        """The component that a name without the index, or with a number for it, is taken from."""
        if not self.letter:
            return None
        letter, *below = name.split("_")
        guesses = [f"{name}_{self.letter}"]
        for place, part in enumerate(below):
            if part.isdigit():
                parts = [*below[:place], self.letter, *below[place + 1 :]]
                guesses.append("_".join([letter, *parts]))
        return next((guess for guess in guesses if guess in known), None)


def as_operator(node: Node) -> BigOperator | None:
    """A sum or a product: as an operator, or as the call ``sum(body, j, 1, J)``."""
    if isinstance(node, BigOperator):
        return node
    if isinstance(node, Call) and node.function in OPERATORS and not node.keywords:
        match node.arguments:
            case (body, Name() as index, lower, upper):
                return BigOperator(node.span, node.function, index, lower, upper, None, body)
    return None


def is_indexed(node: BigOperator, laws: Collection[str]) -> bool:
    """Whether a sum or a product runs over components: a name in it carries its index."""
    if node.index is None or node.domain is not None:
        return False
    if node.operator == "prod":
        return True
    letter = node.index.name
    carrying = [name for name in names(node.body) if _index_in(name, letter)]
    letters = {name.name.partition("_")[0] for name in carrying}
    # With a distribution P the p_i are its probabilities, and no parameters.
    return bool(carrying) and not any(x in laws or x.swapcase() in laws for x in letters)


def _has_law(tree: Node, laws: Collection[str]) -> bool:
    return any(isinstance(node, Call) and node.function in laws for node in walk(tree))


def _index_in(name: Name, letter: str) -> bool:
    if carries(name.name, letter):
        return True
    return name.subscript is not None and any(n.name == letter for n in names(name.subscript))


def require_plain(name: Name, active: Mapping[str, str]) -> None:
    """Refuse a subscript in which an index is not alone, ``x_{j+1}``, and another index beside it.

    ``active`` are the letters of bound indices, each with the one it is renamed to.
    """
    for letter, renamed in active.items():
        if letter != renamed and carries(name.name, renamed):
            raise KlsymError(
                "index",
                f"{name.name} stands under a sum over {letter}, which does not bind {renamed}",
                span=name.span,
                help=f"give it the index {letter}",
            )
        if _index_in(name, letter) and not carries(name.name, letter):
            raise KlsymError(
                "unsupported",
                f"the index {letter} is not alone in this subscript",
                span=name.span,
                help=f"such as x_{letter} or x_{{1,{letter}}}",
            )

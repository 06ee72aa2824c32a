"""The names that texts use, where each was used first, and what is known of it by then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from klsym.domain import Domain
from klsym.errors import Span
from klsym.meaning.declarations import Assumed, Declared, LawDeclared, SymbolsDeclared
from klsym.meaning.indices import Indices, require_plain
from klsym.meaning.products import is_product
from klsym.meaning.scope import Placed, UserFamily
from klsym.syntax.tree import Name, Node
from klsym.syntax.walk import names


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a name was first used: in which text, at which place."""

    name: str
    span: Span
    text: str
    place: str


@dataclass
class Mentions:
    """What is known of the names in the texts that were looked at.

    ``placed`` are the domains that places give, ``implied`` those that follow for names inside
    compound arguments, ``mentions`` the numbers used, ``missing`` the names used as distributions
    that are none, in order.  ``defaulted`` are the parameters of bare densities, ``assumed`` what
    is taken for granted though nobody said it.  ``indices`` is the index of components with its
    range, ``said`` are names that declarations speak of, ``products`` those of product laws.
    """

    laws: Mapping[str, str | None]
    families: Mapping[str, UserFamily]
    placed: dict[str, Domain] = field(default_factory=dict)
    implied: dict[str, Domain] = field(default_factory=dict)
    mentions: dict[str, Mention] = field(default_factory=dict)
    missing: dict[str, Mention] = field(default_factory=dict)
    defaulted: set[str] = field(default_factory=set)
    assumed: list[str] = field(default_factory=list)
    has_laws: bool = False
    indices: Indices = field(default_factory=Indices)
    said: set[str] = field(default_factory=set)
    products: set[str] = field(default_factory=set)
    _active: dict[str, str] = field(default_factory=dict)
    _open: frozenset[str] = frozenset()
    _bound: frozenset[str] = frozenset()
    _text: tuple[str, str] = ("", "")

    @contextmanager
    def within(self, text: str, place: str) -> Iterator[None]:
        """The text that is being looked at."""
        before = self._text
        self._text = text, place
        try:
            with Placed(place, text):
                yield
        finally:
            self._text = before

    @contextmanager
    def binding(self, names: Iterable[str]) -> Iterator[None]:
        """Names that are bound for a while, and no parameters."""
        before = self._bound
        self._bound = before | frozenset(names)
        try:
            yield
        finally:
            self._bound = before

    def know(self, declared: Iterable[Declared]) -> None:
        """Take note of what declarations speak of, before any text is looked at."""
        for d in declared:
            if isinstance(d, SymbolsDeclared):
                self.said |= {name.name for name in d.names}
            elif isinstance(d, Assumed):
                self.said |= {name.name for name in names(d.chain)}
            elif isinstance(d, LawDeclared) and is_product(d.body, self.products):
                self.products.add(d.name)

    def foresee(self, tree: Node) -> None:
        """Take note of the sums and products over components in a text, before it is looked at."""
        taken = self.said | self.mentions.keys()
        self.indices = self.indices.seeing(tree, taken, self.laws)

    def named(self, name: str) -> str:
        """What a printed name stands for at this place."""
        return self.indices.name(name, self._active)

    def _at(self, name: str, span: Span) -> Mention:
        return Mention(name, span, *self._text)

    def _mention(self, node: Name) -> bool:
        if node.name in self._bound:
            return False
        if self._active:
            require_plain(node, self._active)
        name = self.named(node.name)
        self.mentions.setdefault(name, self._at(name, node.span))
        return True

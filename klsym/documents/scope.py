"""Sides of an equation read in the scope of a place: what their names need, and nothing else.

Each name that is used is followed to what it means there, and that to the names in it, until all
are known, or stay abstract.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from klsym.documents.bindings import DENSITY, VALUE, Binding
from klsym.documents.choices import Choices
from klsym.documents.draft import Where
from klsym.documents.lexicon import Lexicon, suggested_family
from klsym.documents.resolving import Resolver
from klsym.documents.rewriting import without_given
from klsym.documents.supports import with_support
from klsym.documents.usage import (
    bound_letters,
    called,
    compared,
    is_known,
    names_of_laws,
    occurrences_of_laws,
    used,
)
from klsym.errors import KlsymError, Span
from klsym.meaning.binders import CONTINUOUS_SUM
from klsym.meaning.declarations import (
    Assumed,
    Declared,
    DensityDeclared,
    FamilyDeclared,
    LawDeclared,
    SymbolsDeclared,
)
from klsym.meaning.equations import Equation, Side, read_equation
from klsym.syntax.tree import Name, Node


@dataclass(frozen=True)
class Meant:
    """Sides read in their scope; ``abstract`` are the distributions of which nothing is known."""

    equation: Equation
    abstract: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def read(
    lexicon: Lexicon,
    sides: Sequence[Side],
    where: Where,
    *,
    abstract: bool = False,
    conditions: Mapping[str, Binding] | None = None,
    chain: Sequence[Node] = (),
    choices: Choices | None = None,
    given: Sequence[Declared] = (),
) -> Meant:
    """Sides in the scope of a place; with ``abstract`` nothing is known of distributions.

    ``conditions`` are names that are set equal to something, ``chain`` the terms before the
    sides, ``choices`` the readings to take where there are several, ``given`` what is printed
    beside the sides.  Raises KlsymError for what cannot be understood.
    """
    introduced = lexicon.introduced()
    choices = Choices() if choices is None else choices
    trees = [without_given(side.readings[0][0], introduced) for side in sides]
    visible = lexicon.visible(where, {n for tree in trees for n in used(tree)}, choices)
    resolver = Resolver(visible, (*chain, *trees), choices)
    sides = [
        replace(
            s,
            readings=tuple((resolver.side(without_given(t, introduced)), n) for t, n in s.readings),
        )
        for s in sides
    ]
    inline: dict[str, tuple[str, Node]] = {}
    sides = [
        replace(s, readings=tuple((resolver.named(t, inline), n) for t, n in s.readings))
        for s in sides
    ]
    needed = _Needed(lexicon, where, resolver, abstract)
    for name, binding in (conditions or {}).items():
        needed.definitions[name] = binding.body
    trees = [side.readings[0][0] for side in sides]
    directly = set().union(*(compared(tree) for tree in trees))
    needed.lawful = {name for tree in trees for name in occurrences_of_laws(tree)}
    needed.bound = {letter for tree in trees for letter in bound_letters(tree)}
    needed.bound |= {law.letter for law in visible}
    for name, (letter, body) in inline.items():
        text = sides[0].text
        needed.declared[name] = LawDeclared(text, "document", name, letter, body)
        needed.follow(body, set())
        needed.names.add(name)
    for tree in trees:
        needed.follow(tree, directly)
    _drop_circles(needed.definitions)
    about = [d for d, w in lexicon.about if where.within(w) and _concerns(d, needed.names)]
    free = needed.names - {letter for tree in trees for letter in bound_letters(tree)}
    told = [*given, *(d for d, w in lexicon.told if where.section == w.section)]
    told = [d for d in told if _concerns(d, free)]
    declared = [*needed.declared.values(), *about]

    def equation_of(declared: list[Declared]) -> Equation:
        return read_equation(
            sides,
            declared,
            abstract=needed.unknown,
            definitions=needed.definitions,
            strict=lexicon.strict,
        )

    try:
        equation = equation_of([*declared, *told])
    except KlsymError:
        if not told:
            raise
        equation = equation_of(declared)  # what prose says of names may be meant for other places
    return Meant(equation, tuple(needed.unknown), tuple(needed.notes))


@dataclass
class _Needed:
    """What the names of an equation turn out to need; with ``abstract`` no distribution is known.

    ``lawful`` are names that stand for distributions, ``bound`` letters that range over values,
    ``unknown`` the distributions of which nothing is known, each with the name it goes by.
    """

    lexicon: Lexicon
    where: Where
    resolver: Resolver
    abstract: bool
    declared: dict[str, Declared] = field(default_factory=dict)
    definitions: dict[str, Node] = field(default_factory=dict)
    unknown: dict[str, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    lawful: set[str] = field(default_factory=set)
    bound: set[str] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)

    def follow(self, tree: Node, directly: set[str]) -> None:
        """Find what the names in a tree need; ``directly`` are compared in the equation itself."""
        bodies = {law.name: law.body for law in self.resolver.laws}
        pending = sorted(used(tree))
        while pending:
            name = pending.pop(0)
            if name in self.names:
                continue
            self.names.add(name)
            meant = self.lexicon.meaning(name, self.where)
            if self.abstract and (
                name in self.lexicon.laws or isinstance(meant, (DensityDeclared, LawDeclared))
            ):
                meant = None
            match meant:
                case Binding(kind=kind) if kind == VALUE:
                    if name not in self.bound:
                        body = self.resolver.side(meant.body)
                        self.definitions[name] = body
                        self.lawful |= set(occurrences_of_laws(body))
                        pending += sorted(used(body))
                case Binding(kind=kind) if kind == DENSITY and name not in self.lawful:
                    pass
                case Binding():
                    meant = replace(meant, body=self.resolver.body(bodies.get(name, meant.body)))
                    self.lawful |= set(names_of_laws(meant.body))
                    self._known_calls(meant)
                    self.declared[name] = _declared(meant)
                    pending += sorted(used(meant.body) - {meant.variate})
                case DensityDeclared() | LawDeclared():
                    self.declared[name] = meant
                    pending += sorted(used(meant.body) - {meant.variate})
                case FamilyDeclared():
                    self.declared[name] = meant
                    inner = {meant.variate, *meant.parameters}
                    pending += sorted(used(meant.body) - inner)
                case None if (
                    name in self.lexicon.laws and not is_known(name) and name in self.lawful
                ):
                    pending += self._unbound(name, directly)

    def _unbound(self, name: str, directly: set[str]) -> list[str]:
        """A distribution that nothing binds; a density p may be the one of P."""
        other = name[:1].swapcase() + name[1:]
        meant = None if self.abstract else self.lexicon.meaning(other, self.where)
        if name in directly or not (other in directly or meant is not None):
            self.unknown[name] = name
            return []
        self.notes.append(f"{name} is read as the density of {other}")
        if meant is None:
            self.unknown[name] = other
            return [other]
        body = Name(Span(0, 0), other)
        self.declared[name] = LawDeclared(f"{name} = {other}", "document", name, None, body)
        return [other]

    def _known_calls(self, binding: Binding) -> None:
        """Refuse a definition by a family that nobody declared, and suggest a declaration."""
        for call in called(binding.body):
            given = call.separators[:1] in ((";",), ("|",))
            if given and self.lexicon.meaning(call.function, binding.where) is None:
                suggestion = suggested_family(call)
                self.lexicon.suggestions[suggestion] = None
                raise KlsymError(
                    "undeclared",
                    f"{binding.name} is defined by {call.function}, which is not declared",
                    text=binding.text,
                    span=call.span,
                    place="document",
                    help=suggestion,
                )


def _declared(binding: Binding) -> Declared:
    if binding.kind == DENSITY:
        return with_support(binding)
    variate = binding.variate
    if variate is None and len(binding.name) == 1 and binding.name.isupper():
        variate = binding.name.lower()
    return LawDeclared(binding.text, "document", binding.name, variate, binding.body)


def _drop_circles(definitions: dict[str, Node]) -> None:
    """Leave out what is defined by itself: a substitution and its inverse say nothing new."""

    def reaches(name: str, goal: str, seen: set[str]) -> bool:
        inner = used(definitions[name]) & definitions.keys()
        return goal in inner or any(reaches(other, goal, seen | {other}) for other in inner - seen)

    for name in [n for n in definitions if reaches(n, n, {n})]:
        del definitions[name]


def falls_back(error: KlsymError) -> bool:
    """Whether a reading that failed may succeed with abstract distributions."""
    return error.name in (CONTINUOUS_SUM, "undeclared", "part-of-support")


def _concerns(d: Declared, names: set[str]) -> bool:
    if isinstance(d, SymbolsDeclared):
        return any(name.name in names for name in d.names)
    return isinstance(d, Assumed) and any(used(term) & names for term in d.chain.terms)

"""What each name means at each place of a document.

What is declared on the command line comes first, then directives, then what the text binds: in the
section, else in the document; above, else below.  A name that nothing binds, used as a
distribution, stays abstract.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from klsym.documents.bindings import CONDITION, DENSITY, FAMILY, LAW, NOTHING, VALUE, Binding
from klsym.documents.draft import Where
from klsym.documents.resolving import (
    Choices,
    Resolver,
    Visible,
    names_of_laws,
    occurrences_of_laws,
)
from klsym.documents.rewriting import without_given
from klsym.documents.supports import with_support
from klsym.documents.usage import bound_letters, called, compared, is_known, used
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
from klsym.meaning.setting import LETTERS
from klsym.syntax.names import Names
from klsym.syntax.tree import Binary, Call, Name, Node

_LINE = "\x1f"

Named = DensityDeclared | LawDeclared | FamilyDeclared


@dataclass(frozen=True)
class Meant:
    """Sides read in their scope; ``abstract`` are the distributions of which nothing is known."""

    equation: Equation
    abstract: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass
class _Needed:
    """What the names of an equation turned out to need."""

    declared: dict[str, Declared] = field(default_factory=dict)
    definitions: dict[str, Node] = field(default_factory=dict)
    abstract: dict[str, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    lawful: set[str] = field(default_factory=set)
    bound: set[str] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)


class Lexicon:
    """The names of a document, and what reads its equations."""

    def __init__(
        self,
        shared: Sequence[Declared],
        own: Sequence[tuple[Declared, Where]],
        laws: Iterable[str],
        functions: Iterable[str] = (),
        *,
        strict: bool = False,
    ) -> None:
        """``shared`` comes from the command line, ``own`` from directives."""
        self.shared = {d.name: d for d in shared if isinstance(d, Named)}
        self.about = [(d, Where()) for d in shared if isinstance(d, (SymbolsDeclared, Assumed))]
        self.about += [(d, w) for d, w in own if isinstance(d, (SymbolsDeclared, Assumed))]
        self.own = [(d, where) for d, where in own if isinstance(d, Named)]
        self.laws = {*laws, *self.shared, *(d.name for d, _ in self.own)}
        self.functions = frozenset(functions)
        self.strict = strict
        self.bindings: list[Binding] = []
        self.suggestions: dict[str, None] = {}
        self.told: list[tuple[Declared, Where]] = []

    def line_of(self, binding: Binding) -> str:
        """A word for the line of a binding, which :meth:`with_lines` replaces by its number.

        So what was found out about a link stays true when the lines of the document move.
        """
        number = next(i for i, other in enumerate(self.bindings) if other is binding)
        return f"{_LINE}{number}{_LINE}"

    def with_lines(self, text: str) -> str:
        """A text with the numbers of lines in the place of the words for them."""
        if _LINE not in text:
            return text
        for number, binding in enumerate(self.bindings):
            text = text.replace(f"{_LINE}{number}{_LINE}", str(binding.place.line))
        return text

    @property
    def families(self) -> set[str]:
        """Families under the document's own letters."""
        named = [*self.shared.values(), *(d for d, _ in self.own)]
        return {d.name for d in named if isinstance(d, FamilyDeclared)}

    @property
    def names(self) -> Names:
        """The names for the parser: distributions and families are called, variables are not."""
        bound = {b.name for b in self.bindings if b.kind in (LAW, DENSITY, FAMILY)}
        variables = {
            b.name
            for b in self.bindings
            if b.kind == LAW and b.variate is None and b.name in LETTERS
        }
        return Names(None, frozenset({*self.laws, *bound, *self.functions} - variables))

    def known(self, where: Where) -> set[str]:
        """Names that have a meaning at a place before what stands there is read."""
        found = {*self.shared, *(d.name for d, w in self.own if where.within(w))}
        return found | {b.name for b in self.bindings if where.within(b.where)}

    def parameters(self) -> set[str]:
        """Names that stand for parameters of the document's distributions."""
        bodies = [b.body for b in self.bindings if b.kind in (LAW, DENSITY)]
        named = [*self.shared.values(), *(d for d, _ in self.own)]
        bodies += [d.body for d in named if not isinstance(d, FamilyDeclared)]
        return {name for body in bodies for name in used(body)}

    def meaning(self, name: str, where: Where) -> Declared | Binding | None:
        """What a name means at a place."""
        if name in self.shared:
            return self.shared[name]
        own = [(d, w) for d, w in self.own if d.name == name and where.within(w)]
        if own:
            return max(own, key=lambda pair: where.nearness(pair[1]))[0]
        bound = [
            b
            for b in self.bindings
            if b.name == name
            and b.kind not in (CONDITION, NOTHING)
            and (not b.premise or b.where.order == where.order)
        ]
        return max(bound, key=lambda b: where.nearness(b.where), default=None)

    def candidates(self, name: str, where: Where, names: Container[str]) -> list[Binding]:
        """The declarations of one variable in its section, the likeliest first.

        One in the same display comes first, then those that speak of the names used, then the
        nearest above.
        """
        found = [
            b
            for b in self.bindings
            if b.name == name and b.kind == LAW and b.where.section == where.section
        ]
        nearest = self.meaning(name, where)
        labelled = isinstance(nearest, Binding) and bool(nearest.label)
        if len(found) < 2 or not isinstance(nearest, Binding):
            return []

        def rank(b: Binding) -> tuple[bool, bool, bool, bool, int]:
            here = b.where.order == where.order
            above = labelled or b.where.order <= where.order
            apt = any(n in names for n in used(b.body))
            order = b.where.order
            return here, above, apt, not b.premise, -order if labelled else order

        able = [
            b
            for b in found
            if not b.premise
            or b.where.order == where.order
            or (not any(n in names for n in used(nearest.body)))
        ]
        ranked = sorted(able, key=rank, reverse=True)
        return ranked if labelled else ranked[:1]

    def conditions(self, names: Container[str], where: Where) -> dict[str, Binding]:
        """What the text above in the same section sets some of the names equal to."""
        return {
            b.name: b
            for b in self.bindings
            if b.kind == CONDITION
            and b.name in names
            and b.where.section == where.section
            and b.where.order < where.order
        }

    def read(
        self,
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
        introduced = self._given()
        choices = Choices() if choices is None else choices
        trees = [without_given(side.readings[0][0], introduced) for side in sides]
        visible = self._visible(where, {n for tree in trees for n in used(tree)}, choices)
        resolver = Resolver(visible, (*chain, *trees), choices)
        sides = [
            replace(
                s,
                readings=tuple(
                    (resolver.side(without_given(t, introduced)), n) for t, n in s.readings
                ),
            )
            for s in sides
        ]
        inline: dict[str, tuple[str, Node]] = {}
        sides = [
            replace(s, readings=tuple((resolver.named(t, inline), n) for t, n in s.readings))
            for s in sides
        ]
        needed = _Needed()
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
            self._need(body, where, set(), needed, resolver, abstract=abstract)
            needed.names.add(name)
        for tree in trees:
            self._need(tree, where, directly, needed, resolver, abstract=abstract)
        _drop_circles(needed.definitions)
        about = [d for d, w in self.about if where.within(w) and _concerns(d, needed.names)]
        free = needed.names - {letter for tree in trees for letter in bound_letters(tree)}
        told = [*given, *(d for d, w in self.told if where.section == w.section)]
        told = [d for d in told if _concerns(d, free)]
        declared = [*needed.declared.values(), *about]

        def read(declared: list[Declared]) -> Equation:
            return read_equation(
                sides,
                declared,
                abstract=needed.abstract,
                definitions=needed.definitions,
                strict=self.strict,
            )

        try:
            equation = read([*declared, *told])
        except KlsymError:
            if not told:
                raise
            equation = read(declared)  # what prose says of names may be meant for other places
        return Meant(equation, tuple(needed.abstract), tuple(needed.notes))

    def _visible(self, where: Where, names: Container[str], choices: Choices) -> list[Visible]:
        """The distributions that have a meaning at a place, the nearest first."""
        found: dict[str, Visible] = {}
        ranked = sorted(self.bindings, key=lambda b: where.nearness(b.where), reverse=True)
        bound = [b.name for b in ranked if b.kind in (LAW, DENSITY)]
        for name in dict.fromkeys((*self.shared, *(d.name for d, _ in self.own), *bound)):
            candidates = self.candidates(name, where, names)
            chosen = self.meaning(name, where)
            if candidates:
                chosen = candidates[choices.take(name, len(candidates))]
                if len(candidates) > 1:
                    line = self.line_of(chosen)
                    choices.told[name] = f"{name} is read as line {line} declares it"
            match chosen:
                case Binding(kind=kind) if kind in (LAW, DENSITY):
                    near = where.within(chosen.where)
                    named = kind == LAW
                    found[name] = Visible(
                        name, chosen.body, chosen.variate, chosen.label, named, near
                    )
                case DensityDeclared() | LawDeclared():
                    found[name] = Visible(name, chosen.body, chosen.variate)
        return list(found.values())

    def _given(self) -> Mapping[str, set[tuple[Node, ...]]]:
        """The parameters with which each distribution is introduced somewhere."""
        found: dict[str, set[tuple[Node, ...]]] = {}
        for b in self.bindings:
            if b.given:
                found.setdefault(b.name, set()).add(b.given)
            if isinstance(b.body, Call) and not b.body.keywords:
                found.setdefault(b.name, set()).add(b.body.arguments)
        return found

    def _need(
        self,
        tree: Node,
        where: Where,
        directly: set[str],
        needed: _Needed,
        resolver: Resolver,
        *,
        abstract: bool,
    ) -> None:
        bodies = {law.name: law.body for law in resolver.laws}
        pending = sorted(used(tree))
        while pending:
            name = pending.pop(0)
            if name in needed.names:
                continue
            needed.names.add(name)
            meant = self.meaning(name, where)
            if abstract and (
                name in self.laws or isinstance(meant, (DensityDeclared, LawDeclared))
            ):
                meant = None
            match meant:
                case Binding(kind=kind) if kind == VALUE:
                    if name not in needed.bound:
                        body = resolver.side(meant.body)
                        needed.definitions[name] = body
                        needed.lawful |= set(occurrences_of_laws(body))
                        pending += sorted(used(body))
                case Binding(kind=kind) if kind == DENSITY and name not in needed.lawful:
                    pass
                case Binding():
                    meant = replace(meant, body=resolver.body(bodies.get(name, meant.body)))
                    needed.lawful |= set(names_of_laws(meant.body))
                    self._known_calls(meant)
                    needed.declared[name] = self._declared(meant)
                    pending += sorted(used(meant.body) - {meant.variate})
                case DensityDeclared() | LawDeclared():
                    needed.declared[name] = meant
                    pending += sorted(used(meant.body) - {meant.variate})
                case FamilyDeclared():
                    needed.declared[name] = meant
                    inner = {meant.variate, *meant.parameters}
                    pending += sorted(used(meant.body) - inner)
                case None if name in self.laws and not is_known(name) and name in needed.lawful:
                    pending += self._unbound(name, where, directly, needed, abstract=abstract)

    def _unbound(
        self, name: str, where: Where, directly: set[str], needed: _Needed, *, abstract: bool
    ) -> list[str]:
        """A distribution that nothing binds; a density p may be the one of P."""
        other = name[:1].swapcase() + name[1:]
        meant = None if abstract else self.meaning(other, where)
        if name in directly or not (other in directly or meant is not None):
            needed.abstract[name] = name
            return []
        needed.notes.append(f"{name} is read as the density of {other}")
        if meant is None:
            needed.abstract[name] = other
            return [other]
        body = Name(Span(0, 0), other)
        needed.declared[name] = LawDeclared(f"{name} = {other}", "document", name, None, body)
        return [other]

    def _declared(self, binding: Binding) -> Declared:
        if binding.kind == DENSITY:
            return with_support(binding)
        variate = binding.variate
        if variate is None and len(binding.name) == 1 and binding.name.isupper():
            variate = binding.name.lower()
        return LawDeclared(binding.text, "document", binding.name, variate, binding.body)

    def _known_calls(self, binding: Binding) -> None:
        """Refuse a definition by a family that nobody declared, and suggest a declaration."""
        for call in called(binding.body):
            given = call.separators[:1] in ((";",), ("|",))
            if given and self.meaning(call.function, binding.where) is None:
                suggestion = suggested_family(call)
                self.suggestions[suggestion] = None
                raise KlsymError(
                    "undeclared",
                    f"{binding.name} is defined by {call.function}, which is not declared",
                    text=binding.text,
                    span=call.span,
                    place="document",
                    help=suggestion,
                )

    def suggest(self, name: str, where: Where) -> str:
        """What would declare a distribution that nothing binds."""
        other = name[:1].swapcase() + name[1:]
        known = self.meaning(other, where) is not None
        suggestion = f"--let '{name} = {other if known else 'Normal(mu, sigma)'}'"
        self.suggestions[suggestion] = None
        return suggestion


def suggested_family(call: Call) -> str:
    """The ``--let`` that would make a family of ``f(x | m, v)``."""
    point, *parameters = call.arguments
    letter = point.name if isinstance(point, Name) else "x"
    if len(parameters) == 2:
        squared = isinstance(parameters[1], Binary) and parameters[1].operator == "^"
        form = "m, v", "Normal(m, variance=v)" if squared else "Normal(m, v)"
    elif len(parameters) == 1:
        form = "a", "Exponential(a)"
    else:
        form = ", ".join("abcdefgh"[: len(parameters)]), "..."
    return f"--let '{call.function}({letter} | {form[0]}) = {form[1]}'"


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

"""What each name means at each place of a document.

What is declared on the command line comes first, then directives, then what the text binds: in the
section, else in the document; above, else below.  A name that nothing binds, used as a
distribution, stays abstract.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence

from klsym.documents.bindings import CONDITION, DENSITY, FAMILY, LAW, NOTHING, Binding
from klsym.documents.choices import Choices
from klsym.documents.draft import Where
from klsym.documents.usage import is_known, used
from klsym.documents.visible import Visible
from klsym.meaning.declarations import (
    Assumed,
    Declared,
    DensityDeclared,
    FamilyDeclared,
    LawDeclared,
    SymbolsDeclared,
)
from klsym.meaning.setting import LETTERS
from klsym.syntax.names import Names
from klsym.syntax.tree import Binary, Call, Name, Node

_LINE = "\x1f"

Named = DensityDeclared | LawDeclared | FamilyDeclared


class Lexicon:
    """The names of a document with their meanings."""

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
        called = frozenset({*self.laws, *bound, *self.functions} - variables)
        numbers = {n.name for d, _ in self.about if isinstance(d, SymbolsDeclared) for n in d.names}
        numbers |= {name for name in self.parameters() if not is_known(name)}
        return Names(frozenset(numbers - called) or None, called)

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

    def visible(self, where: Where, names: Container[str], choices: Choices) -> list[Visible]:
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

    def introduced(self) -> Mapping[str, set[tuple[Node, ...]]]:
        """The parameters with which each distribution is introduced somewhere."""
        found: dict[str, set[tuple[Node, ...]]] = {}
        for b in self.bindings:
            if b.given:
                found.setdefault(b.name, set()).add(b.given)
            if isinstance(b.body, Call) and not b.body.keywords:
                found.setdefault(b.name, set()).add(b.body.arguments)
        return found

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

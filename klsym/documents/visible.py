"""Visible: a distribution as it is seen from a place in a document."""

from __future__ import annotations

from dataclasses import dataclass

from klsym.meaning.naming import family_of
from klsym.meaning.spellings import readings
from klsym.syntax.tree import Call, Node

BARE = ("p", "q", "f", "g", "r", "P", "Q")
"""The letters that alone may mean the density of the distribution they name."""


@dataclass(frozen=True, slots=True)
class Visible:
    """A distribution with a meaning at a place; ``named`` if by its name, not its expression.

    ``label`` is what stands before the variable in ``P: X ~ ...``; ``near`` says that it was
    introduced in this section or in one above it.
    """

    name: str
    body: Node
    variate: str | None = None
    label: str = ""
    named: bool = True
    near: bool = True

    @property
    def letter(self) -> str:
        """The letter of its values: ``x`` of ``X``."""
        if self.variate is not None:
            return self.variate
        name = self.name
        return name.lower() if len(name) == 1 and name.isupper() else name

    def is_variable(self, letter: str) -> bool:
        """Whether it is a variable whose values go by the letter, which p(x) is the density of."""
        return self.variate is None and self.letter == letter and not self.label and self.near

    @property
    def is_written_bare(self) -> bool:
        """Whether the name alone may mean the density: p, or f where f(x) is given."""
        return self.variate is not None or self.name.partition("_")[0] in BARE

    @property
    def is_discrete(self) -> bool:
        """Whether it is of a family on a set of whole numbers or labels."""
        body = self.body
        if not isinstance(body, Call):
            return False
        names = [r.call.function for r in readings(body, law=True)] or [body.function]
        family = family_of(names[-1])
        return family is not None and family.support.startswith("{")

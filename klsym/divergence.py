"""Divergence: how a measure of two distributions is built from their densities.

Like a family, a divergence is data: its definition is a text in klsym's plain notation, over the
densities ``p`` and ``q``, the mean ``E(p, ...)`` and its options, and may use other divergences.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Option:
    """A keyword a divergence takes: ``flag`` for ``average=True``, else an expression.

    With a ``variable`` the expression is a function of it, which the definition calls by the
    option's name; a ``convex`` one must be 0 at 1 and not concave.  ``limits`` maps a value at
    which the definition has none to the text that is its limit there.
    """

    name: str
    flag: bool = False
    required: bool = False
    condition: str = ""
    meaning: str = ""
    variable: str = ""
    convex: bool = False
    limits: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Divergence:
    """A functional of one or two distributions; its module's docstring is its manual page.

    ``definition`` is the text that defines it; ``variants`` maps an option's name to the text
    that holds instead when that option is given.  ``notation`` is its LaTeX, with ``p``, ``q``
    and the names of its options, ``notations`` the same with an option that changes it; both are
    read as they are printed, and so are the other ``signs`` that papers put before the bracket.
    ``absolutely_continuous`` says that the definition supposes q positive wherever p is;
    ``logarithmic`` that the value is a mean of logs, in nats or in bits; ``additive`` that it adds
    over the components of products of independent distributions; ``chained`` that for joint
    distributions it is the value of the margins and the mean of that of the conditionals;
    ``joint`` that it is taken of a joint distribution only.  ``bounds`` are numbers that it
    lies between whatever the distributions are, empty where there is none.
    """

    name: str
    arity: int
    definition: str
    notation: str
    notations: Mapping[str, str] = field(default_factory=dict)
    signs: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    variants: Mapping[str, str] = field(default_factory=dict)
    absolutely_continuous: bool = False
    logarithmic: bool = False
    additive: bool = False
    bounds: tuple[str, str] = ("", "")
    chained: bool = False
    joint: bool = False

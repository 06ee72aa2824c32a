"""Divergence: how a measure of two distributions is built from their densities.

Like a family, a divergence is data: its definition is a text in klsym's plain notation, over the
densities ``p`` and ``q``, the mean ``E(p, ...)`` and its options, and may use other divergences.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Option:
    """A keyword a divergence takes: ``flag`` for ``average=True``, else an expression."""

    name: str
    flag: bool = False
    required: bool = False
    condition: str = ""
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Divergence:
    """A functional of one or two distributions; its module's docstring is its manual page.

    ``definition`` is the text that defines it; ``variants`` maps an option's name to the text
    that holds instead when that flag is set.  ``notation`` is its LaTeX, with ``p`` and ``q``.
    ``absolutely_continuous`` says that it is infinite unless q is positive wherever p is.
    """

    name: str
    arity: int
    definition: str
    notation: str
    aliases: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    variants: Mapping[str, str] = field(default_factory=dict)
    absolutely_continuous: bool = False

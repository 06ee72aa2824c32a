"""Rule: a named step from an expression to an equal one, whose module is its manual page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from klsym.integrals.integrand import Integrand
    from klsym.integrals.kernel import Kernel


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of derivation.

    ``reason`` is the phrase printed beside a step that uses it.  A master integral also has
    ``recognise``, which answers with the :class:`Kernel` of an integrand ``exp(sum c_i T_i)`` of
    its kind, or None; those of a lower ``rank`` are tried first, so that an integrand is reduced
    to others only if it is not known itself.
    """

    name: str
    reason: str
    recognise: Callable[[Integrand], Kernel | None] | None = None
    rank: int = 0

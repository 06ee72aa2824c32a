"""Distributions made otherwise than by a list of parameters: how each is read."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from klsym.density import Density, Mixture
from klsym.families import constructions
from klsym.meaning.categorical import categorical
from klsym.meaning.truncation import truncated
from klsym.syntax.tree import Call

if TYPE_CHECKING:
    from klsym.meaning.laws import Laws

Reader = Callable[["Laws", Call], Density | Mixture]
_READERS: dict[str, Reader] = {"Truncated": truncated, "Categorical": categorical}


def constructed(laws: Laws, node: Call) -> Density | Mixture | None:
    """The distribution that a call constructs, or None if it is no construction."""
    construction = constructions().get(node.function)
    return None if construction is None else _READERS[construction.name](laws, node)

"""What each function becomes in the normal form: one file per family of functions.

A file offers ``RULES``, a mapping from sympy classes to functions of the algebra and the
expression; files are found by discovery, so to add functions is to add a file.  Each rule is an
identity on the whole domain of the context, up to thin sets; where it needs a sign that is not
proved, it leaves an atom with a doubt, or asks for cases.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from klsym.equality.algebra import Rule


@lru_cache(maxsize=1)
def rules() -> Mapping[Any, Rule]:
    """The rules of all files, by sympy class; raises if two files claim the same class."""
    found: dict[Any, Rule] = {}
    for module in pkgutil.iter_modules(__path__):
        part = import_module(f"{__name__}.{module.name}").RULES
        twice = found.keys() & part.keys()
        if twice:
            raise ImportError(f"two rules for {', '.join(sorted(c.__name__ for c in twice))}")
        found.update(part)
    return found

"""What each function becomes in the normal form: one file per family of functions.

A file offers ``RULES``, a mapping from sympy classes to functions of the algebra and the
expression, and perhaps ``LOGARITHMS``, the same for the logarithm of the absolute value.  Files
are found by discovery, so to add functions is to add a file.  Each rule is an identity wherever
the expression has a real value; where that is not proved, the rule notes a doubt, and where a
sign decides, it asks for cases.
"""

from __future__ import annotations

import pkgutil
from functools import lru_cache
from importlib import import_module
from typing import Any

from klsym.equality.algebra import Rules


@lru_cache(maxsize=1)
def rules() -> Rules:
    """The rules of all files, by sympy class; raises if two files claim the same class."""
    values: dict[Any, Any] = {}
    logarithms: dict[Any, Any] = {}
    for found in pkgutil.iter_modules(__path__):
        module = import_module(f"{__name__}.{found.name}")
        for known, new in (
            (values, module.RULES),
            (logarithms, getattr(module, "LOGARITHMS", {})),
        ):
            twice = known.keys() & new.keys()
            if twice:
                raise ImportError(f"two rules for {', '.join(sorted(c.__name__ for c in twice))}")
            known.update(new)
    return Rules(values, logarithms)

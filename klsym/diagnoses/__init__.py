"""Diagnoses: the name of a mistake, with a repair that is itself proved.

One file per slip, found by discovery.  A slip changes the text of the claim, the formula or the
statement, in the way that would undo it; the changed text is read again and shown only if it is
proved.
"""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from klsym.diagnoses.slip import Slip


@cache
def slips() -> dict[str, Slip]:
    """Every slip by name, the cheapest first; raises ImportError if two claim one name."""
    found: dict[str, Slip] = {}
    for module in pkgutil.iter_modules(__path__):
        slip = getattr(import_module(f"{__name__}.{module.name}"), "DIAGNOSIS", None)
        if isinstance(slip, Slip):
            if slip.name in found:
                raise ImportError(f"two slips are named {slip.name}")
            found[slip.name] = slip
    return dict(sorted(found.items(), key=lambda item: (item[1].cost, item[0])))

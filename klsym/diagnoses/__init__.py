"""Diagnoses: the name of a mistake, with a repair that is itself proved.

One file per slip, found by discovery.  A slip changes the text of the claim, the formula or the
statement, in the way that would undo it; the changed text is read again and shown only if it is
proved.
"""

from __future__ import annotations

from functools import cache

from klsym.diagnoses.slip import Slip
from klsym.discovery import discovered


@cache
def slips() -> dict[str, Slip]:
    """Every slip by name, the cheapest first; raises ImportError if two claim one name."""
    found: dict[str, Slip] = discovered(__name__, __path__, "DIAGNOSIS")
    return dict(sorted(found.items(), key=lambda item: (item[1].cost, item[0])))

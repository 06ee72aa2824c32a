"""Which values a symbol may take: domains, and the Context that holds all of them together.

A :class:`Domain` is an interval, perhaps of integers only.  A :class:`Context` holds one for each
symbol and the relations between them (``a < b``, ``order != 1``); it proves signs on the whole
of what it describes and draws exact points from it.  Importing this package loads no computer
algebra.
"""

from klsym.domain.context import Context
from klsym.domain.interval import (
    DOMAINS,
    INTEGER,
    NATURAL,
    NEGATIVE,
    NONNEGATIVE,
    POSITIVE,
    REAL,
    UNIT,
    Domain,
)

__all__ = [
    "DOMAINS",
    "INTEGER",
    "NATURAL",
    "NEGATIVE",
    "NONNEGATIVE",
    "POSITIVE",
    "REAL",
    "UNIT",
    "Context",
    "Domain",
]

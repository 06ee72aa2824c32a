"""Documents: every equation of a post or a paper, read in place and given its verdict.

A document is drafted into passages of mathematics (:mod:`.draft`), these are read as statements
(:mod:`.reading`), names get their meanings from the text around (:mod:`.lexicon`), chains run
across rows and displays (:mod:`.chains`), and each link is decided (:mod:`.deciding`), by itself:
a :mod:`.paper` is read, decided in any order and any number of processes, and put together again.
:func:`run` does it all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from klsym.documents.claims import Claim, Document, Other
    from klsym.documents.report import Run
    from klsym.documents.running import run

__all__ = ["Claim", "Document", "Other", "Run", "run"]


def __getattr__(name: str) -> Any:
    """Load what is asked for: what finds and reports documents works without sympy."""
    from importlib import import_module

    if name in __all__:
        module = {"run": "running", "Run": "report"}.get(name, "claims")
        return getattr(import_module(f"klsym.documents.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

"""Evidence: what backs each verdict, as JSON that can be checked again without the search.

    klsym check 'KL(Poisson(a) || Poisson(b))' 'a*log(a/b) - a + b' --evidence poisson.json
    klsym run paper.md --evidence paper.json
    klsym replay poisson.json paper.json

A file holds a list of claims.  Each has the texts, the domains and relations of the symbols, both
sides as trees (and, where a side was derived, the definition it was derived from, with its means),
and what backs the verdict:

* ``proof``: the names of the rules that brought the difference to zero, and how many cases by
  sign were distinguished.  Replay applies these rules, and no others.
* ``counterexample``: an exact point, the precision in bits, and the decimals of both sides there.
  Replay encloses both again at that point and precision; if a side was derived, ``defined`` says
  that its definition was enclosed too, and so does replay.
* ``agreement``: to how many digits, at how many points.
* ``enclosures``: both sides from their definitions at an exact point, to so many digits.

The statement and the formula are read again as well, so that no part of the file stands for
another; a file that was altered fails.  Nothing in a file is ever executed.  ``klsym replay`` ends
with 0 if all evidence holds, 1 if some does not (it says which), 2 if the file is no evidence, and
3 if it holds an undecided claim, for which there is nothing to check.  The form is that of
``evidence`` in klsym/schema.json.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from klsym.version import __version__

SCHEMA = "klsym-evidence/1"


def file_of(claims: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The whole of a file."""
    return {"schema": SCHEMA, "klsym": __version__, "claims": list(claims)}

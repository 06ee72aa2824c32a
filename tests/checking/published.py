"""The published divergences that the tests know: statement, declarations, formula."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).parent.parent / "data"


@dataclass(frozen=True)
class Published:
    """A statement with the formula that was printed for it, and what has to be declared."""

    statement: str
    formula: str
    let: tuple[str, ...] = ()
    assume: tuple[str, ...] = ()


def published() -> Iterator[Published]:
    """All univariate ones with a formula."""
    for entry in json.loads((DATA / "continuous.json").read_text()):
        if "formula" in entry:
            assume = [*entry.get("assume", []), *entry.get("part", [])]
            let = tuple(entry["let"])
            yield Published(entry["statement"], entry["formula"], let, tuple(assume))
    for entry in json.loads((DATA / "discrete.json").read_text()):
        let = (f"{entry['units']} unit",) if "units" in entry else ()
        statement = f"KL({entry['p']} || {entry['q']})"
        yield Published(statement, entry["formula"], let, tuple(entry.get("conditions", [])))
    for entry in json.loads((DATA / "divergences.json").read_text()):
        let, assume = tuple(entry.get("let", ())), tuple(entry["conditions"])
        yield Published(entry["statement"], entry["formula"], let, assume)

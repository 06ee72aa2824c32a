"""Choices: which reading is taken where what is printed has several."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product


@dataclass
class Choices:
    """Which of several readings was taken of each spelling, by position, and what it is.

    ``made`` says how many there are, ``told`` describes the one that was taken, ``spelt`` are the
    spellings of families, which mean the same throughout a document.
    """

    taken: Mapping[str, int] = field(default_factory=dict)
    made: dict[str, int] = field(default_factory=dict)
    told: dict[str, str] = field(default_factory=dict)
    spelt: set[str] = field(default_factory=set)

    def take(self, key: str, count: int) -> int:
        """The position of the reading to take."""
        self.made[key] = max(count, self.made.get(key, 0))
        return min(self.taken.get(key, 0), count - 1)

    def others(self) -> Iterator[dict[str, int]]:
        """The readings that were not taken, those nearest to the likeliest first."""
        keys = [key for key, count in self.made.items() if count > 1 and key not in self.taken]
        ranges = [range(self.made[key]) for key in keys]
        for found in sorted(product(*ranges), key=sum)[1:]:
            yield dict(zip(keys, found, strict=True))

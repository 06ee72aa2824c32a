"""Shard: one of several parts of the documents of a run, for jobs that share them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Shard:
    """One of ``count`` parts of the documents, from 1, of which each is in exactly one."""

    number: int
    count: int

    def __str__(self) -> str:
        return f"{self.number}/{self.count}"

    def place(self, position: int) -> int:
        """Where in the whole list the document at a position of this part stands."""
        return self.number - 1 + position * self.count

    def of(self, found: Sequence[T]) -> list[T]:
        """Its documents."""
        return list(found[self.number - 1 :: self.count])

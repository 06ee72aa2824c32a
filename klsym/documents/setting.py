"""Setting: what holds in all documents of a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted of each claim besides its verdict.

    The slips that explain a refutation, evidence to replay, steps to show.
    """

    diagnoses: bool = True
    evidence: bool = False
    steps: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """The declarations, what is wanted, and how many seconds a claim may take."""

    let: tuple[str, ...] = ()
    assume: tuple[str, ...] = ()
    strict: bool = False
    wanted: Wanted = field(default_factory=Wanted)
    time_limit: float | None = None

    def to_data(self) -> dict[str, Any]:
        """The setting as JSON data."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Setting:
        """The setting that JSON data hold."""
        texts = {name: tuple(data[name]) for name in ("let", "assume")}
        return cls(**{**data, **texts, "wanted": Wanted(**data["wanted"])})

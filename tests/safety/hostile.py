"""The hostile inputs of tests/data/hostile: groups of texts, each with what the group tries."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "data" / "hostile"


def formulas() -> dict[str, list[str]]:
    """The formulas of each group."""
    return {name: [written(text) for text in group["inputs"]] for name, group in _read("formulas")}


def requests() -> dict[str, list[list[str]]]:
    """Command lines of each group."""
    return {name: group["requests"] for name, group in _read("requests")}


def notebooks() -> dict[str, str]:
    """Files that are, or are not, notebooks, by what is wrong with each."""
    found: dict[str, str] = json.loads((FOLDER / "notebooks.json").read_text(encoding="utf-8"))
    return found


def written(text: Any) -> str:
    """A text; one too long to keep is given by what opens it, how often, and what closes it."""
    if isinstance(text, str):
        return text
    times: int = text["times"]
    return str(text["open"]) * times + str(text["inside"]) + str(text["close"]) * times


def _read(name: str) -> list[tuple[str, dict[str, Any]]]:
    return list(json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8")).items())

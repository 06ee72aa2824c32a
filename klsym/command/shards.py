"""Shards of a run: ``--shard 3/16`` decides one part of the documents, ``klsym merge`` joins them.

The part that a document is in depends on the list of documents alone, so the jobs of an array
that are given the same paths share them without talking to each other.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from klsym.documents.claims import Document
from klsym.documents.report import Run
from klsym.errors import KlsymError


def merged(paths: Iterable[Path]) -> tuple[Run, list[KlsymError]]:
    """The run whose parts were written as JSON lines, and what is wrong with them.

    Its documents are in the order of the whole run; one that is in several parts is taken once.
    """
    found: dict[str, tuple[int, Document]] = {}
    shards: dict[int, set[int]] = {}
    errors: list[KlsymError] = []
    for path in paths:
        try:
            documents, places = _part(path, shards)
            for document, place in zip(documents, places, strict=True):
                _, other = found.setdefault(document.path, (place, document))
                if other.to_data() != document.to_data():
                    message = f"{document.path} was found otherwise in another part"
                    raise KlsymError("contradicting-parts", message, place=str(path))
        except KlsymError as error:
            errors.append(error)
    ordered = sorted(found.values(), key=lambda pair: pair[0])
    return Run(tuple(document for _, document in ordered)), [*errors, *_missing(shards)]


def _part(path: Path, shards: dict[int, set[int]]) -> tuple[list[Document], list[int]]:
    """The documents of a part and their places; ``shards`` gets which part of how many it is."""
    documents: list[Document] = []
    places: list[int] = []
    number = 1
    for number, line in _lines(path):
        try:
            if "shard" in line:
                part, count = map(int, line["shard"].split("/"))
                shards.setdefault(count, set()).add(part)
                places += map(int, line["places"])
            else:
                documents.append(Document.from_data(line))
        except (AttributeError, KeyError, TypeError, ValueError):
            raise _no_part(path, number) from None
    places = places or [0] * len(documents)
    if len(places) != len(documents):
        raise _no_part(path, number)
    return documents, places


def _lines(path: Path) -> Iterator[tuple[int, Any]]:
    number = 1
    try:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield number, json.loads(line)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise KlsymError("unreadable-file", f"cannot be read: {reason}", place=str(path)) from None
    except (ValueError, RecursionError):
        raise _no_part(path, number) from None


def _no_part(path: Path, number: int) -> KlsymError:
    advice = "klsym run PATH... --shard 1/2 --format jsonl -o part1.jsonl writes one"
    return KlsymError("no-part", "no part of a run", place=str(path), line=number, help=advice)


def _missing(shards: dict[int, set[int]]) -> Iterator[KlsymError]:
    for count, parts in shards.items():
        missing = sorted(set(range(1, count + 1)) - parts)
        if missing:
            names = ", ".join(f"{part}/{count}" for part in missing)
            advice = "run them and add their files"
            yield KlsymError("missing-shard", f"nothing of the parts {names}", help=advice)

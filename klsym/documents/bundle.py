"""Bundle: a document with the files it includes, as read at one moment.

Whoever decides about a document reads it from its bundle alone, so the verdicts are about the text
whose digest they are kept under, whatever happens to the files meanwhile, and on any machine.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from klsym.documents.files import load
from klsym.documents.formats import blocks
from klsym.documents.source import Source
from klsym.errors import KlsymError

Held = str | Mapping[str, Any]
"""The text of a file, or the data of the error that came of reading it."""


@dataclass(frozen=True)
class Bundle:
    """The files of a document by their paths, its own first."""

    path: str
    files: Mapping[str, Held]

    def load(self, name: str) -> Source:
        """A file of the bundle.  Raises KlsymError if it could not be read."""
        held = self.files.get(name)
        if isinstance(held, str):
            return Source(name, held)
        if held is not None:
            raise KlsymError.from_data(held)
        raise KlsymError("no-such-file", "no such file or folder", place=name)

    @property
    def failure(self) -> KlsymError | None:
        """Why the document itself could not be read."""
        try:
            self.load(self.path)
        except KlsymError as error:
            return error
        return None

    def to_data(self) -> dict[str, Any]:
        """The bundle as JSON data."""
        return {"path": self.path, "files": dict(self.files)}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Bundle:
        """The bundle that JSON data hold."""
        return cls(data["path"], data["files"])


def bundled(path: str) -> Bundle:
    """A document and what it includes, directly or not.

    A file that cannot be read is in it with the reason.
    """
    files: dict[str, Held] = {}

    def held(name: str) -> Source:
        try:
            source = load(name)
        except KlsymError as error:
            files[name] = error.to_data()
            raise
        files[name] = source.text
        return source

    with suppress(KlsymError):
        source = held(path)
        if path.lower().endswith(".tex"):  # only TeX includes files
            deque(blocks(source, held), maxlen=0)
    return Bundle(path, files)

r"""Files that a document includes: only such as lie in its own folder, each within bounds."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from klsym.documents.blocks import Block, Broken, Missing
from klsym.documents.source import Excerpt, Source
from klsym.errors import KlsymError, Span

MOST_FILES = 200
"""How many inclusions a document may have."""
MOST_CHARACTERS = 1 << 24
"""How much text all of them may hold."""


class NotIncluded(Exception):
    """A file is not read, and why; ``refused`` if it may not be."""

    def __init__(self, reason: str, *, refused: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.refused = refused


class Folder:
    """The folder of a document, out of which it includes files."""

    def __init__(self, document: str, load: Callable[[str], Source]) -> None:
        """``load`` reads a file, and raises KlsymError where it cannot."""
        self._folder = Path(document).parent
        self._load = load
        self._count = self._characters = 0

    def include(
        self, name: str, suffix: str, place: Excerpt, opened: Iterable[str]
    ) -> Source | Block | None:
        """The file that a document includes at a place, or what is to be said instead.

        ``opened`` are the files that are being read.  A package that is not in the folder is one
        of TeX's own, of which there is nothing to say.
        """
        try:
            path = self._find(name, suffix)
            if os.path.realpath(path) in map(os.path.realpath, opened):
                raise NotIncluded("it includes itself", refused=True)
            return self._read(path)
        except KlsymError as error:
            return Broken(error)
        except NotIncluded as error:
            if error.refused:
                message = f"{name} is not read: {error.reason}"
                advice = "copy it there" if error.reason == _ELSEWHERE else ""
                start, end = place.range(Span(0, len(place.text)))
                return Broken(place.source.error("not-included", message, start, end, advice))
            return Missing(place, error.reason) if suffix == ".tex" else None

    def _find(self, name: str, suffix: str) -> Path:
        given = Path(name)
        if given.is_absolute() or name.startswith(("~", "|")) or ".." in given.parts:
            raise NotIncluded(_ELSEWHERE, refused=True)
        try:
            for path in (self._folder / f"{name}{suffix}", self._folder / name):
                if path.is_file():
                    return self._inside(path)
        except (OSError, ValueError):
            pass
        raise NotIncluded("no such file in the document's folder")

    def _inside(self, path: Path) -> Path:
        real, folder = os.path.realpath(path), os.path.realpath(self._folder)
        if os.path.commonpath((real, folder)) != folder:
            raise NotIncluded("it is a link that leads out of the document's folder", refused=True)
        return path

    def _read(self, path: Path) -> Source:
        self._count += 1
        if self._count > MOST_FILES:
            raise NotIncluded(f"these are more than {MOST_FILES} inclusions", refused=True)
        source = self._load(str(path))
        self._characters += len(source.text)
        if self._characters > MOST_CHARACTERS:
            raise NotIncluded("the included files are too long", refused=True)
        return source


_ELSEWHERE = "a document includes files of its own folder only"

"""``klsym run --watch``: what is saved is decided again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from klsym.command import signals
from klsym.documents.formats import FORMATS
from klsym.errors import KlsymError

SUFFIXES = {*FORMATS, ".sty", ".cls"}
"""Documents, and what they may include."""


def saves(paths: Iterable[str]) -> Iterator[list[str]]:
    """The files that were changed, each time some were, until it is interrupted.

    Folders are watched with all in them, a file with its folder: an editor may put a new file in
    the place of the old one, and what a document includes lies beside it.
    """
    from watchfiles import watch

    given = [Path(path) for path in paths]
    try:
        folders = {path if path.is_dir() else path.absolute().parent for path in given}
        for changes in watch(*folders, watch_filter=lambda _, path: _is_document(path)):
            yield sorted({path for _, path in changes})
    except KeyboardInterrupt:
        # Whatever a signal raises while it waits, watchfiles takes it for that.
        signals.raise_again()
        raise
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise KlsymError("unwatchable", f"cannot be watched: {reason}", place="--watch") from error


def _is_document(path: str) -> bool:
    file = Path(path)
    return file.suffix.lower() in SUFFIXES and not file.name.startswith(".")

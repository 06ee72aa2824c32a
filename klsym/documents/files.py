"""Finding documents: paths and folders to files, and files to texts.

A path that cannot be read is an error of its own, and the others go on.
"""

from __future__ import annotations

import os
import re
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from klsym.documents.formats import FORMATS, blocks
from klsym.documents.source import Source
from klsym.errors import KlsymError, Span

LARGEST = 1 << 24
"""A document of more bytes than this is none."""


def find(paths: Iterable[str | os.PathLike[str]]) -> Iterator[tuple[str, KlsymError | None]]:
    """The documents that paths stand for, each once; a path that stands for none with its error."""
    seen: set[str] = set()
    for given in paths:
        path = Path(given)
        if not path.is_dir():
            found, error = [path], _refused(path)
        else:
            found = sorted(_inside(path))
            error = None if found else _without_documents(path)
        if error is not None:
            yield str(given), error
            continue
        for document in found:
            real = os.path.realpath(document)
            if real not in seen:
                seen.add(real)
                yield str(document), None


def whole(
    found: Iterable[tuple[str, KlsymError | None]],
) -> list[tuple[str, KlsymError | None]]:
    """The documents without those that another one of them includes: they are read with it."""
    given = list(found)
    # Only TeX includes files, and those that no other one includes come first.
    papers = [path for path, error in given if error is None and path.endswith(".tex")]
    includes = {path: _included_by(path) for path in papers} if len(papers) > 1 else {}
    kept: set[str] = set()
    covered: set[str] = set()
    inner = set().union(*includes.values())
    for path in sorted(includes, key=lambda path: os.path.realpath(path) in inner):
        if os.path.realpath(path) not in covered:
            kept.add(path)
            covered |= includes[path]
    return [(path, error) for path, error in given if path not in includes or path in kept]


def _included_by(path: str) -> set[str]:
    """The files that a document includes, directly or not; itself is none of them."""
    files: set[str] = set()

    def included(name: str) -> Source:
        files.add(os.path.realpath(name))
        return load(name)

    with suppress(KlsymError):
        deque(blocks(load(path), included), maxlen=0)
    return files - {os.path.realpath(path)}


def load(path: str) -> Source:
    """Read a document.

    Raises KlsymError, with the place, if it cannot be read, is empty, is no text or not UTF-8.
    """
    try:
        with Path(path).open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise _failure("unreadable-file", f"cannot be read: {reason}", path) from error
    if len(data) > LARGEST:
        raise _failure("too-long", f"longer than {LARGEST >> 20} MB", path, "split it")
    if b"\0" in data:
        raise _failure("binary-file", "a binary file", path, "klsym reads text")
    try:
        text = data.decode(_encoding(data))
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig", "replace")
        raise KlsymError(
            "not-utf-8",
            f"byte 0x{data[error.start]:02x} is not UTF-8",
            text=before + "\N{REPLACEMENT CHARACTER}",
            span=Span(len(before), len(before) + 1),
            help="save it as UTF-8",
            place=path,
        ) from error
    if not text.strip():
        raise _failure("empty-file", "an empty file", path)
    return Source(path, text.replace("\r\n", "\n").replace("\r", "\n"))


_DECLARED = re.compile(rb"\\usepackage\[(latin1|latin9|ansinew|cp1252|applemac)\]\{inputenc\}")
_ENCODINGS = {"latin9": "iso8859-15", "ansinew": "cp1252", "applemac": "mac-roman"}


def _encoding(data: bytes) -> str:
    """UTF-8, unless a TeX document says otherwise of itself."""
    declared = _DECLARED.search(data)
    name = declared.group(1).decode() if declared else "utf-8-sig"
    return _ENCODINGS.get(name, name)


def _inside(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in names:
            if Path(name).suffix.lower() in FORMATS and not name.startswith("."):
                yield Path(parent) / name


def _refused(path: Path) -> KlsymError | None:
    if not path.exists():
        return _failure("no-such-file", "no such file or folder", str(path))
    if path.suffix.lower() not in FORMATS:
        kinds = ", ".join(FORMATS)
        return _failure("unknown-format", "not a document klsym reads", str(path), f"{kinds} are")
    return None


def _without_documents(path: Path) -> KlsymError:
    kinds = ", ".join(FORMATS)
    return _failure("no-documents", "a folder without documents", str(path), f"{kinds} are read")


def _failure(name: str, message: str, path: str, advice: str = "") -> KlsymError:
    return KlsymError(name, message, place=path, help=advice)

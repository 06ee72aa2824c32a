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
from stat import S_ISREG

from klsym.documents.formats import FORMATS, blocks
from klsym.documents.source import Source
from klsym.errors import KlsymError, Span

LARGEST = 1 << 24
"""A document of more bytes than this is none."""


def find(paths: Iterable[str | os.PathLike[str]]) -> Iterator[tuple[str, KlsymError | None]]:
    """The documents that paths stand for, each once; a path that stands for none with its error."""
    seen: set[str] = set()
    for given in paths:
        path = str(Path(given)) if os.fspath(given) else ""
        for document, error in _inside(path) if os.path.isdir(path) else [(path, _refused(path))]:
            real = os.path.realpath(document) if error is None else ""
            if real not in seen:
                seen |= {real} - {""}
                yield document, error


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
        with open(path, "rb", opener=_opened) as file:
            if not S_ISREG(os.fstat(file.fileno()).st_mode):
                raise _failure("no-file", "neither a file nor a folder", path)
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise _unreadable(path, error) from error
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


def _opened(path: str, flags: int) -> int:
    """Open what may be a named pipe or a device, without waiting for anybody at its other end."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0))


_DECLARED = re.compile(rb"\\usepackage\[(latin1|latin9|ansinew|cp1252|applemac)\]\{inputenc\}")
_ENCODINGS = {"latin9": "iso8859-15", "ansinew": "cp1252", "applemac": "mac-roman"}


def _encoding(data: bytes) -> str:
    """UTF-8, unless a TeX document says otherwise of itself."""
    declared = _DECLARED.search(data)
    name = declared.group(1).decode() if declared else "utf-8-sig"
    return _ENCODINGS.get(name, name)


def _inside(folder: str) -> Iterator[tuple[str, KlsymError | None]]:
    """The documents in a folder, in the order of their paths, and the folders that hide theirs."""
    hidden: list[OSError] = []
    found: list[Path] = []
    for parent, folders, names in os.walk(folder, onerror=hidden.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in names:
            if Path(name).suffix.lower() in FORMATS and not name.startswith("."):
                found.append(Path(parent) / name)
    if not found and not hidden:
        yield folder, _without_documents(folder)
    for path in sorted(found):
        yield str(path), None
    for error in hidden:
        place = os.fspath(error.filename)
        yield place, _unreadable(place, error)


def _refused(path: str) -> KlsymError | None:
    try:
        os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return _failure("no-such-file", "no such file or folder", path)
    except OSError as error:
        return _unreadable(path, error)
    if Path(path).suffix.lower() not in FORMATS:
        kinds = ", ".join(FORMATS)
        return _failure("unknown-format", "not a document klsym reads", path, f"{kinds} are")
    return None


def _unreadable(path: str, error: OSError) -> KlsymError:
    reason = (error.strerror or str(error)).lower()
    return _failure("unreadable-file", f"cannot be read: {reason}", path)


def _without_documents(path: str) -> KlsymError:
    kinds = ", ".join(FORMATS)
    return _failure("no-documents", "a folder without documents", path, f"{kinds} are read")


def _failure(name: str, message: str, path: str, advice: str = "") -> KlsymError:
    return KlsymError(name, message, place=path, help=advice)

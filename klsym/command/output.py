"""Where answers go: standard output, or a file, which is written whole or not at all."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from klsym.command.terminal import colour_wanted, show
from klsym.errors import KlsymError


@dataclass(frozen=True)
class Output:
    """In what form an answer is written, and where to: standard output if ``path`` is None.

    ``evidence`` is the file for what backs the verdicts, if it is wanted; with ``coverage`` a run
    says how far it got.
    """

    format: str
    path: Path | None
    evidence: Path | None
    coverage: bool
    force: bool
    quiet: bool
    verbose: bool

    @property
    def level(self) -> int:
        """How much is printed: below 0 the answer alone, above 0 more."""
        return self.verbose - self.quiet

    @property
    def colour(self) -> bool:
        """Whether it is in colour."""
        return self.path is None and colour_wanted()

    def check(self) -> None:
        """Refuse files that cannot be written before any work is done.  Raises KlsymError."""
        for file, option in ((self.path, "-o"), (self.evidence, "--evidence")):
            if file is not None:
                check_writable(file, self.force, option)

    def write(self, text: str) -> None:
        """Write an answer.  Raises KlsymError if the file cannot be written."""
        write(text, self.path, self.force)


def check_writable(path: Path, force: bool, option: str = "-o") -> None:
    """Refuse a file that cannot or must not be written, before any work is done for it.

    Raises KlsymError if the file exists and is not to be overwritten, or has no folder.
    """
    if os.path.isdir(path):
        raise KlsymError(
            "is-a-folder", f"{path} is a folder", place=option, help="name a file in it"
        )
    if os.path.isfile(path) and not force:
        raise KlsymError(
            "file-exists",
            f"{path} exists already",
            place=option,
            help="add --force to overwrite it",
        )
    if not os.path.isdir(path.parent):
        raise KlsymError(
            "no-such-folder",
            f"the folder of {path} does not exist",
            place=option,
            help=f"make it first: mkdir -p {path.parent}",
        )


def write(text: str, path: Path | None, force: bool) -> None:
    """Write an answer and its final newline to standard output, or to the file.

    Raises KlsymError if the file cannot be written; then nothing is left of it.
    """
    if path is None:
        show(text)
        return
    # A file name that is no UTF-8 is written as on standard output.
    write_file((text + "\n").encode("utf-8", "backslashreplace"), path, force)


def write_file(data: bytes, path: Path, force: bool) -> None:
    """Write a file, whole or not at all.  Raises KlsymError if it cannot be written."""
    check_writable(path, force)
    try:
        _write_file(data, path, force)
    except FileExistsError:
        check_writable(path, force)
    except OSError as error:
        reason = error.strerror or str(error)
        raise KlsymError(
            "unwritable", f"cannot write {path}: {reason}", place="-o", help="choose another file"
        ) from error


def free_path(stem: str, suffix: str) -> Path:
    """A path in this folder that no file has yet: plot.svg, plot-2.svg, ..."""
    path, number = Path(stem + suffix), 1
    while path.exists():
        number += 1
        path = Path(f"{stem}-{number}{suffix}")
    return path


def _write_file(data: bytes, path: Path, force: bool) -> None:
    if path.exists() and not path.is_file():
        # A device or a named pipe is written to, not replaced.
        path.write_bytes(data)
        return
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(data)
        if force:
            part.replace(path)
        else:
            os.link(part, path)
    finally:
        part.unlink(missing_ok=True)

"""From paths to verdicts, in this process."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence

from klsym.documents.bundle import bundled
from klsym.documents.claims import Document
from klsym.documents.files import find, whole
from klsym.documents.gathering import documents_of
from klsym.documents.paper import Paper, Silent
from klsym.documents.report import Run
from klsym.documents.setting import Setting, Wanted
from klsym.errors import KlsymError
from klsym.meaning.declarations import declared


def run(
    paths: Sequence[str | os.PathLike[str]],
    *,
    let: Sequence[str] = (),
    assume: Sequence[str] = (),
    strict: bool = False,
    coverage: bool = False,
    time_limit: float | None = None,
    progress: Callable[[str], None] | None = None,
) -> Run:
    """Check every equation of documents.

    ``paths`` are files and folders.  ``let`` and ``assume`` hold in all of them, ``time_limit``
    for each claim.  With ``coverage`` the answer says how much was read and decided.  A path or a
    directive that cannot be read is among the errors of its document.  ``progress`` is told of
    each claim before it is decided, by its path, line and column.  Raises KlsymError for a ``let``
    or an ``assume`` that cannot be understood.
    """
    started = time.perf_counter()
    declared(let, assume)
    wanted = Wanted(evidence=True, steps=True)
    setting = Setting(tuple(let), tuple(assume), strict, wanted, time_limit)
    telling = None if progress is None else _Places(progress)
    documents: list[Document] = []
    for path, error in whole(find([paths] if isinstance(paths, (str, os.PathLike)) else paths)):
        if error is not None:
            documents.append(Document(path, errors=(error,)))
            continue
        try:
            paper = Paper(bundled(path), setting, telling)
        except KlsymError as broken:
            documents.append(Document(path, errors=(broken,)))
        else:
            documents += documents_of(paper)
    return Run(tuple(documents), time.perf_counter() - started, coverage)


class _Places(Silent):
    """Tells where each question is asked."""

    def __init__(self, progress: Callable[[str], None]) -> None:
        self._progress = progress

    def turning(self, key: str, place: str) -> None:
        """Tell the place."""
        self._progress(place)

"""A pytest plugin: ``pytest --klsym`` checks the equations of documents as tests.

Each claim of a Markdown document, a TeX paper or a notebook is a test, named by its line and
column; it fails unless its verdict is the one expected (``klsym explain directives``).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from klsym.documents.claims import Claim, Document


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--klsym`` to pytest's options."""
    group = parser.getgroup("klsym", "klsym: equations of documents as tests")
    group.addoption(
        "--klsym", action="store_true", help="check the equations of .md, .tex and .ipynb files"
    )


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Take a document, if klsym was asked for."""
    if not parent.config.getoption("--klsym"):
        return None
    from klsym.documents.formats import FORMATS

    given = [Path(argument.partition("::")[0]).absolute() for argument in parent.config.args]
    text = file_path.suffix.lower() == ".txt" and file_path not in given
    if file_path.suffix.lower() not in FORMATS or text:
        return None
    return Paper.from_parent(parent, path=file_path)


class Paper(pytest.File):
    """A document; its claims are its tests."""

    def collect(self) -> Iterator[pytest.Item]:
        """Check the document, and give a test for each claim and for each error."""
        from klsym.documents import run

        for document in run([self.path]).documents:
            yield from self._tests(document)

    def _tests(self, document: Document) -> Iterator[pytest.Item]:
        for claim in document.claims:
            name = f"{claim.place.line}:{claim.place.column}"
            yield Equation.from_parent(self, name=name, claim=claim, told=None)
        for error in document.errors:
            name = f"{error.line}:{error.column} {error.name}"
            yield Equation.from_parent(self, name=name, claim=None, told=str(error))


class Equation(pytest.Item):
    """A claim, or what could not be read of a document."""

    def __init__(self, *, claim: Claim | None, told: str | None, **options: Any) -> None:
        super().__init__(**options)
        self.claim = claim
        self.told = told

    def runtest(self) -> None:
        """Fail unless the verdict is the one expected."""
        claim = self.claim
        if claim is None or claim.verdict is not claim.expected:
            raise NotAsExpected(self)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """What klsym has to say of the claim."""
        if not isinstance(excinfo.value, NotAsExpected):
            return super().repr_failure(excinfo, style)
        if self.claim is None:
            return self.told or ""
        from klsym.shown import printable
        from klsym.writing.sarif import message

        claim = self.claim.to_dict()
        place = f"{self.path}:{claim['line']}:{claim['column']}"
        return printable(f"{place}\n{claim['left']} = {claim['right']}\n{message(claim)}")

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the claim stands."""
        line = 0 if self.claim is None else self.claim.place.line - 1
        return self.path, line, f"klsym: {self.name}"


class NotAsExpected(Exception):
    """A claim whose verdict is not the one expected."""

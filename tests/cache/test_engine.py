from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from klsym.cache import engine as module

engine = module.engine.__wrapped__
versions = module.versions.__wrapped__


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of nothing but two files in klsym's place."""
    (tmp_path / "klsym" / "rules").mkdir(parents=True)
    for name in ("a.py", "rules/b.py"):
        (tmp_path / "klsym" / name).write_text("x = 1\n")
    monkeypatch.setattr(module, "PACKAGE", str(tmp_path / "klsym"))
    return tmp_path / "klsym"


@pytest.fixture
def libraries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a library that computes, before all others."""
    folder = tmp_path / "site-packages"
    (folder / "sympy").mkdir(parents=True)
    (folder / "sympy" / "__init__.py").touch()
    (folder / "sympy-1.0.dist-info").mkdir()
    monkeypatch.setattr(sys, "path", [str(folder), *sys.path])
    return folder


def test_the_engine_is_the_same_while_nothing_changes() -> None:
    assert engine() == engine() == module.engine()


@pytest.mark.parametrize(
    "change",
    [
        lambda package: (package / "rules" / "b.py").write_text("x = 10\n"),
        lambda package: os.utime(package / "a.py", ns=(1, 1)),
        lambda package: (package / "rules" / "c.py").touch(),
        lambda package: (package / "rules" / "b.py").unlink(),
    ],
    ids=["longer", "touched", "more", "fewer"],
)
def test_another_code_is_another_engine(package: Path, change: Callable[[Path], object]) -> None:
    before = engine()
    change(package)
    assert engine() != before


def test_the_versions_tell_of_what_the_code_says_and_not_of_when_it_was_written(
    package: Path,
) -> None:
    before = versions()
    os.utime(package / "a.py", ns=(1, 1))
    assert versions() == before
    (package / "a.py").write_text("x = 2\n")
    assert {name for name in before if versions()[name] != before[name]} == {"klsym's code"}


def test_what_is_no_code_is_no_part_of_the_engine(package: Path) -> None:
    before = engine()
    (package / "__pycache__").mkdir()
    (package / "__pycache__" / "a.py").touch()
    (package / "notes.txt").touch()
    assert engine() == before


@pytest.mark.parametrize("name", ["__version__", "sys"])
def test_another_version_is_another_engine(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = engine()
    if name == "sys":
        monkeypatch.setattr(sys, "version", "4.0")
    else:
        monkeypatch.setattr(module, name, "9.9")
    assert engine() != before


def test_another_version_of_a_library_is_another_engine(libraries: Path) -> None:
    before = engine()
    (libraries / "sympy-1.0.dist-info").rename(libraries / "sympy-2.0.dist-info")
    assert engine() != before


def test_a_library_without_metadata_is_told_by_its_file(libraries: Path) -> None:
    (libraries / "sympy-1.0.dist-info").rmdir()
    before = engine()
    os.utime(libraries / "sympy" / "__init__.py", ns=(1, 1))
    assert engine() != before

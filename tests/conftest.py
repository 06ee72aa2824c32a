from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from started import Command, Start, Write, until

from klsym.cache.store import FOLDER
from klsym.command.entry import run
from klsym.command.kept import Answers
from klsym.running.child import Child

ROOT = Path(__file__).parents[1]
NUMBERS = count()

# A busy machine is no reason to fail; how many examples are enough is said at each test.
# In CI they are always the same, so that what fails there fails for a reason in the change.
settings.register_profile(
    "klsym", deadline=None, max_examples=50, derandomize="CI" in os.environ, database=None
)
settings.load_profile("klsym")


@pytest.fixture(autouse=True)
def empty_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for the cache of this test alone, which is made if it is used."""
    folder = tmp_path_factory.getbasetemp() / f"cache-{next(NUMBERS)}"
    monkeypatch.setenv(FOLDER, str(folder))
    return folder


@pytest.fixture
def child(monkeypatch: pytest.MonkeyPatch) -> Iterator[Child]:
    """A child that decides with the pretended engine."""
    monkeypatch.syspath_prepend(str(ROOT / "tests" / "running"))
    with Child("pretended_engine") as process:
        yield process


@pytest.fixture
def pretend(child: Child, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """Run the command line in this process, deciding with the pretended engine."""
    monkeypatch.setattr("signal.signal", lambda *_: None)
    return lambda *arguments: run(list(arguments), Answers(child))


@pytest.fixture
def klsym() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the real command in a process of its own."""

    def call(*arguments: str, stdin: str = "", **env: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "klsym", *arguments],
            input=stdin,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"} | env,
            check=False,
        )

    return call


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start ``klsym`` with the pretended engine, or the ``real`` one.

    After the test nothing that it started may be left, and no file that was written in part.
    """
    commands: list[Command] = []

    def started(*arguments: str | Path, **options: Any) -> Command:
        commands.append(Command(*arguments, log=tmp_path / f"log{len(commands)}", **options))
        return commands[-1]

    yield started
    try:
        for command in commands:
            command.process.wait(2)
            until(lambda command=command: not command.processes(), 2)  # type: ignore[misc]
        assert not list(tmp_path.rglob("*.part"))
    finally:
        for command in commands:
            command.end()


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write documents with these texts."""

    def written(*texts: str) -> list[Path]:
        folder = tmp_path / "documents"
        folder.mkdir(exist_ok=True)
        paths = [folder / f"{number:03}.md" for number in range(len(texts))]
        for path, text in zip(paths, texts, strict=True):
            path.write_text(text, encoding="utf-8")
        return paths

    return written


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the watched process works: it may read here, and nothing outside."""
    return tmp_path_factory.mktemp("hostile") / "documents"


@pytest.fixture(scope="session")
def watched(folder: Path) -> Iterator[tuple[Child, Path]]:
    """One guarded process under an audit hook, and the log of what it did."""
    folder.mkdir()
    log = folder.parent / "log"
    log.touch()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KLSYM_WATCH_LOG", str(log))
        patch.setenv("KLSYM_WATCH_READABLE", str(folder))
        patch.syspath_prepend(str(ROOT / "tests" / "safety"))
        with pytest.MonkeyPatch.context() as start:
            start.chdir(folder)
            process = Child("watched_engine")
        with process as child:
            yield child, log


@pytest.fixture
def ask(
    watched: tuple[Child, Path],
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Callable[..., Any]:
    """Run the command line here, deciding in the watched process, in its folder."""
    from answer import Answer

    child, log = watched
    monkeypatch.setattr("klsym.command.documents.ENGINE", "watched_engine")
    monkeypatch.setattr("signal.signal", lambda *_: None)
    monkeypatch.chdir(folder)

    def call(*arguments: str) -> Answer:
        os.truncate(log, 0)
        capsys.readouterr()
        code = run(list(arguments), Answers(child))
        printed = capsys.readouterr()
        events = log.read_text(encoding="utf-8")
        if (folder / "canary").exists():
            events += "a file was created"
        return Answer(code, printed.out, printed.err, events)

    return call

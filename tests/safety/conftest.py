from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from klsym.command.entry import run
from klsym.command.kept import Answers
from klsym.running.child import Child

HERE = Path(__file__).parent
LIMITS = ("--time-limit", "1", "--memory-limit", "1024")
CODES = (0, 1, 2, 3)
"""As expected, against it, not understood, open; 4 would be a fault of klsym."""


@dataclass(frozen=True)
class Answer:
    """What a command printed, its exit code, and what its process did beside computing."""

    code: int
    output: str
    errors: str
    events: str

    def faults(self) -> list[str]:
        """What a hostile text must not bring about, whatever the answer is."""
        printed = self.output + self.errors
        signs = {sign for sign in printed if not (sign.isprintable() or sign == "\n")}
        found = [f"the process did: {self.events}"] if self.events else []
        found += [f"exit code {self.code}: {self.errors[:200]}"] if self.code not in CODES else []
        found += ["a traceback was printed"] if "Traceback" in printed else []
        found += [f"these signs were printed: {sorted(map(ascii, signs))}"] if signs else []
        return found


Ask = Callable[..., Answer]


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
        patch.syspath_prepend(str(HERE))
        patch.chdir(folder)
        with Child("watched_engine") as child:
            yield child, log


@pytest.fixture
def ask(
    watched: tuple[Child, Path],
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Ask:
    """Run the command line here, deciding in the watched process, in its folder."""
    child, log = watched
    monkeypatch.setattr("klsym.command.papers.ENGINE", "watched_engine")
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

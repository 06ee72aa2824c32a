from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from started import Command, until

Start = Callable[..., Command]
Write = Callable[..., list[Path]]


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

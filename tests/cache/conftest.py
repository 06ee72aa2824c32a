from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from klsym.cache.store import FOLDER, NAME, Store


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the cache of this test is."""
    monkeypatch.setenv(FOLDER, str(tmp_path / "cache"))
    (tmp_path / "cache").mkdir()
    return tmp_path / "cache" / NAME


@pytest.fixture
def warnings() -> list[str]:
    """What the stores of this test warned of."""
    return []


@pytest.fixture
def open_store(path: Path, warnings: list[str]) -> Iterator[Callable[[], Store]]:
    """Open the cache of this test, as often as wanted."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(Store.open(warnings.append))


@pytest.fixture
def store(open_store: Callable[[], Store]) -> Store:
    return open_store()

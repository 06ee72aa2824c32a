from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from klsym.running.child import Child


@pytest.fixture
def child(monkeypatch: pytest.MonkeyPatch) -> Iterator[Child]:
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    with Child("pretended_engine") as process:
        yield process

from __future__ import annotations

from collections.abc import Iterator

import pytest

from klsym.cache.store import Store


@pytest.fixture
def store() -> Iterator[Store]:
    """The store of this test's cache, which must find nothing to warn of."""
    with Store.open(pytest.fail) as store:
        yield store

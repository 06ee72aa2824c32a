from __future__ import annotations

from typing import Any

from klsym.documents.setting import Setting
from klsym.documents.working import decide, read

BUNDLE = {"path": "a.md", "files": {"a.md": "$\\log(x^2) = 2\\log(x)$, where $x > 0$."}}
SETTING = Setting().to_data()


class Heard:
    def __init__(self) -> None:
        self.answers: list[Any] = []

    def turning(self, key: str, place: str) -> None:
        pass

    def answered(self, key: str, answer: Any) -> None:
        self.answers.append((key, answer))


def test_a_worker_that_is_asked_again_tells_its_answer_again() -> None:
    first, second = Heard(), Heard()
    keys = read(BUNDLE, SETTING, first)["keys"]
    decide(BUNDLE, SETTING, keys, first)
    decide(BUNDLE, SETTING, keys, second)
    assert len(keys) > 0
    assert first.answers == second.answers
    assert [key for key, _ in second.answers] == keys

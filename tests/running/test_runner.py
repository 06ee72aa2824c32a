from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from started import Write

from klsym.cache.store import Limits, Store
from klsym.documents.report import Run
from klsym.documents.setting import Setting
from klsym.running.child import Child
from klsym.running.crew import Refused
from klsym.running.runner import Runner
from klsym.running.shard import Shard

SECONDS = 1.0


def runner(store: Store | None = None, jobs: int = 2, seconds: float = SECONDS) -> Runner:
    return Runner(Setting(), Limits(seconds, 2048), jobs, lambda: Child("pretended_engine"), store)


def verdicts(run: Run) -> dict[str, str]:
    return {claim.left: str(claim.verdict) for claim in run.claims}


def test_documents_come_in_the_order_of_their_paths(write: Write) -> None:
    paths = write(*(f"word{number} pause" for number in range(7)))
    with runner() as both:
        assert [Path(document.path) for document in both.run(paths).documents] == paths


def test_the_questions_of_one_document_are_shared_by_the_workers(write: Write) -> None:
    (path,) = write("a pause " + " ".join(f"b{number}" for number in range(40)))
    with runner() as both:
        run = both.run([path])
        assert both.state.answered == both.state.questions == 42
    assert set(verdicts(run).values()) == {"proved"}


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("loop", "the time limit of 1 s was reached (--time-limit)"),
        ("sleep", "the time limit of 1 s was reached (--time-limit)"),
        ("vanish", "the process that was deciding it was ended (exit status 7)"),
        ("abort", "the memory limit of 2048 MB was reached (--memory-limit)"),
    ],
)
def test_what_a_question_does_to_its_worker_costs_that_question(
    write: Write, word: str, reason: str
) -> None:
    paths = write(f"a {word} b", "c")
    with runner() as both:
        run = both.run(paths)
    assert verdicts(run) == {"a": "proved", word: "undecided", "b": "proved", "c": "proved"}
    assert run.claims[1].finding.message == reason
    assert run.exit_code == 3


def test_a_question_that_its_worker_never_answers_does_not_hold_up_the_run(write: Write) -> None:
    with runner() as both:
        run = both.run(write("mute", "a"))
    assert verdicts(run) == {"mute": "undecided", "a": "proved"}


def test_a_document_that_cannot_be_read_in_time_is_an_error_and_the_others_are_decided(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("klsym.running.round.READING_LIMIT", 0.5)
    paths = write("unread", "a")
    with runner(seconds=0.5) as both:
        run = both.run(paths)
    assert [error.name for error in run.documents[0].errors] == ["lost"]
    assert verdicts(run) == {"a": "proved"}
    assert run.exit_code == 2


def test_reading_a_document_is_not_under_the_limit_of_a_question(write: Write) -> None:
    with runner(seconds=0.3) as both:
        assert verdicts(both.run(write("slow a"))) == {"slow": "proved", "a": "proved"}


def test_a_worker_that_dies_before_a_question_costs_nothing(write: Write) -> None:
    with runner() as both:
        assert verdicts(both.run(write("dies a"))) == {"dies": "proved", "a": "proved"}


def test_a_fault_in_reading_is_told_as_klsyms_own(write: Write) -> None:
    with runner() as both:
        run = both.run(write("broken", "a"))
    assert (verdicts(run), run.exit_code) == ({"a": "proved"}, 4)


def test_a_declaration_that_cannot_be_read_ends_the_run(write: Write) -> None:
    with runner() as both, pytest.raises(Refused) as refused:
        both.run(write("unreadable", "a"))
    assert refused.value.response.exit_code == 2


def test_a_declaration_that_cannot_be_read_waits_for_no_other_document(write: Write) -> None:
    begin = time.monotonic()
    with runner(seconds=60) as both:
        with pytest.raises(Refused):
            both.run(write("sleep", "pause unreadable", "unreadable"))
        assert time.monotonic() - begin < 30
        assert verdicts(both.run(write("a", "b"))) == {"a": "proved", "b": "proved"}


def test_a_second_run_asks_nothing(write: Write, store: Store) -> None:
    paths = write("a b", "c")
    with runner(store) as first:
        before = first.run(paths)
    with Runner(Setting(), Limits(1, 2048), 2, _nobody, store) as second:
        after = second.run(paths)
        assert second.state.kept == 3
    assert after.to_dict() | {"seconds": 0} == before.to_dict() | {"seconds": 0}


def _nobody() -> Child:
    raise AssertionError("a worker was started")


def test_of_a_changed_document_only_what_changed_is_asked(write: Write, store: Store) -> None:
    (path,) = write("a b c")
    with runner(store) as both:
        both.run([path])
        path.write_text("new a c", encoding="utf-8")
        assert verdicts(both.run([path])) == {"new": "proved", "a": "proved", "c": "proved"}
        assert (both.state.questions, both.state.kept) == (3, 2)


def test_what_was_decided_before_an_interruption_is_kept(
    write: Write, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    previous = signal.signal(signal.SIGALRM, interrupt)
    paths = write("a b sleep c")
    with runner(store, jobs=1, seconds=60) as first:
        signal.setitimer(signal.ITIMER_REAL, 1.5)
        with pytest.raises(KeyboardInterrupt):
            first.run(paths)
        signal.signal(signal.SIGALRM, previous)
    with runner(store, seconds=0.3) as second:
        second.run(paths)
        assert second.state.kept == 2


def test_an_open_question_is_asked_again_with_a_larger_limit_only(
    write: Write, store: Store
) -> None:
    paths = write("a sleep")
    with runner(store, seconds=0.5) as first:
        first.run(paths)
    with Runner(Setting(), Limits(0.5, 2048), 2, _nobody, store) as same:
        assert verdicts(same.run(paths))["sleep"] == "undecided"
    with runner(store, seconds=0.7) as larger:
        assert "0.7 s" in larger.run(paths).claims[1].finding.message
        assert larger.state.kept == 1


def test_what_a_worker_died_of_is_asked_again(write: Write, store: Store) -> None:
    paths = write("a vanish")
    with runner(store) as first:
        first.run(paths)
    with runner(store) as second:
        second.run(paths)
        assert (second.state.questions, second.state.kept) == (2, 1)


def test_each_document_is_in_one_shard(write: Write) -> None:
    paths = write(*(f"w{number}" for number in range(7)))
    with runner() as both:
        found = [Path(d.path) for n in (1, 2, 3) for d in both.run(paths, Shard(n, 3)).documents]
    assert sorted(found) == paths


def test_a_document_that_vanishes_before_it_is_read_is_an_error(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = write("a", "b")

    def listed(found: Iterator[tuple[str, None]]) -> list[tuple[str, None]]:
        answer = list(found)
        os.unlink(paths[0])
        return answer

    monkeypatch.setattr("klsym.running.runner.whole", listed)
    with runner() as both:
        run = both.run(paths)
    assert [error.name for error in run.documents[0].errors] == ["unreadable-file"]
    assert verdicts(run) == {"b": "proved"}

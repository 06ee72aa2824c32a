from __future__ import annotations

import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from machines import Machines, kill, machines
from started import Write

from klsym.cache.engine import versions
from klsym.cache.store import Limits, Store
from klsym.documents.report import Run
from klsym.documents.setting import Setting
from klsym.errors import KlsymError
from klsym.running import cluster
from klsym.running.child import Child
from klsym.running.cluster import Cluster
from klsym.running.crew import Refused
from klsym.running.messages import Lost, Request, Response
from klsym.running.runner import Runner

pytestmark = pytest.mark.dask

ENGINE = "pretended_engine"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    """Machines that no test kills."""
    with machines(tmp_path_factory.mktemp("shared")) as both:
        yield both


@pytest.fixture
def doomed(tmp_path: Path) -> Iterator[Machines]:
    """Machines to be killed."""
    (tmp_path / "doomed").mkdir()
    with machines(tmp_path / "doomed") as both:
        yield both


def runner(worker: Cluster, store: Store | None = None, seconds: float = 30) -> Runner:
    return Runner(Setting(), Limits(seconds, 2048), 2, lambda: worker, store)


def locally(store: Store | None = None) -> Runner:
    return Runner(Setting(), Limits(30, 2048), 2, lambda: Child(ENGINE), store)


def verdicts(run: Run) -> dict[str, str]:
    return {claim.left: str(claim.verdict) for claim in run.claims}


def kill_when_answered(run: Runner, process: subprocess.Popen[bytes] | None, count: int) -> None:
    """Kill a process once so many questions are answered."""
    assert process is not None

    def watch() -> None:
        while run.state.answered < count:
            time.sleep(0.01)
        kill(process)

    in_thread(watch)


def in_thread(call: Callable[[], object]) -> threading.Thread:
    """Call it in a thread; that the cluster is left meanwhile does no harm."""

    def run() -> None:
        with suppress(Refused):
            call()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    return thread


def pauses(count: int) -> str:
    return " ".join(f"pause{number}" for number in range(count))


def test_a_cluster_answers_as_this_machine_does(write: Write, shared: Machines) -> None:
    paths = write("a b", "c refuted d", "e")
    with locally() as here:
        expected = here.run(paths)
    with Cluster(shared.address, ENGINE, await_workers=True) as there:
        run = runner(there).run(paths)
    assert verdicts(run) == verdicts(expected)
    assert run.exit_code == expected.exit_code


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("loop", "the time limit of 1 s was reached (--time-limit)"),
        ("vanish", "the process that was deciding it was ended (exit status 7)"),
    ],
)
def test_what_a_question_does_to_its_worker_costs_that_question(
    write: Write, shared: Machines, word: str, reason: str
) -> None:
    paths = write(f"a {word} b", "c")
    with Cluster(shared.address, ENGINE, await_workers=True) as there:
        run = runner(there, seconds=1).run(paths)
    assert verdicts(run) == {"a": "proved", word: "undecided", "b": "proved", "c": "proved"}
    assert run.claims[1].finding.message == reason


def test_a_lost_worker_costs_no_verdict(write: Write, doomed: Machines) -> None:
    paths = write(pauses(24), "a b")
    with Cluster(doomed.address, ENGINE, await_workers=True) as there:
        both = runner(there)
        kill_when_answered(both, doomed.workers[0], 4)
        run = both.run(paths)
    assert doomed.workers[0].poll() is not None
    assert len(run.claims) == 26
    assert set(verdicts(run).values()) == {"proved"}


def test_what_a_lost_scheduler_had_told_is_kept(
    write: Write, doomed: Machines, store: Store
) -> None:
    paths = write(pauses(24))
    with Cluster(doomed.address, ENGINE, await_workers=True) as there:
        both = runner(there, store)
        kill_when_answered(both, doomed.scheduler, 4)
        with pytest.raises(Refused) as refused:
            both.run(paths)
        answered = both.state.answered
    assert refused.value.response.exit_code == 3
    assert f"the Dask scheduler at {doomed.address} is lost" in refused.value.response.errors
    with locally(store) as here:
        assert set(verdicts(here.run(paths)).values()) == {"proved"}
        assert 4 <= answered == here.state.kept < 24


def test_a_run_without_workers_is_given_up(
    write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "ALONE_LIMIT", 1)
    with machines(tmp_path, workers=1) as alone, Cluster(alone.address, ENGINE) as there:
        both = runner(there)
        kill_when_answered(both, alone.workers[0], 1)
        with pytest.raises(Refused) as refused:
            both.run(write(pauses(24)))
    assert refused.value.response.exit_code == 3
    assert "has had no workers for 1 s" in refused.value.response.errors


def test_a_declaration_that_cannot_be_read_ends_the_run(write: Write, shared: Machines) -> None:
    with (
        Cluster(shared.address, ENGINE, await_workers=True) as there,
        pytest.raises(Refused) as refused,
    ):
        runner(there).run(write("unreadable", "a"))
    assert refused.value.response.exit_code == 2


def test_there_are_as_many_threads_as_the_workers_have(shared: Machines) -> None:
    with Cluster(shared.address, ENGINE) as there:
        assert 1 <= there.threads <= 2


def test_who_leaves_a_cluster_stops_what_it_is_at_there(shared: Machines) -> None:
    asleep = Request("check", {"statement": "sleep", "formula": ""}, "json", time_limit=3600)
    awake = Request("check", {"statement": "a", "formula": "1"}, "json")
    with Cluster(shared.address, ENGINE, await_workers=True) as there:
        threads = [in_thread(lambda: there.hear(asleep)) for _ in range(2)]
        time.sleep(1)
    for thread in threads:
        thread.join(timeout=20)
        assert not thread.is_alive()
    found: list[object] = []
    with Cluster(shared.address, ENGINE, await_workers=True) as there:
        in_thread(lambda: found.append(there.hear(awake))).join(timeout=20)
    assert [type(one) for one in found] == [Response]


def test_workers_that_die_of_a_request_again_and_again_cost_that_request(
    shared: Machines, monkeypatch: pytest.MonkeyPatch
) -> None:
    from distributed import KilledWorker

    def killed(self: Cluster, request: Request) -> bytes:
        raise KilledWorker("a task", None, 3)

    monkeypatch.setattr(Cluster, "_result", killed)
    with Cluster(shared.address, ENGINE, await_workers=True) as there:
        lost = there.hear(Request("check", {}))
    assert isinstance(lost, Lost)
    assert lost.reason == "each Dask worker that was deciding it died"


def test_a_worker_with_another_klsym_is_refused(
    write: Write, shared: Machines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "versions", lambda: versions() | {"sympy": "1.99"})
    with (
        Cluster(shared.address, ENGINE, await_workers=True) as there,
        pytest.raises(Refused) as refused,
    ):
        runner(there).run(write("a"))
    assert refused.value.response.exit_code == 2
    assert f"sympy {versions()['sympy']} there, 1.99 here" in refused.value.response.errors


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "127.0.0.1", "nonsense://x:1"])
def test_a_scheduler_that_is_not_there_is_an_error(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "START_LIMIT", 0.5)
    with pytest.raises(KlsymError) as caught:
        Cluster(address, ENGINE)
    assert caught.value.name == "no-scheduler"
    assert repr(address) in caught.value.message


def test_a_scheduler_without_workers_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "START_LIMIT", 2)
    with machines(tmp_path, workers=0) as alone, pytest.raises(KlsymError) as caught:
        Cluster(alone.address, ENGINE)
    assert caught.value.name == "no-workers"


DOCUMENT = """\
$\\log(x^2) = 2\\log(x)$ and $\\log(x^2) = \\log(x)$, where $x > 0$.
"""


def test_the_command_gives_the_same_report(
    write: Write,
    tmp_path: Path,
    shared: Machines,
    klsym: Callable[..., subprocess.CompletedProcess[str]],
) -> None:
    (path,) = write(DOCUMENT)
    run = ("run", path, "--format", "json")
    here = klsym(*run, KLSYM_CACHE_DIR=str(tmp_path / "here"))
    there = klsym(*run, "--dask", shared.address, KLSYM_CACHE_DIR=str(tmp_path / "there"))
    assert there.stderr == here.stderr == ""
    assert there.returncode == here.returncode == 1
    assert _timeless(there.stdout) == _timeless(here.stdout)


def _timeless(report: str) -> str:
    return re.sub(r'"seconds": [\d.e+-]+', '"seconds": 0', report)


def test_the_command_says_where_there_is_no_scheduler(
    write: Write, tmp_path: Path, klsym: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    (path,) = write(DOCUMENT)
    ended = klsym("run", path, "--dask", "127.0.0.1", KLSYM_CACHE_DIR=str(tmp_path))
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith("error[no-scheduler]: there is no Dask scheduler at '127.0.0.1'")
    assert "Traceback" not in ended.stderr


def test_without_dask_it_is_told_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(KlsymError) as caught:
        Cluster("tcp://127.0.0.1:9", ENGINE)
    assert caught.value.name == "needs-dask"
    assert caught.value.help == "pip install 'klsym[dask]'"

"""A Dask cluster as a worker that hears many requests at once, each in a task of its own.

A Dask worker that is lost costs time: its tasks go to others.  If the scheduler is lost, so is what
was being decided, but what was told before is kept, so that the same command goes on from there.
Dask is imported only when a cluster is asked for.
"""

from __future__ import annotations

import asyncio
import json
import logging
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError
from contextlib import suppress
from importlib import metadata
from time import perf_counter
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from klsym.cache.engine import versions
from klsym.errors import KlsymError
from klsym.running import remote
from klsym.running.crew import Refused
from klsym.running.messages import OPEN, UNREADABLE, Lost, Request, Response

if TYPE_CHECKING:
    from distributed import Client, Future

START_LIMIT = 10
"""Seconds in which the scheduler must answer, and have a worker."""
PATIENCE = 2
"""Seconds after which it is looked whether the scheduler is still there, and has workers."""
ALONE_LIMIT = 60
"""Seconds without any worker after which a run that does not wait for them is given up."""
OPTION = "--dask"


class Cluster:
    """The cluster of a Dask scheduler; any number of threads may ask it.

    ``engine`` is the module whose functions decide; unless ``await_workers``, the scheduler must
    have workers, now and later.  Raises KlsymError if it has none, if there is no scheduler, or no
    Dask here.
    """

    def __init__(self, address: str, engine: str, await_workers: bool = False) -> None:
        self._address, self._engine, self._run = address, engine, uuid4().hex
        self._await_workers = await_workers
        self._asked: set[Future[bytes]] = set()
        self._ending = threading.Lock()
        self._client = _connected(address)
        try:
            self.threads = 0 if await_workers else _threads(self._client, address)
        except BaseException:
            self.end()
            raise

    def __enter__(self) -> Cluster:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def await_start(self) -> None:
        """It can be asked at once."""

    def hear(self, request: Request, told: Callable[[Any], None] | None = None) -> Response | Lost:
        """Have a task work on the request, and tell what was heard when it is done.

        Raises Refused if the scheduler is lost, or what decides there is not what decides here.
        """
        begin = perf_counter()
        try:
            said = json.loads(self._result(request))
        except CancelledError:
            raise Refused(_given_up("is lost", self._address)) from None
        except Refused:
            raise
        except Exception as error:
            return self._failed(error, perf_counter() - begin)
        if "versions" in said:
            raise Refused(_other_versions(said["versions"]))
        if told is not None:
            for line in said["heard"]:
                told(line)
        return Lost(**said["lost"]) if "lost" in said else Response(**said["response"])

    def end(self) -> None:
        """Give up what is asked, and leave the cluster; leaving it twice does no harm."""
        with self._ending:
            if self._asked and self._client.status == "running":
                stopping = threading.Thread(target=self._stop, daemon=True)
                stopping.start()
                stopping.join(PATIENCE)
            with suppress(TimeoutError):
                self._client.close(timeout=PATIENCE)

    def _stop(self) -> None:
        with suppress(Exception):  # what is out of reach cannot be stopped
            self._client.cancel(list(self._asked))
            self._client.run(remote.stop, self._run, on_error="ignore")

    def _result(self, request: Request) -> bytes:
        if self._client.status != "running":
            raise CancelledError
        future: Future[bytes] = self._client.submit(
            remote.answer,
            self._engine,
            versions(),
            self._run,
            request.encode(),
            key=f"klsym-{request.command}-{uuid4().hex}",
            pure=False,
            retries=1,
        )
        self._asked.add(future)
        try:
            return self._await(future)
        finally:
            self._asked.discard(future)

    def _await(self, future: Future[bytes]) -> bytes:
        alone = 0
        while True:
            try:
                answer: bytes = future.result(timeout=PATIENCE)
                return answer
            except TimeoutError:
                if future.status == "error":
                    raise
            if self._client.status != "running":
                raise CancelledError
            alone = 0 if self._await_workers or self._has_workers() else alone + PATIENCE
            if alone >= ALONE_LIMIT:
                raise Refused(_given_up(f"has had no workers for {ALONE_LIMIT} s", self._address))

    def _has_workers(self) -> bool:
        try:
            return bool(self._client.nthreads())
        except OSError:
            raise CancelledError from None

    def _failed(self, error: Exception, seconds: float) -> Lost:
        from distributed import KilledWorker

        if isinstance(error, KilledWorker):
            return Lost("each Dask worker that was deciding it died", seconds)
        if isinstance(error, ImportError) or "deserializ" in str(error):
            raise Refused(_no_klsym_there(error))
        return Lost(f"the Dask task failed: {type(error).__name__}: {error}", seconds, fault=True)


def _connected(address: str) -> Client:
    """A client of the scheduler.

    Raises KlsymError if there is no Dask here, or no scheduler, or one of another version.
    """
    try:
        from distributed import Client, Security, rpc
    except ImportError as error:
        raise KlsymError(
            "needs-dask",
            "more machines need Dask",
            place=OPTION,
            help="pip install 'klsym[dask]'",
        ) from error

    async def version() -> Any:
        secured = Security().get_connection_args("client")
        async with rpc(address, timeout=START_LIMIT, connection_args=secured) as server:
            kind = (await asyncio.wait_for(server.identity(), START_LIMIT))["type"]
            if kind != "Scheduler":
                raise ValueError(f"a {kind} answers")
            return (await server.versions())["packages"]["distributed"]

    # What it would log is told in klsym's own words.
    for logger in ("distributed", "distributed.client"):
        logging.getLogger(logger).setLevel(logging.CRITICAL)
    here = metadata.version("distributed")
    try:
        # A client that is not answered, or not understood, would not let the process end.
        there = asyncio.run(version())
        if there == here:
            return Client(address, timeout=START_LIMIT, set_as_default=False, name="klsym")
    except (OSError, ValueError, TimeoutError) as error:
        raise KlsymError(
            "no-scheduler",
            f"there is no Dask scheduler at {address!r}: {str(error) or 'no answer'}",
            place=OPTION,
            help="start one with 'dask scheduler', and give the address it prints",
        ) from error
    raise KlsymError(
        "other-dask",
        f"the Dask scheduler at {address} is of version {there}, the one here is {here}",
        place=OPTION,
        help=f"pip install distributed=={there}",
    )


def _threads(client: Client, address: str) -> int:
    """How many threads the workers have together.  Raises KlsymError if none comes."""
    with suppress(TimeoutError):
        client.wait_for_workers(1, timeout=START_LIMIT)
    threads: int = sum(client.nthreads().values())
    if not threads:
        raise KlsymError(
            "no-workers",
            f"the Dask scheduler at {address} has no workers",
            place=OPTION,
            help=f"start some with 'dask worker {address}', or give -j to wait for them",
        )
    return threads


def _given_up(why: str, address: str) -> Response:
    error = KlsymError(
        "lost-cluster",
        f"the Dask scheduler at {address} {why}",
        place=OPTION,
        help="start it again, with workers",
    )
    return Response(errors=str(error), exit_code=OPEN)


def _other_versions(found: dict[str, str]) -> Response:
    differ = [
        f"{name} {found.get(name, 'none')} there, {here} here"
        for name, here in versions().items()
        if found.get(name) != here
    ]
    error = KlsymError(
        "other-versions",
        f"a Dask worker might answer otherwise: {'; '.join(differ)}",
        place=OPTION,
        help="install the same versions there",
    )
    return Response(errors=str(error), exit_code=UNREADABLE)


def _no_klsym_there(cause: Exception) -> Response:
    error = KlsymError(
        "not-installed-there",
        "the Dask scheduler, or a worker, has no klsym, or not this one",
        place=OPTION,
        help="install the same klsym[dask] there",
    )
    return Response(errors=str(error), exit_code=UNREADABLE, details=str(cause).strip())

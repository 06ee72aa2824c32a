"""``klsym cache``: what is kept of earlier answers, and forgetting it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from klsym.command.options import in_format
from klsym.command.output import write
from klsym.command.terminal import say
from klsym.errors import KlsymError

if TYPE_CHECKING:
    from klsym.cache.store import Info

LINES = "line"
"""The kind of the entries that lead from a command line to its answer, and are none themselves."""


@click.group("cache")
def cache() -> None:
    """Show or clear the answers that are kept.

    They lie in the platform's folder for caches, or in the folder that the environment variable
    KLSYM_CACHE_DIR names, and can be deleted at any time.  An answer is given again only by the
    klsym, sympy and FLINT that found it, and an open one only within no larger limits.
    """


@cache.command("info")
@in_format(("text", "json"))
def info_(format_: str) -> None:
    """Show where the cache is and what it holds."""
    from klsym.cache.store import Store

    with Store.open(say) as store:
        found = Contents(store.info())
    json_ = json.dumps(found.to_dict(), indent=2, ensure_ascii=False)
    write(json_ if format_ == "json" else found.to_text(), None, force=False)


@cache.command("clear")
def clear_() -> None:
    """Forget all answers."""
    from klsym.cache.store import Store

    with Store.open(say) as store:
        removed = Contents(store.clear())
        if not store.keeps:
            raise KlsymError(
                "cache-not-cleared",
                "the cache could not be cleared",
                place=str(store.path),
                help="end what else uses it, or delete it",
            )
    write(f"removed {removed.answers} from {store.path}", None, force=False)


@dataclass(frozen=True, slots=True)
class Contents:
    """What a store holds, for people and programs."""

    info: Info

    @property
    def answers(self) -> str:
        """How many answers there are, and their size."""
        total = self.info.entries - self.info.kinds.get(LINES, 0)
        return f"{total} answer{'s' * (total != 1)} ({_size(self.info.bytes)})"

    def to_dict(self) -> dict[str, object]:
        """The contents as the JSON object of ``klsym cache info``."""
        return {
            "schema": "klsym/1",
            "command": "cache",
            "path": str(self.info.path),
            "entries": self.info.entries,
            "current": self.info.current,
            "kinds": dict(self.info.kinds),
            "bytes": self.info.bytes,
        }

    def to_text(self) -> str:
        """The contents for a terminal."""
        lines = [f"{self.info.path}: {self.answers}"]
        width = len(str(self.info.entries))
        lines += [
            f"  {number:>{width}}  {'command lines that lead to them' if kind == LINES else kind}"
            for kind, number in self.info.kinds.items()
        ]
        others = self.info.entries - self.info.current
        if others:
            lines.append(f"  {others} of these are another version's, and go when space is needed")
        return "\n".join(lines)


def _size(number: int) -> str:
    size, unit = float(number), "bytes"
    for larger in ("kB", "MB", "GB"):
        if size < 1000:
            break
        size, unit = size / 1000, larger
    return f"{number} bytes" if unit == "bytes" else f"{size:.1f} {unit}"

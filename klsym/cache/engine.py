"""What decides: klsym's own code, Python, and the libraries that compute.

An answer is kept under the engine that gave it, and given by no other.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.machinery import PathFinder

from klsym.version import __version__

LIBRARIES = {
    "sympy": "sympy",
    "mpmath": "mpmath",
    "flint": "python_flint",
    "numpy": "numpy",
    "scipy": "scipy",
    "markdown_it": "markdown_it_py",
    "mdit_py_plugins": "mdit_py_plugins",
}
"""The modules that compute and that read documents, each with the name of its distribution."""

PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


@cache
def engine() -> str:
    """A digest of what decides; it takes a few milliseconds, since it imports none of it."""
    parts = [__version__, sys.version, *sorted(map(_state, _sources(PACKAGE)))]
    parts += [_library(module, name) for module, name in LIBRARIES.items()]
    return sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


@cache
def versions() -> dict[str, str]:
    """What decides, in words that hold on any machine: two that agree in them answer alike."""
    digest = sha256()
    for path in sorted(_sources(PACKAGE)):
        with open(os.path.join(PACKAGE, path), "rb") as file:
            code = file.read()
        digest.update(f"{path} {len(code)}\n".encode() + code)
    python = ".".join(map(str, sys.version_info[:2]))
    libraries = {module: _version(name) for module, name in LIBRARIES.items()}
    here = {"klsym": __version__, "klsym's code": digest.hexdigest()[:12], "Python": python}
    return here | libraries


def _sources(folder: str, within: str = "") -> Iterator[str]:
    """The path of each file of Python code below a folder."""
    with os.scandir(folder) as entries:
        for entry in entries:
            path = within + entry.name
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from _sources(entry.path, path + "/")
            elif entry.name.endswith(".py"):
                yield path


def _state(path: str) -> str:
    """A file of klsym's by what changes when it is edited."""
    state = os.stat(os.path.join(PACKAGE, path))
    return f"{path} {state.st_size} {state.st_mtime_ns}"


def _library(module: str, distribution: str) -> str:
    """A library by its version, as the folder of its metadata beside it tells."""
    spec = PathFinder.find_spec(module)
    if spec is None or spec.origin is None:
        return f"{module} missing"
    beside = os.path.dirname(os.path.dirname(spec.origin))
    found = [name for name in os.listdir(beside) if _is_metadata(name, distribution)]
    return " ".join(sorted(found)) if found else _elsewhere(module, distribution, spec.origin)


def _is_metadata(name: str, distribution: str) -> bool:
    start = name.partition("-")[0].lower().replace(".", "_")
    return start == distribution and name.endswith((".dist-info", ".egg-info"))


def _elsewhere(module: str, distribution: str, origin: str) -> str:
    """A library whose metadata lies elsewhere; the state of its first file goes with it."""
    state = os.stat(origin)
    return f"{module} {_version(distribution)} {origin} {state.st_size} {state.st_mtime_ns}"


def _version(distribution: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(distribution)
    except PackageNotFoundError:
        return "none"

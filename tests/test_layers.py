"""Imports point upwards only, inside functions too; the layers are those of pyproject.toml."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "klsym"

MODULES = sorted(PACKAGE.rglob("*.py"))


def layers() -> dict[str, int]:
    """The rank of each room: a higher one may import a lower one."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text())
    (contract,) = config["tool"]["importlinter"]["contracts"]
    rows = reversed(contract["layers"])
    return {room.strip(): rank for rank, row in enumerate(rows) for room in row.split("|")}


def module_of(path: Path) -> list[str]:
    parts = list(path.relative_to(ROOT).with_suffix("").parts)
    return parts[:-1] if parts[-1] == "__init__" else parts


def imports(path: Path) -> Iterator[list[str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name.split(".")
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} has a relative import"
            origin = (node.module or "").split(".")
            for alias in node.names:
                yield [*origin, alias.name]


@pytest.mark.parametrize("path", MODULES, ids=lambda p: ".".join(module_of(p)))
def test_imports_point_upwards(path: Path) -> None:
    rank = layers()
    module = module_of(path)
    if len(module) == 1:
        return
    room = module[1]
    for name in imports(path):
        if name[0] != "klsym" or len(name) == 1:
            continue
        other = name[1]
        if other in rank and other != room:
            assert rank[other] < rank[room], f"{'.'.join(module)} imports {'.'.join(name)}"


def test_every_room_has_its_layer() -> None:
    rooms = {module_of(path)[1] for path in MODULES if len(module_of(path)) > 1}
    assert rooms <= layers().keys()


def test_no_module_is_a_drawer_for_everything() -> None:
    names = {path.stem for path in MODULES}
    assert not names & {"utils", "util", "helpers", "common", "misc"}


def test_the_data_of_families_and_divergences_loads_no_computer_algebra() -> None:
    code = (
        "import sys, klsym.families as f, klsym.divergences as d, klsym.syntax\n"
        "f.families(), d.divergences()\n"
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'sympy', 'mpmath', 'flint'}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stdout.strip() == "[]"

"""klsym's own code holds nothing that executes a text, and asks for no version known unsafe."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "klsym"
GENERATED_CODE = PACKAGE / "numerics" / "straightline.py"
"""The one module that executes code, which it wrote itself, under its own names."""

EXECUTING = {"eval", "exec", "compile", "__import__", "breakpoint", "input"}
OF_SYMPY = {"sympify", "parse_expr", "parse_latex", "parse_mathematica", "lambdify"}
"""What sympy evaluates text by; S may be called on a number."""
SERIALISERS = {"pickle", "cPickle", "dill", "cloudpickle", "marshal", "shelve", "joblib", "yaml"}
SERIALISERS |= {"ruamel", "jsonpickle", "code", "codeop", "runpy", "imp", "pty", "ctypes", "cffi"}
SHELLS = {"system", "popen", "getoutput", "getstatusoutput", "spawnl", "spawnv", "execv", "execvp"}
XML_OF_OTHERS = {"parse", "iterparse", "XMLParser"}


def trees() -> Iterator[tuple[Path, ast.AST]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def called(node: ast.Call) -> tuple[str, str]:
    """What stands before the dot and after it, in the name of what is called."""
    function = node.func
    if isinstance(function, ast.Name):
        return "", function.id
    if isinstance(function, ast.Attribute):
        return ast.unparse(function.value), function.attr
    return "", ""


def unsafe(node: ast.AST) -> str:
    """What is wrong with a piece of code; nothing where it is safe."""
    if isinstance(node, ast.Call):
        before, name = called(node)
        if name in OF_SYMPY and before in ("", "sympy") and not _is_strict(node):
            return f"{name} reads text as code"
        if (before, name) == ("", "S") and not _is_number(node.args[0]):
            return "S may read text as code"
        if (not before or before == "builtins") and name in EXECUTING:
            return f"{name} executes"
        if name in SHELLS and before in ("os", "subprocess"):
            return f"{before}.{name} starts a shell"
        if name in XML_OF_OTHERS and before.endswith(("ET", "ElementTree")):
            return "XML from outside is parsed"
        for keyword in node.keywords:
            on = not (isinstance(keyword.value, ast.Constant) and not keyword.value.value)
            if keyword.arg in ("shell", "allow_pickle") and on:
                return f"{keyword.arg} is on"
        if name == "load" and before in ("np", "numpy", "torch"):
            return "an array file may hold a pickle"
    if isinstance(node, ast.Import | ast.ImportFrom):
        origin = node.module or "" if isinstance(node, ast.ImportFrom) else ""
        names = [alias.name for alias in node.names]
        tops = {origin.partition(".")[0]} if origin else {n.partition(".")[0] for n in names}
        if tops & SERIALISERS:
            return f"{', '.join(tops)} is imported"
        if set(names) & OF_SYMPY:
            return f"{', '.join(names)} is imported"
    return ""


def _is_strict(node: ast.Call) -> bool:
    """Whether what is called refuses a text."""
    return any(
        keyword.arg == "strict" and ast.unparse(keyword.value) == "True"
        for keyword in node.keywords
    )


def _is_number(node: ast.expr) -> bool:
    """Whether it is seen at once that a value is a number."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, int)
    if isinstance(node, ast.UnaryOp | ast.BinOp):
        return all(
            _is_number(part) for part in ast.iter_child_nodes(node) if isinstance(part, ast.expr)
        )
    return isinstance(node, ast.Call) and called(node)[1] in ("int", "len", "sum", "max", "min")


def test_no_code_reads_a_text_as_code() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {told}"
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call | ast.Import | ast.ImportFrom)
        and (told := unsafe(node))
        and not (path == GENERATED_CODE and told in ("exec executes", "compile executes"))
    ]
    assert found == []


@pytest.mark.parametrize(
    "text",
    [
        "eval(x)",
        "builtins.exec(x)",
        "import pickle",
        "from marshal import loads",
        "import yaml",
        "sympy.sympify(x)",
        "S(x)",
        "from sympy import lambdify",
        "from sympy.parsing.sympy_parser import parse_expr",
        "os.system(x)",
        "subprocess.run(x, shell=True)",
        "np.load(x)",
        "np.loadtxt(x, allow_pickle=y)",
        "ET.parse(x)",
    ],
)
def test_unsafe_code_would_be_found(text: str) -> None:
    assert any(unsafe(node) for node in ast.walk(ast.parse(text)))


SAFE = ROOT / "tests" / "data" / "safe_versions.json"
"""The oldest version of each package without a published advisory, with the advisories."""


def minima() -> dict[str, tuple[int, ...]]:
    """The lower bound that pyproject.toml states for each package."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    stated = list(project["project"]["dependencies"]) + list(project["build-system"]["requires"])
    for extra in project["project"]["optional-dependencies"].values():
        stated += extra
    found = {}
    for requirement in stated:
        bound = re.fullmatch(r"([\w-]+)(?:\[\w+\])?(?:>=([\d.]+)(?:,<[\d.]+)?)?", requirement)
        assert bound, requirement
        if bound.group(1) != "klsym":
            assert bound.group(2), f"{requirement} has no lower bound"
            found[bound.group(1)] = version(bound.group(2))
    return found


def version(text: str) -> tuple[int, ...]:
    """The numbers of a version; 1.3.0 is 1.3."""
    return tuple(map(int, re.sub(r"(\.0)+$", "", text).split(".")))


def test_no_version_with_a_published_advisory_is_asked_for() -> None:
    safe = json.loads(SAFE.read_text(encoding="utf-8"))
    stated = minima()
    low = {
        name: least["from"]
        for name, least in safe.items()
        if name in stated and stated[name] < version(least["from"])
    }
    assert low == {}


def test_every_advisory_is_of_a_package_that_is_asked_for() -> None:
    assert json.loads(SAFE.read_text(encoding="utf-8")).keys() <= minima().keys()

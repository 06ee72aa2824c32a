"""What klsym knows, as its own source tells it: manual pages are the docstrings of modules.

The files are read, not imported, so listing rules and diagnoses loads no computer algebra.  The
page of an error is gathered from the places that raise it.
"""

from __future__ import annotations

import ast
import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from klsym.errors import KlsymError, Span
from klsym.syntax.advice import advice_for

ROOT = Path(__file__).parent.parent

KINDS = {
    "families": "family",
    "divergences": "divergence",
    "rules": "rule",
    "diagnoses": "diagnosis",
}
"""The kinds that can be listed, with the word for one of them."""

TOPICS = {
    "directives": "documents/directives.py",
    "evidence": "writing/evidence.py",
    "proving": "equality/__init__.py",
}
"""Manual pages of other things than data, by name: each is a module's docstring."""

FOLDERS = {"rules": "integrals"}
"""The package of a kind where it is not called like the kind."""


@dataclass(frozen=True, slots=True)
class Page:
    """A manual page, under its name and aliases."""

    kind: str
    name: str
    aliases: tuple[str, ...]
    text: str

    @property
    def summary(self) -> str:
        """The first line."""
        return self.text.split("\n", 1)[0]


@cache
def pages(kind: str) -> list[Page]:
    """All manual pages of a kind, by name."""
    folder = ROOT / FOLDERS.get(kind, kind)
    found = (_page(kind, path) for path in sorted(folder.glob("*.py")))
    return sorted((page for page in found if page), key=lambda page: page.name)


def listing(kind: str) -> str:
    """A line for each thing of a kind: its name and what it is."""
    found = pages(kind)
    width = max((len(page.name) for page in found), default=0)
    return "\n".join(f"{page.name:<{width}}  {page.summary}" for page in found)


def explain(name: str) -> str:
    """The manual page of that name, whatever its kind; a family and a rule may share one.

    Raises KlsymError if there is none, and suggests the nearest name.
    """
    everything = [page for kind in KINDS for page in pages(kind)]
    found = []
    for page in everything:
        if _folded(name) in map(_folded, (page.name, *page.aliases)):
            also = f", also {', '.join(page.aliases)}" if page.aliases else ""
            found.append(f"{page.name} ({KINDS[page.kind]}{also})\n\n{page.text}")
    if found:
        return "\n\n\n".join(found)
    if _folded(name) in TOPICS:
        module = ast.parse((ROOT / TOPICS[_folded(name)]).read_text(encoding="utf-8"))
        return ast.get_docstring(module) or ""
    errors = error_sites()
    if name.lower() in errors:
        return _error_page(name.lower(), errors[name.lower()])
    known = [alias for page in everything for alias in (page.name, *page.aliases)]
    near = difflib.get_close_matches(name, [*known, *TOPICS, *errors], n=1, cutoff=0.5)
    hint = f"did you mean {near[0]}? " if near else ""
    raise KlsymError(
        "unknown-name",
        f"nothing here is called {name!r}",
        text=name,
        span=Span(0, len(name)),
        place="NAME",
        help=f"{hint}klsym list {'|'.join(KINDS)} shows what there is",
    )


def _folded(name: str) -> str:
    return re.sub(r"[-_ ]", "", name).lower()


def _page(kind: str, path: Path) -> Page | None:
    """The page a module holds: one that defines a datum with a name, in capitals."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    text = ast.get_docstring(tree)
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=target)], value=ast.Call() as call):
                pass
            case ast.AnnAssign(target=ast.Name(id=target), value=ast.Call() as call):
                pass
            case _:
                continue
        fields = {keyword.arg: keyword.value for keyword in call.keywords}
        first = call.args[0] if call.args else None
        name = _constant(fields.get("name", first))
        if (
            target in (KINDS[kind].upper(), "CONSTRUCTION", "JOINT")
            and isinstance(name, str)
            and text
        ):
            aliases = _constant(fields.get("aliases"))
            others = tuple(map(str, aliases)) if isinstance(aliases, tuple) else ()
            return Page(kind, name, others, text)
    return None


def _constant(node: ast.expr | None) -> object:
    try:
        return None if node is None else ast.literal_eval(node)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class ErrorSite:
    """One place that raises an error: the module's summary, the message and the help."""

    module: str
    message: str
    help: str


@cache
def error_sites() -> dict[str, list[ErrorSite]]:
    """Every error klsym can raise, by name, with the places that raise it."""
    found: dict[str, list[ErrorSite]] = {}
    for path in sorted(ROOT.rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        if "KlsymError" not in source:
            continue
        module = ".".join(path.relative_to(ROOT.parent).with_suffix("").parts)
        for name, site in _raised(ast.parse(source), module):
            found.setdefault(name, []).append(site)
    return found


def _raised(tree: ast.Module, module: str) -> Iterator[tuple[str, ErrorSite]]:
    """Calls of KlsymError, and of what stands in for it, with the name of an error first."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=function, args=[ast.Constant(value=str(name)), message, *_]):
                direct = isinstance(function, ast.Name) and function.id == "KlsymError"
                if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)" + ("*" if direct else "+"), name):
                    told = {keyword.arg: keyword.value for keyword in node.keywords}
                    yield name, ErrorSite(module, _template(message), _template(told.get("help")))


def _template(node: ast.expr | None) -> str:
    """The text of a string, with what is filled in shown as its name in braces."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(map(_template, parts))
        case ast.FormattedValue(value=ast.Name(id=name) | ast.Attribute(attr=name)):
            return f"<{name}>"
        case ast.FormattedValue():
            return "..."
        case _:
            return ""


def _error_page(name: str, sites: list[ErrorSite]) -> str:
    lines = [f"{name} (error)", ""]
    for site in sites:
        lines.append(site.message or "What is meant is said with the error.")
        lines.append(f"  help: {site.help or advice_for(name)}")
        lines += [f"  raised by {site.module}", ""]
    return "\n".join(lines).rstrip()

"""Configuration of Sphinx; the manual pages are made from klsym's own docstrings."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from klsym import __version__  # noqa: E402
from klsym.command.catalog import KINDS, pages  # noqa: E402

project = "klsym"
author = "The klsym developers"
project_copyright = author
release = version = __version__

extensions = ["myst_nb", "sphinx.ext.autodoc"]
html_theme = "furo"
html_title = f"klsym {__version__}"
exclude_patterns = ["_build"]
myst_heading_anchors = 3
nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 120
autodoc_typehints = "description"
# What is typed as sympy's has no inventory here.
nitpicky = False

TITLES = {
    "families": "Families",
    "divergences": "Divergences",
    "rules": "Rules of derivation",
    "diagnoses": "Diagnoses",
}


def manual_page(kind: str) -> str:
    """The manual pages of a kind, as one page of Markdown."""
    parts = [
        f"# {TITLES[kind]}",
        "",
        f"Also printed by `klsym explain NAME`, listed by `klsym list {kind}`.",
        "",
    ]
    for page in pages(kind):
        also = f"Also {', '.join(f'`{alias}`' for alias in page.aliases)}." if page.aliases else ""
        parts += [f"## {page.name}", "", also, "", "```text", page.text.strip(), "```", ""]
    return "\n".join(parts)


def write_manual(app: Any) -> None:
    """Write the manual pages before Sphinx reads its sources."""
    folder = HERE / "manual"
    folder.mkdir(exist_ok=True)
    for kind in KINDS:
        path, text = folder / f"{kind}.md", manual_page(kind)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def setup(app: Any) -> None:
    """Have the manual pages written."""
    app.connect("builder-inited", write_manual)

"""The formats of documents, by the suffix of their files, each with what reads it.

A reader is loaded when a document needs it: whoever only hands texts on needs none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from klsym.documents.blocks import Block
from klsym.documents.source import Source

Load = Callable[[str], Source]
"""Reads a file that a document includes; raises KlsymError where it cannot."""


def _markdown(source: Source, load: Load) -> Iterator[Block]:
    from klsym.documents.markdown import markdown_blocks

    return markdown_blocks(source)


def _notebook(source: Source, load: Load) -> Iterator[Block]:
    from klsym.documents.notebook import notebook_blocks

    return notebook_blocks(source)


def _tex(source: Source, load: Load) -> Iterator[Block]:
    from klsym.documents.tex import tex_blocks

    return tex_blocks(source, load)


FORMATS: Mapping[str, Callable[[Source, Load], Iterator[Block]]] = {
    ".md": _markdown,
    ".markdown": _markdown,
    ".txt": _markdown,
    ".tex": _tex,
    ".ipynb": _notebook,
}


def blocks(source: Source, load: Load) -> Iterator[Block]:
    """The blocks of a document, in the order of the file."""
    return FORMATS[Path(source.path).suffix.lower()](source, load)

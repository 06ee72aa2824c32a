"""The formats of documents, by the suffix of their files, each with what reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from klsym.documents.blocks import Block
from klsym.documents.markdown import markdown_blocks
from klsym.documents.source import Source

FORMATS: Mapping[str, Callable[[Source], Iterator[Block]]] = {
    ".md": markdown_blocks,
    ".markdown": markdown_blocks,
    ".txt": markdown_blocks,
}


def blocks(source: Source) -> Iterator[Block]:
    """The blocks of a document, in the order of the file."""
    return FORMATS[Path(source.path).suffix.lower()](source)

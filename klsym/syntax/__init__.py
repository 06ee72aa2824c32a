"""Text to a tree with spans: tokens, a Pratt parser, LaTeX and plain notation."""

from klsym.syntax.names import Names, canonical
from klsym.syntax.reader import parse, readings
from klsym.syntax.reading import Ambiguity, Choices, Note, Reading

__all__ = ["Ambiguity", "Choices", "Names", "Note", "Reading", "canonical", "parse", "readings"]

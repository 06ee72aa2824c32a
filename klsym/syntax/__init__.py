r"""Text to a tree with spans: LaTeX, plain text and pasted Unicode, by one parser.

:func:`parse` reads a formula or a statement and gives a :class:`Reading`: the tree, the notation,
the places that could be read otherwise, and notes.  Nothing is evaluated here and nothing in the
text is ever run; what a name means is found out later, in :mod:`klsym.meaning`.

>>> from klsym.syntax import Names, parse, readings
>>> parse(r"\sigma^2_1").tree == parse("sigma1**2").tree == parse("σ₁²").tree
True
>>> call = parse(r"D_{\mathrm{KL}}\left(p \,\middle\|\, q\right)").tree
>>> call.function, [argument.name for argument in call.arguments], call.separators
('KL', ['p', 'q'], ('||',))

**Names decide.**  ``x(1-x)`` is a product when ``x`` is declared a scalar, and a call otherwise:

>>> type(parse("x(1-x)", Names(scalars=frozenset({"x"}))).tree).__name__
'Binary'
>>> type(parse("x(1-x)").tree).__name__
'Call'

**Ambiguities are data.**  What print leaves open is decided one way, and kept with its place and
the other ways (:data:`klsym.syntax.reading.KINDS` lists the kinds); :func:`readings` gives each:

>>> for reading in readings(r"\log p/q"):
...     ambiguity = reading.ambiguities[0]
...     print(ambiguity.kind, ambiguity.span.start, ambiguity.chosen)
log-quotient 6 log(p/q)
log-quotient 6 log(p)/q

**Errors point.**  Whatever cannot be read raises :class:`~klsym.errors.KlsymError`, and nothing
else does, with a name, a span and usually help; an unknown command is an error, never a factor:

>>> parse(r"\frac{1}{2} \sgima^2")
Traceback (most recent call last):
klsym.errors.KlsymError: error[unknown-macro]: \sgima is not known
 --> input:1:13
  |
1 | \frac{1}{2} \sgima^2
  |             ^^^^^^
help: did you mean \sigma?

The way of a text: :mod:`~klsym.syntax.tokens` cuts it up by the words of
:mod:`~klsym.syntax.vocabulary`, :mod:`~klsym.syntax.layout` matches brackets and joins rows,
:mod:`~klsym.syntax.parser` builds the tree of :mod:`~klsym.syntax.tree` with what
:mod:`~klsym.syntax.calls`, :mod:`~klsym.syntax.arguments`, :mod:`~klsym.syntax.scripts`,
:mod:`~klsym.syntax.brackets`, :mod:`~klsym.syntax.bars`, :mod:`~klsym.syntax.operators`,
:mod:`~klsym.syntax.constructs` and :mod:`~klsym.syntax.tables` read.

Limits: a text has at most 100,000 characters and nests at most 100 deep, a numeral
at most 1000 digits; reading takes time proportional to the length.
"""

from klsym.syntax.names import Names, canonical
from klsym.syntax.reader import parse, readings
from klsym.syntax.reading import Ambiguity, Choices, Note, Reading

__all__ = ["Ambiguity", "Choices", "Names", "Note", "Reading", "canonical", "parse", "readings"]

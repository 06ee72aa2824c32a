"""Writing: text, LaTeX and Markdown.  It reads data and decides nothing.

========================  =====================================================================
:mod:`~klsym.writing.plain`     an expression in klsym's plain notation, which it reads back
:mod:`~klsym.writing.latex`     an expression as LaTeX
:mod:`~klsym.writing.align`     a derivation as an ``align*`` with reasons
:mod:`~klsym.writing.arrays`    an expression as NumPy and SciPy code
:mod:`~klsym.writing.python`    a derivation as a Python module with a test
:mod:`~klsym.writing.text`      results for a terminal
:mod:`~klsym.writing.markdown`  results as Markdown with mathematics
:mod:`~klsym.writing.jsonform`  derivations and evidence as the JSON of the command line
========================  =====================================================================

The modules that print results take the plain strings of that JSON, so they start without sympy.
"""

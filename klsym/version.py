"""The version of klsym, in a place of its own so that no layer has to import the whole for it."""

from __future__ import annotations

__version__ = "0.1.0"

SCHEMA = "klsym/1"
"""The name of the form that the JSON of the command line has."""

"""Symbolic derivation checker for Kullback-Leibler divergences and their relatives."""

__version__ = "0.1.0"

"""What was decided before, kept on disk: see :mod:`klsym.cache.store`.

Nothing here imports sympy, click or anything else that is slow to load, so that an answer that is
kept comes at once.
"""

"""Running: statements decided in guarded processes, so that none can hang or swell the caller.

:mod:`~klsym.running.child` starts, asks and ends a process; :mod:`~klsym.running.worker` is what
runs in it; :mod:`~klsym.running.messages` is what they say to each other, one JSON object a line;
:mod:`~klsym.running.lifeline` ends it with its owner;
:mod:`~klsym.running.lost` is the answer for a statement whose process had to be ended.  Nothing
but the worker imports sympy.  :mod:`~klsym.running.cluster` asks other machines, where
:mod:`~klsym.running.remote` starts such processes.

Documents are decided by a :mod:`~klsym.running.runner`, which finds them and keeps a
:mod:`~klsym.running.crew` of workers; these share the steps of each document, a
:mod:`~klsym.running.job`, in a :mod:`~klsym.running.round`.
"""

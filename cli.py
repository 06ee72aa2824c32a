"""Run klsym from a checkout: ``python cli.py`` is the same command as ``klsym``."""

from klsym.command import main

if __name__ == "__main__":
    main()

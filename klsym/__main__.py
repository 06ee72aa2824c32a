"""``python -m klsym``: the command line."""

from klsym.command import main

if __name__ == "__main__":
    main()

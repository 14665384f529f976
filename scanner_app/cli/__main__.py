"""`python -m scanner_app.cli`: the command line where it is not installed as a program."""

from scanner_app.cli import main

if __name__ == "__main__":
    main()

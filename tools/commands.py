"""The commands of dev.py: each brings what it needs, then does its one thing.

A command that starts a program hands over to it, so that signals and the exit code are the
program's own.
"""

import ast
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from tools import checks, coverage_floors, texts
from tools.places import BUILD, PYTHON, ROOT, environment
from tools.setup_steps import set_up_to_develop, set_up_to_run

RUN_COMMAND = ("-m", "scanner_app.cli", "run-demo")
PYTEST = ("-m", "pytest")
PROCESSES = ("-n", "2", "--dist", "loadgroup")
# Without a browser there is no group to keep together. Each process takes one half of the files
# then, so that what the first test of a file has to learn and build is done in one of them.
QUICK_PROCESSES = ("-n", "2", "--dist", "worksteal")
QUICK_MARKS = "not browser and not postgresql and not slow and not deep"
USUAL_MARKS = "not deep"
COVERAGE_OPTIONS = ("--cov", "--cov-report=")
# With one of these, or with a path, pytest runs a part of the tests, which says nothing about
# how much of the code the tests reach.
NARROWING_OPTIONS = ("-k", "-m", "-x", "--maxfail", "--lf", "--last-failed", "--sw", "--stepwise")
NARROWING_PREFIXES = ("--deselect", "--ignore", "--collect-only", "--co", "--no-cov", "-h")


def main(arguments: Sequence[str], help_text: str) -> int:
    """Do what the command line asks and return its exit code."""
    if os.name == "nt":
        sys.exit("The scanner app runs on Linux and macOS. On Windows, start it inside WSL.")
    commands: dict[str, Callable[[list[str]], int]] = {
        "run": _run,
        "test": _test,
        "check": _check,
        "bench": _bench,
        "guide": _guide,
        "texts": _texts,
    }
    name, *options = arguments or ["help"]
    if name in commands:
        return commands[name](options)
    print(help_text.strip())
    return 0 if name in ("help", "--help", "-h") else 2


def _run(options: list[str]) -> int:
    set_up_to_run()
    return _become([*RUN_COMMAND, *options])


def _test(options: list[str]) -> int:
    _keep_bytecode()
    quick, deep = "--quick" in options, "--deep" in options
    if quick and deep:
        sys.exit("--quick and --deep exclude each other.")
    options = [option for option in options if option not in ("--quick", "--deep")]
    # How many examples the model machine and the kills take is theirs to decide.
    os.environ |= {"SCANNER_TEST_QUICK": "1"} if quick else {}
    os.environ |= {"SCANNER_TEST_DEEP": "1"} if deep else {}
    set_up_to_develop(browser=not quick)
    ours: list[str] = []
    if not any(option.startswith(("-n", "--numprocesses")) for option in options):
        ours += QUICK_PROCESSES if quick else PROCESSES
    if not deep:
        ours += ["-m", QUICK_MARKS if quick else USUAL_MARKS]
    if quick and not runs_a_part(options):
        os.environ["SCANNER_TEST_CASES"] = _commit()
    if quick or runs_a_part(options):
        return _become([*PYTEST, *ours, *options])
    code = _call([*PYTEST, *COVERAGE_OPTIONS, *ours, *options])
    return code or coverage_floors.check()


def _commit() -> str:
    """What a quick run draws its cases by: others with each commit, the same while one works."""
    try:
        asked = subprocess.run(
            ["git", "rev-parse", "HEAD"], cwd=ROOT, check=False, capture_output=True, text=True
        )
    except FileNotFoundError:  # an archive of the sources, on a machine without git
        return "no git"
    return asked.stdout.strip() or "no commit"


def _keep_bytecode() -> None:
    """Keep compiled modules in build/ for whoever wants none beside the sources.

    Each process of the tests, and each server they start, would compile everything anew.
    """
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
        os.environ.setdefault("PYTHONPYCACHEPREFIX", str(BUILD / "bytecode"))


def runs_a_part(options: Sequence[str]) -> bool:
    """Tell whether options of pytest leave tests out."""
    return any(
        option in NARROWING_OPTIONS
        or option.startswith(NARROWING_PREFIXES)
        or (ROOT / option.split("::")[0]).exists()
        for option in options
    )


def _check(options: list[str]) -> int:
    if options:
        sys.exit("check takes no options.")
    set_up_to_develop(browser=False)
    return checks.run_all()


def _bench(options: list[str]) -> int:
    benchmarks = {
        path.stem: path
        for path in sorted((ROOT / "bench").glob("*.py"))
        if not path.stem.startswith("_")
    }
    if not options:
        for name, path in benchmarks.items():
            print(f"{name.replace('_', '-'):<28} {_first_line(path)}")
        return 0
    name = options[0].replace("-", "_")
    if name not in benchmarks:
        sys.exit(f"There is no benchmark {options[0]}. `python3 dev.py bench` lists them.")
    set_up_to_develop(browser=False)
    return _become([str(benchmarks[name]), *options[1:]])


def _first_line(path: Path) -> str:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return docstring.partition("\n")[0]


def _guide(options: list[str]) -> int:
    set_up_to_develop(browser=True)
    return _become([str(ROOT / "tools" / "guide.py"), *options])


def _texts(options: list[str]) -> int:
    set_up_to_develop(browser=False)
    return texts.main(options)


def _call(arguments: Sequence[str]) -> int:
    command = [str(PYTHON), *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment(), check=False).returncode


def _become(arguments: Sequence[str]) -> int:
    """Replace this process by the project's Python; there is no way back."""
    sys.stdout.flush()
    os.chdir(ROOT)
    os.execve(PYTHON, [str(PYTHON), *arguments], environment())  # noqa: S606 - no shell is wanted

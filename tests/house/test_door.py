"""dev.py: what it does before anything is set up, and what it leaves to pytest."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source_files import ROOT
from tests.quick_runs import DRAWN_BY
from tools import commands, places, progress
from tools.progress import Step


def test_the_door_is_readable_for_an_old_python() -> None:
    tree = ast.parse((ROOT / "dev.py").read_text(), feature_version=(3, 7))
    newer = (ast.FunctionDef, ast.ClassDef, ast.JoinedStr, ast.AnnAssign)
    assert not [node for node in ast.walk(tree) if isinstance(node, newer)]


def test_the_door_and_its_tools_need_only_the_standard_library() -> None:
    allowed = sys.stdlib_module_names | {"tools", "hatchling"}
    for path in (ROOT / "dev.py", *(ROOT / "tools").glob("*.py")):
        if path.name in {"guide.py", "guide_server.py"}:
            continue  # started by the environment that dev.py has set up
        for node in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            assert {name.split(".")[0] for name in names} <= allowed, path


@pytest.mark.parametrize(("arguments", "code"), [(["help"], 0), ([], 0), (["nonsense"], 2)])
def test_help_names_every_command(arguments: list[str], code: int) -> None:
    door = [sys.executable, str(ROOT / "dev.py"), *arguments]
    shown = subprocess.run(door, capture_output=True, text=True, check=False)
    assert shown.returncode == code
    for name in ("run", "test", "check", "bench", "guide", "help"):
        assert f"python3 dev.py {name}" in shown.stdout


@pytest.mark.parametrize(
    "options",
    [["-k", "lot"], ["tests/house"], ["tests/house/test_door.py::test_x"], ["--deselect=a"]],
)
def test_a_part_of_the_tests_says_nothing_about_coverage(options: list[str]) -> None:
    assert commands.runs_a_part(options)


@pytest.mark.parametrize("options", [[], ["-n", "4"], ["-v"], ["--durations=20"]])
def test_all_of_the_tests_are_held_to_the_coverage(options: list[str]) -> None:
    assert not commands.runs_a_part(options)


@pytest.mark.parametrize(("wish", "folder"), [("1", str(places.BUILD / "bytecode")), ("", None)])
def test_compiled_modules_are_kept_in_build_for_who_wants_none_beside_the_sources(
    monkeypatch: pytest.MonkeyPatch, wish: str, folder: str | None
) -> None:
    environment = {"PYTHONDONTWRITEBYTECODE": wish}
    monkeypatch.setattr(os, "environ", environment)
    monkeypatch.setattr(commands, "set_up_to_develop", lambda browser: None)
    monkeypatch.setattr(commands, "_become", lambda _: 0)
    assert commands.main(["test", "tests/house"], "") == 0
    assert environment.get("PYTHONPYCACHEPREFIX") == folder
    assert "PYTHONDONTWRITEBYTECODE" not in environment


@pytest.mark.parametrize(("options", "are_drawn"), [([], True), (["-k", "lot"], False)])
def test_only_a_quick_run_of_everything_draws_the_cases_of_each_test(
    monkeypatch: pytest.MonkeyPatch, options: list[str], *, are_drawn: bool
) -> None:
    environment = {"PATH": os.environ["PATH"]}
    monkeypatch.setattr(os, "environ", environment)
    monkeypatch.setattr(commands, "set_up_to_develop", lambda browser: None)
    monkeypatch.setattr(commands, "_become", lambda _: 0)
    assert commands.main(["test", "--quick", *options], "") == 0
    assert (DRAWN_BY in environment) is are_drawn


def test_steps_that_are_there_are_neither_taken_nor_mentioned(
    capsys: pytest.CaptureFixture[str],
) -> None:
    taken: list[str] = []
    steps = [
        Step(name, lambda there=there: there, lambda name=name: taken.append(name))  # type: ignore[misc]
        for name, there in [("first", True), ("second", False), ("third", False)]
    ]
    progress.take(steps)
    said = capsys.readouterr().out
    assert taken == ["second", "third"]
    assert "first" not in said
    assert "Step 1 of 2: second …" in said
    progress.take(steps[:1])
    assert capsys.readouterr().out == ""


def test_a_failing_command_is_shown_whole() -> None:
    with pytest.raises(SystemExit, match="ended with 3") as stop:
        progress.run([sys.executable, "-c", "raise SystemExit(3)"])
    assert Path(sys.executable).name in str(stop.value)

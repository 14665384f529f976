import importlib.metadata
import json
import re
import tomllib
from pathlib import Path

import pytest

from tests.house.source_files import ROOT, assert_no_faults
from tools import assets, checks

PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;]+)", re.MULTILINE)
WITH_EXTRA = re.compile(r"([A-Za-z0-9._-]+\[[^\]]*\])")


def test_no_lock_file_says_where_to_fetch_from() -> None:
    assert_no_faults(checks.lock_faults(ROOT))


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("package-lock.json", '"resolved": "somewhere"'),
        ("requirements/run.txt", "--extra-index-url somewhere"),
        ("requirements/run.txt", "--find-links somewhere"),
        ("requirements/dev.txt", "package @ http://somewhere"),
    ],
)
def test_an_address_in_a_lock_file_is_seen(tmp_path: Path, name: str, line: str) -> None:
    (tmp_path / "requirements").mkdir()
    (tmp_path / "package-lock.json").write_text("{}\n")
    (tmp_path / name).write_text(f"first\n{line}\n")
    assert [fault.split(" ")[0] for fault in checks.lock_faults(tmp_path)] == [f"{name}:2:"]


def test_every_npm_package_is_pinned_and_has_a_digest() -> None:
    wanted = json.loads((ROOT / "package.json").read_text())
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    for name, version in (wanted["dependencies"] | wanted["devDependencies"]).items():
        assert locked[f"node_modules/{name}"]["version"] == version
    for name, package in locked.items():
        assert name == "" or package["integrity"].startswith("sha512-"), name


def test_the_list_to_develop_holds_the_list_to_run() -> None:
    assert _pins("run") <= _pins("dev")


def test_the_lists_hold_what_pyproject_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {_normal(re.split(r"[\[~=><]", requirement)[0]) for requirement in asked}
    assert names <= {name for name, _ in _pins("dev")}


def test_the_front_end_files_are_those_of_the_lock() -> None:
    for folder in (assets.SERVED, assets.FOR_TESTS):
        assert assets.is_fresh(folder), f"run `python3 dev.py test` to bring {folder.path}"
        expected = {*folder.files.values(), assets.MANIFEST}
        assert {path.name for path in folder.path.iterdir()} == expected


def test_what_a_package_asks_of_another_with_an_extra_is_pinned_with_it() -> None:
    """Older pips look for such a package anew, and refuse the first release after the lock."""
    lock = (ROOT / "requirements" / "dev.txt").read_text()
    asked = {
        found.group(1).lower()
        for package in importlib.metadata.distributions()
        for wanted in package.requires or ()
        if "extra ==" not in wanted and (found := WITH_EXTRA.match(wanted))
    }
    assert asked
    assert {name for name in asked if f"\n{name}==" not in f"\n{lock}"} == set()


def test_a_changed_front_end_file_is_seen(tmp_path: Path) -> None:
    packages = tmp_path / "packages"
    packages.mkdir()
    (packages / "a.js").write_text("scan()")
    folder = assets.AssetFolder(tmp_path / "vendor", {"a.js": "scan.js"})
    assert not assets.is_fresh(folder)
    assets.fill(folder, packages)
    assert assets.is_fresh(folder)
    (folder.path / "scan.js").write_text("scan ()")
    assert not assets.is_fresh(folder)


def test_files_for_tests_are_not_served() -> None:
    assert not assets.FOR_TESTS.path.is_relative_to(ROOT / "static")


def _pins(name: str) -> set[tuple[str, str]]:
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    return {(_normal(package), version) for package, version in PIN.findall(text)}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()

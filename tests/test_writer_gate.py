"""The gate: one writer at a time, in threads and processes, and nobody waits for ever."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from scanner_app.writer_gate import WriterBusy, WriterGate

HOLDING = """
import sys
from pathlib import Path
from scanner_app.writer_gate import WriterGate
with WriterGate(Path(sys.argv[1]), 5).entered():
    print("held", flush=True)
    sys.stdin.readline()
"""


def hold_in_another_process(file: Path) -> subprocess.Popen[str]:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(file)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    return holder


def test_threads_enter_one_after_the_other(tmp_path: Path) -> None:
    gate = WriterGate(tmp_path / "lock", 30)
    inside: list[int] = []
    most: list[int] = []

    def write() -> None:
        for _ in range(20):
            with gate.entered():
                inside.append(1)
                most.append(len(inside))
                inside.pop()

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert most == [1] * 80


def test_a_thread_waits_no_longer_than_the_limit(tmp_path: Path) -> None:
    gate = WriterGate(tmp_path / "lock", 0.05)
    answers: list[str] = []

    def try_to_enter() -> None:
        try:
            with gate.entered():
                answers.append("entered")
        except WriterBusy:
            answers.append("busy")

    with gate.entered():
        thread = threading.Thread(target=try_to_enter)
        thread.start()
        thread.join(10)
    try_to_enter()
    assert answers == ["busy", "entered"]


def test_a_process_waits_no_longer_than_the_limit(tmp_path: Path) -> None:
    holder = hold_in_another_process(tmp_path / "lock")
    gate = WriterGate(tmp_path / "lock", 0.05)
    with pytest.raises(WriterBusy), gate.entered():
        pytest.fail("two processes are inside")
    holder.communicate("done\n", timeout=10)
    with gate.entered():
        pass


def test_a_process_that_dies_gives_the_gate_back(tmp_path: Path) -> None:
    holder = hold_in_another_process(tmp_path / "lock")
    holder.kill()
    holder.communicate(timeout=10)
    with WriterGate(tmp_path / "lock", 5).entered():
        pass


def test_work_that_fails_gives_the_gate_back(tmp_path: Path) -> None:
    gate = WriterGate(tmp_path / "lock", 0.05)
    with pytest.raises(ZeroDivisionError), gate.entered():
        raise ZeroDivisionError
    with gate.entered():
        pass

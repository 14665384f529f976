"""The real server as a process on a data folder of its own, which a test may kill and start."""

import os
import subprocess
import sys
from pathlib import Path
from typing import IO

import scanner_app.all_tables  # noqa: F401 - a table may refer to any other
from scanner_app.database import Database
from scanner_app.migrations.upgrade import upgrade

START_WORDS = "The scanner app answers at "


class Server:
    """The server process of a data folder; `port` changes with every start."""

    def __init__(self, folder: Path, threads: int = 8) -> None:
        self.folder = folder
        self.port = 0
        self._threads = threads
        self._process: subprocess.Popen[str] | None = None

    @property
    def database_url(self) -> str:
        return f"sqlite:///{self.folder / 'scanner.db'}"

    def start(self) -> None:
        """Start and wait until it answers."""
        own = {
            "SCANNER_DATA": str(self.folder),
            "SCANNER_PORT": "0",
            "SCANNER_THREADS": str(self._threads),
            "DATABASE_URL": self.database_url,
        }
        with self._log() as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "scanner_app.cli", "serve"],
                env=os.environ | own,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line.startswith(START_WORDS), f"it did not start: {line} {self.log}"
        self.port = int(line.rstrip("/\n").rpartition(":")[2])

    def kill(self) -> None:
        """SIGKILL: nothing of the process gets to run after this."""
        if self._process is None:
            return
        self._process.kill()
        self._process.communicate()
        self._process, self.port = None, 0

    @property
    def log(self) -> str:
        """All that every process of this folder logged."""
        return (self.folder / "server.log").read_text()

    def _log(self) -> IO[str]:
        return (self.folder / "server.log").open("a")


def migrated(server: Server) -> Database:
    """The database of a server that was not started yet, with all its tables."""
    database = Database(server.database_url)
    upgrade(database)
    return database

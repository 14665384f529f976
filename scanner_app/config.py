"""Settings: everything the environment may decide, read once and never changed.

Every limit has its unit last in its name. The list of variables is in docs/operations.md.

This module must never be read from below `web` and `cli`: rules take values as arguments.
"""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

SECRET_KEY_BYTES_MIN = 32
KNOWN_EXAMPLE_SECRETS = frozenset({"dev", "secret", "changeme", "change-me", "test"})


class SettingsUnfit(Exception):
    """The environment asks for something that would not be safe or cannot work."""


@dataclass(frozen=True)
class Settings:
    """What one installation runs with."""

    data_folder: Path
    database_url: str
    secret_key: str = field(repr=False)
    public_url: str = ""
    host: str = "127.0.0.1"
    port: int = 8080
    threads: int = 8
    time_zone: str = "UTC"
    demo: bool = False
    trust_proxy: bool = False
    house_prefixes: Mapping[str, str] = field(default_factory=dict)
    plain_code_128_is_gs1: bool = False

    writer_wait_seconds: float = 2.0
    session_idle_minutes: int = 12 * 60
    session_hours_max: int = 12
    scans_per_request_max: int = 20
    photo_bytes_max: int = 16 * 1024 * 1024
    form_bytes_max: int = 256 * 1024

    @property
    def over_https(self) -> bool:
        """Whether browsers reach the app by TLS, so that cookies may be Secure."""
        return self.public_url.startswith("https://")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> "Settings":
        """Read the settings, make the data folder and the secret key where they are missing.

        Raises:
            SettingsUnfit: for a value that cannot be used; the sentence names the variable.
        """
        values = os.environ if environment is None else environment
        folder = Path(values.get("SCANNER_DATA", "var")).resolve()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return cls(
            data_folder=folder,
            database_url=values.get("DATABASE_URL", f"sqlite:///{folder / 'scanner.db'}"),
            secret_key=values.get("SECRET_KEY") or _kept_secret_key(folder),
            public_url=values.get("PUBLIC_URL", ""),
            host=values.get("SCANNER_HOST", "127.0.0.1"),
            port=_whole_number(values, "SCANNER_PORT", 8080),
            threads=_whole_number(values, "SCANNER_THREADS", 8),
            time_zone=values.get("SCANNER_TIME_ZONE", "UTC"),
            trust_proxy=values.get("SCANNER_TRUST_PROXY", "") == "1",
            house_prefixes=_prefixes(values.get("SCANNER_HOUSE_PREFIXES", "")),
            plain_code_128_is_gs1=values.get("SCANNER_PLAIN_CODE_128_IS_GS1", "") == "1",
        ).checked()

    def checked(self) -> "Settings":
        """These settings, when they are safe to start with.

        Raises:
            SettingsUnfit: for a weak secret key, an unusable port or no threads.
        """
        weak = len(self.secret_key.encode()) < SECRET_KEY_BYTES_MIN
        if weak or self.secret_key.lower() in KNOWN_EXAMPLE_SECRETS:
            raise SettingsUnfit(f"SECRET_KEY must hold {SECRET_KEY_BYTES_MIN} bytes or more.")
        if not 0 <= self.port <= 65535:
            raise SettingsUnfit("SCANNER_PORT must be between 0 and 65535.")
        if self.threads < 1:
            raise SettingsUnfit("SCANNER_THREADS must be 1 or more.")
        return self


def _kept_secret_key(folder: Path) -> str:
    """The key of this installation, made on first use, readable by its owner only."""
    file = folder / "secret_key"
    if not file.exists():
        draft = folder / f"secret_key.{secrets.token_hex(8)}"
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as handle:
            handle.write(secrets.token_urlsafe(48))
        # Of several processes that start at once, the first one's key is everybody's.
        with suppress(FileExistsError):
            os.link(draft, file)
        draft.unlink()
    return file.read_text().strip()


def _whole_number(values: Mapping[str, str], name: str, default: int) -> int:
    text = values.get(name, str(default))
    if not (text.isascii() and text.isdigit()):
        raise SettingsUnfit(f"{name} must be a whole number.")
    return int(text)


def _prefixes(text: str) -> dict[str, str]:
    """Read `%B%=bin,%P%=package` into a mapping of prefix to kind."""
    pairs = [pair.partition("=") for pair in text.split(",") if pair.strip()]
    if any(not kind for _, _, kind in pairs):
        raise SettingsUnfit("SCANNER_HOUSE_PREFIXES must look like %B%=bin,%P%=package.")
    return {prefix.strip(): kind.strip() for prefix, _, kind in pairs}

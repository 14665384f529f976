"""Passwords: how they are kept and compared (docs/domain.md 11.3).

Kept as scrypt hashes, which take a tenth of a second each: make and compare them outside of a
write transaction, or nobody else scans meanwhile.

This module must never keep or log a password in clear.
"""

from typing import NewType

from werkzeug.security import check_password_hash, generate_password_hash

from scanner_app.errors import N_, RuleRefused

PASSWORD_CHARS_MIN = 8

PasswordHash = NewType("PasswordHash", str)

METHOD = "scrypt:32768:8:1"
# Compared with when there is no user, so that the answer takes as long. No password has it.
_HASH_OF_NOBODY = f"$nobody${'0' * 128}"


class PasswordTooShort(RuleRefused):
    """The new password is too easy to guess."""

    message = N_("The password has fewer than {length} characters.")
    way_out = N_("Type a longer password; several words make a good one.")
    field = "Password"


def hash_password(password: str) -> PasswordHash:
    """Return what is kept of a new password.

    Raises:
        PasswordTooShort: when it has fewer than `PASSWORD_CHARS_MIN` characters.
    """
    if len(password) < PASSWORD_CHARS_MIN:
        raise PasswordTooShort(length=PASSWORD_CHARS_MIN)
    return PasswordHash(generate_password_hash(password, method=METHOD))


def password_fits(password_hash: str | None, password: str) -> bool:
    """Tell whether the password is the one kept; without a hash, no after the same time."""
    return check_password_hash(password_hash or METHOD + _HASH_OF_NOBODY, password)

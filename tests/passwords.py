"""Passwords in tests: one for whoever signs in, and hashes that are made and compared at once.

With the product's method each takes a tenth of a second, a tenth of all the time of a quick run.
"""

from werkzeug.security import generate_password_hash

from scanner_app.access import passwords
from scanner_app.access.passwords import PasswordHash

PASSWORD = "a good long password"
METHOD_OF_THE_PRODUCT = passwords.METHOD
_QUICK_METHOD = "scrypt:256:8:1"
QUICK_HASH = PasswordHash(generate_password_hash(PASSWORD, method=_QUICK_METHOD))


def hash_at_once() -> None:
    """Keep every password of this process by a method that takes no time."""
    passwords.METHOD = _QUICK_METHOD

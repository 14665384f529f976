"""Passwords are kept as hashes and have a least length."""

import pytest

from scanner_app.access import passwords
from scanner_app.access.passwords import PasswordTooShort, hash_password, password_fits
from tests.passwords import METHOD_OF_THE_PRODUCT


def test_a_password_fits_only_its_own_hash() -> None:
    kept = hash_password("seven plus one")
    assert "seven" not in kept
    assert password_fits(kept, "seven plus one")
    assert not password_fits(kept, "seven plus two")


def test_eight_characters_are_enough_and_seven_are_refused() -> None:
    assert hash_password("12345678")
    with pytest.raises(PasswordTooShort):
        hash_password("1234567")


def test_nobody_has_a_password() -> None:
    assert not password_fits(None, "")
    assert not password_fits(None, "nobody")


def test_a_password_is_kept_as_a_hash_that_takes_long_to_guess(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(passwords, "METHOD", METHOD_OF_THE_PRODUCT)
    kept = hash_password("seven plus one")
    assert kept.startswith("scrypt:32768:8:1$")
    assert password_fits(kept, "seven plus one")
    assert not password_fits(None, "seven plus one")

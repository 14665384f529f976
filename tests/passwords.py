"""One password for whoever signs in in a test, and a hash of it that compares at once."""

from werkzeug.security import generate_password_hash

from scanner_app.access.passwords import PasswordHash

PASSWORD = "a good long password"
# A password of the tests needs no tenth of a second to compare.
QUICK_HASH = PasswordHash(generate_password_hash(PASSWORD, method="scrypt:1024:8:1"))

"""The catalogues of texts: `python3 dev.py texts` brings the English one into step with the code.

The English catalogue says nothing new, since every text is its own English: it is what a
translator starts from, and its changes show which words of the product changed. Another
language is begun, and later brought into step, by its code: `python3 dev.py texts de`.

Catalogues carry no line numbers, no dates and nobody's name, so that they change only when a
text does. This module must import nothing but the standard library, as all of tools/.
"""

import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tools.places import PYTHON, ROOT, environment

TRANSLATIONS = ROOT / "scanner_app" / "translations"

ENGLISH = "en"
LANGUAGE = re.compile(r"[a-z]{2,3}(_[A-Z]{2})?")
# What a catalogue says of itself; the rest of the header would be dates and names.
HEADER_FIELDS = ("Language", "MIME-Version", "Content-Type", "Content-Transfer-Encoding")
PLURAL_FIELD = "Plural-Forms"


def main(languages: Sequence[str]) -> int:
    """Bring the English catalogue into step, and those of the languages; return the exit code."""
    unfit = [language for language in languages if not LANGUAGE.fullmatch(language)]
    if unfit:
        print(f"“{unfit[0]}” is no code of a language, such as de or pt_BR.", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        extracted = Path(folder) / "messages.pot"
        extract(extracted)
        for language in dict.fromkeys([ENGLISH, *languages]):
            bring_into_step(language, extracted)
    for language in languages:
        compile_catalogue(language)
    return 0


def catalogue(language: str, folder: Path = TRANSLATIONS) -> Path:
    """Where the texts of a language are kept."""
    return folder / language / "LC_MESSAGES" / "messages.po"


def extract(extracted: Path) -> None:
    """Write every text of the code and the templates into one file."""
    _call_babel(
        *("extract", "--mapping-file", "babel.cfg", "--keyword", "N_", "--no-location"),
        *("--sort-output", "--width", "100", "--output-file", str(extracted), "."),
    )


def bring_into_step(language: str, extracted: Path, folder: Path = TRANSLATIONS) -> None:
    """Add what is new to the catalogue of a language and take out what is gone.

    What was translated stays. A text that was changed is a new one, and is not guessed.
    """
    path = catalogue(language, folder)
    if path.exists():
        _call_babel(
            *("update", "--input-file", str(extracted), "--output-file", str(path)),
            *("--locale", language, "--no-fuzzy-matching", "--ignore-obsolete"),
            *("--width", "100"),
        )
    else:
        path.parent.mkdir(parents=True)
        _call_babel(
            *("init", "--input-file", str(extracted), "--output-file", str(path)),
            *("--locale", language, "--width", "100"),
        )
    path.write_text(without_header_facts(path.read_text(encoding="utf-8")), encoding="utf-8")


def compile_catalogue(language: str) -> None:
    """Write the form of a catalogue that the app loads, beside it."""
    path = catalogue(language)
    compiled = path.with_suffix(".mo")
    _call_babel("compile", "--input-file", str(path), "--output-file", str(compiled))


def without_header_facts(text: str) -> str:
    """Return a catalogue without the comments at its top and the dates and names in its header."""
    header, _, messages = text.partition("\n\n")
    kept = re.findall(r'^"([A-Za-z-]+): (.*(?:\n"[^:\n]*)?)$', header, re.MULTILINE)
    lines = [f'"{name}: {value}' for name, value in kept if name in (*HEADER_FIELDS, PLURAL_FIELD)]
    return "\n".join(['msgid ""', 'msgstr ""', *lines, "", messages.rstrip("\n"), ""])


def _call_babel(*arguments: str) -> None:
    """Run babel, which is quiet unless it fails.

    Raises:
        SystemExit: with its own words when it fails.
    """
    done = subprocess.run(
        [PYTHON, "-m", "babel.messages.frontend", *arguments],
        cwd=ROOT,
        env=environment(),
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode != 0:
        sys.exit(done.stderr)

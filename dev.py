#!/usr/bin/env python3
"""The door of the house: it needs nothing but Python 3.11, and brings what is missing.

python3 dev.py run [options]      start the app with its demo warehouse
python3 dev.py test [options]     pass every test but the deep ones
                                  --quick   SQLite only, no browser, one case of each test
                                  --deep    the long runs as well
                                  anything else goes to pytest
python3 dev.py check              style, types, import directions, locks, templates
python3 dev.py bench [NAME]       list the benchmarks, or run one
                                  --json and any other option goes to the benchmark
python3 dev.py guide [options]    draw the pictures of the user guide anew
python3 dev.py texts [LANGUAGE]   bring the catalogue of texts into step, or begin a language
python3 dev.py help               show this text

The commands are in tools/commands.py, what they bring in tools/setup_steps.py.
"""

# This file must stay readable for a Python of any age, so that the sentence below is what an old
# one says. All newer syntax is in tools/, which is imported after it.
import sys

if sys.version_info < (3, 11):  # noqa: UP036 - the reader may be older than the project
    sys.exit(
        "The scanner app needs Python 3.11 or newer; this is Python %d.%d. "  # noqa: UP031 - as above
        "Start dev.py with a newer one, for example: python3.11 dev.py run" % sys.version_info[:2]
    )

from tools.commands import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], __doc__ or ""))

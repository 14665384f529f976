import pytest

from tests.house import source_files as files
from tests.house import tidiness
from tests.house.source_files import assert_no_faults

# The words are banned everywhere but where they are listed and tried out.
LISTS_OF_BANNED_WORDS = ("tests/house/tidiness.py", "tests/house/test_tidy.py")


def test_no_python_file_is_longer_than_a_concept() -> None:
    assert_no_faults(
        [
            fault
            for path in files.python_files()
            for fault in tidiness.long_file(files.named(path), path.read_text())
        ]
    )


def test_no_template_style_or_script_is_too_long() -> None:
    assert_no_faults(
        [
            fault
            for path in (*files.templates(), *files.styles_and_scripts())
            for fault in tidiness.long_file(files.named(path), path.read_text())
        ]
    )


def test_no_function_is_longer_than_a_screen() -> None:
    assert_no_faults(
        [
            fault
            for path in files.python_files()
            for fault in tidiness.long_functions(files.named(path), path.read_text())
        ]
    )


def test_functions_are_named_by_verbs_that_say_something() -> None:
    assert_no_faults(
        [
            fault
            for path in files.python_files()
            for fault in tidiness.unsaying_names(files.named(path), path.read_text())
        ]
    )


def test_no_code_or_text_holds_a_banned_word() -> None:
    everything = (
        *files.python_files(),
        *files.templates(),
        *files.styles_and_scripts(),
        *files.pages(),
    )
    assert_no_faults(
        [
            fault
            for path in everything
            if files.named(path) not in LISTS_OF_BANNED_WORDS
            for fault in tidiness.banned_words(files.named(path), path.read_text())
        ]
    )


def test_no_template_shows_text_unescaped_or_carries_code() -> None:
    assert_no_faults(
        [
            fault
            for path in files.templates()
            for fault in tidiness.unsafe_markup(files.named(path), path.read_text())
        ]
    )


def test_every_template_is_used() -> None:
    folder = files.ROOT / "templates"
    templates = {str(path.relative_to(folder)): path.read_text() for path in files.templates()}
    python_texts = [path.read_text() for path in (files.ROOT / "scanner_app").rglob("*.py")]
    assert_no_faults(list(tidiness.unused_templates(templates, python_texts)))


@pytest.mark.parametrize(
    "text",
    ["# TODO later", "Please scan", "Oops!", "An error occurred", "a quick hack"],
)
def test_each_banned_word_is_seen(text: str) -> None:
    [fault] = tidiness.banned_words("a.py", f"first\n{text}\n")
    assert fault.startswith("a.py:2: ")


@pytest.mark.parametrize("text", ["pleased", "shackle", "the todo list", "an error in the file"])
def test_words_that_only_look_banned_are_left_alone(text: str) -> None:
    assert not list(tidiness.banned_words("a.py", text))


@pytest.mark.parametrize(
    "text",
    [
        "{{ lot_no|safe }}",
        "{{ Markup(lot_no) }}",
        "{% autoescape false %}",
        "<script>scan()</script>",
        "<style>p {}</style>",
        '<p style="color: red">',
        '<p onclick="scan()">',
        '<p hx-on:click="scan()">',
    ],
)
def test_each_unsafe_markup_is_seen(text: str) -> None:
    [fault] = tidiness.unsafe_markup("a.html", f"\n{text}\n")
    assert fault.startswith("a.html:2: ")


@pytest.mark.parametrize(
    "text",
    [
        "{{ lot_no }}",
        '<script src="/static/js/scan.js" defer></script>',
        '{{ button(label, style="stop") }}',
        '<p data-style="stop" hx-confirm="Register?">',
    ],
)
def test_safe_markup_is_left_alone(text: str) -> None:
    assert not list(tidiness.unsafe_markup("a.html", text))


def test_lengths_are_allowed_up_to_the_limit_and_no_further() -> None:
    longest = "def post() -> None:\n" + "    pass\n" * (tidiness.FUNCTION_LINES_MAX - 1)
    assert not list(tidiness.long_functions("a.py", longest))
    assert list(tidiness.long_functions("a.py", longest + "    pass\n"))
    file = "pass\n" * tidiness.FILE_LINES_MAX
    assert not list(tidiness.long_file("a.py", file))
    assert list(tidiness.long_file("a.py", file + "pass\n"))


def test_verbs_that_say_nothing_are_seen_behind_an_underscore_too() -> None:
    text = "class A:\n    def _handle_scan(self) -> None: ...\ndef post() -> None: ...\n"
    assert [fault.split(" ")[0] for fault in tidiness.unsaying_names("a.py", text)] == ["a.py:2:"]


def test_a_template_that_only_names_itself_is_unused() -> None:
    templates = {"a.html": "{% include 'a.html' %}{% include 'b/_c.html' %}", "b/_c.html": ""}
    assert len(list(tidiness.unused_templates(templates, []))) == 1
    assert not list(tidiness.unused_templates(templates, ['render_template("a.html")']))

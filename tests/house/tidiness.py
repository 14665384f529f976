"""The house rules, each a function from a file's name and text to sentences about its faults.

A sentence names file and line and says what to write instead.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

FUNCTION_LINES_MAX = 70
FILE_LINES_MAX = 300
UNSAYING_VERBS = ("process_", "handle_", "do_", "manage_", "perform_")
NAMES_LIBRARIES_CALL = ("process_bind_param", "process_result_value")

BANNED = {
    r"\b(?:TODO|FIXME|XXX)\b": "do it now, or write it down in docs/decisions.md",
    r"(?i)\bhack(?:s|y|ed)?\b": "say what it does and why it has to",
    r"(?i)\bplease\b": "say what to do, without asking",
    r"(?i)\boops\b": "say what happened and the way out",
    r"(?i)\ban error (?:has )?occurred\b": "name what happened and the way out",
}
BANNED_IN_MARKUP = {
    r"\|\s*safe\b": "leave it out: the page escapes what was scanned; build markup in a macro",
    r"\bMarkup\(": "build markup in a macro, where values are escaped",
    r"autoescape\s+false": "leave it out: everything on a page is escaped",
    r"<script(?![^>]*\bsrc=)": "put the script into static/js and name it with src",
    r"<style\b": "put the rules into static/css",
    r"""\sstyle\s*=""": "give it a class and put the rule into static/css",
    r"""\son[a-z]+\s*=""": "use an hx- attribute, or listen in a file of static/js",
    r"""\shx-on[:a-z-]*\s*=""": "listen in a file of static/js: hx-on compiles text to code",
}
_JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_NAMED_TEMPLATE = re.compile(r"""["']([\w./-]+\.html)["']""")


@dataclass(frozen=True)
class _Function:
    name: str
    line: int
    last_line: int


def long_file(name: str, text: str) -> Iterator[str]:
    lines = len(text.splitlines())
    if lines > FILE_LINES_MAX:
        yield (
            f"{name}:{FILE_LINES_MAX + 1}: the file has {lines} lines, at most {FILE_LINES_MAX}: "
            "move one of its concepts to a file of its own"
        )


def long_functions(name: str, text: str) -> Iterator[str]:
    for function in _functions(text):
        lines = function.last_line - function.line + 1
        if lines > FUNCTION_LINES_MAX:
            yield (
                f"{name}:{function.line}: {function.name} has {lines} lines, at most "
                f"{FUNCTION_LINES_MAX}: move the loops' bodies into functions, keep the ifs here"
            )


def unsaying_names(name: str, text: str) -> Iterator[str]:
    for function in _functions(text):
        if function.name in NAMES_LIBRARIES_CALL:
            continue
        if function.name.lstrip("_").startswith(UNSAYING_VERBS):
            yield (
                f"{name}:{function.line}: {function.name} does not say what it does: use the "
                "verb of docs/words.md (parse, resolve, apply, register, calculate, post)"
            )


@cache
def _functions(text: str) -> tuple[_Function, ...]:
    """Read a file once for every rule about functions; its tree is not kept."""
    return tuple(
        _Function(node.name, node.lineno, node.end_lineno or node.lineno)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )


def banned_words(name: str, text: str) -> Iterator[str]:
    for pattern, instead in BANNED.items():
        yield from _matches(name, text, pattern, instead)


def unsafe_markup(name: str, text: str) -> Iterator[str]:
    """Look for what would run or show scanned text unescaped, or breaks the page's policy."""
    markup = _JINJA.sub(_blank, text)
    for pattern, instead in BANNED_IN_MARKUP.items():
        # An attribute is looked for outside of Jinja, where `style=` may be an argument.
        yield from _matches(name, markup if pattern.startswith(r"\s") else text, pattern, instead)


def _blank(match: re.Match[str]) -> str:
    """Keep the line numbers of what follows."""
    return "\n" * match.group().count("\n")


def _matches(name: str, text: str, pattern: str, instead: str) -> Iterator[str]:
    for match in re.finditer(pattern, text):
        line = text.count("\n", 0, match.start()) + 1
        yield f"{name}:{line}: “{match.group().strip()}”: {instead}"


def unused_templates(templates: dict[str, str], python_texts: list[str]) -> Iterator[str]:
    """Look for templates that neither code nor another template names in full."""
    named = {found for text in python_texts for found in _NAMED_TEMPLATE.findall(text)}
    for name, text in templates.items():
        named |= {found for found in _NAMED_TEMPLATE.findall(text) if found != name}
    for name in sorted(templates.keys() - named):
        yield f"templates/{name}:1: no page uses it: name it in full where it is used, or delete it"

"""A newcomer who follows a document: knows no address, only the words that the pages show.

Fields are found by their labels, links and buttons by their words, pages by Tell Me. A step that
has another name than the document gives it fails.
"""

from urllib.parse import quote

from tests.web.page_client import HTML, PageClient
from tests.web.parsed_pages import Element

REFUSED = (409, 422)


class Newcomer:
    """Somebody with a document in one hand and the app in the other."""

    def __init__(self, pages: PageClient) -> None:
        self.pages = pages
        self.page = pages.get("/")
        self._typed: dict[str, str] = {}

    def enter_in_tell_me(self, words: str) -> None:
        """Search, and choose the related link: the first that says the words."""
        found = self.pages.get(f"/tell-me?q={quote(words)}")
        for link in found.all("a", class_="tell-me-result"):
            if words in text_of(link):
                return self._open(link)
        raise AssertionError(f"Tell Me knows nothing called “{words}”: {found.words}")

    def choose(self, action: str) -> None:
        """Choose the one link of these words."""
        addresses = {a.get("href"): a for a in self.page.all("a") if text_of(a) == action}
        assert len(addresses) == 1, f"“{action}” leads to {sorted(addresses)}"
        self._open(*addresses.values())

    def fill_in(self, label: str, value: str) -> None:
        """Type into the field of a label, or choose from its list."""
        field = self._field(label)
        if field.tag == f"{HTML}select":
            offered = [option.get("value") for option in field.iter(f"{HTML}option")]
            assert value in offered, f"“{label}” offers {offered}"
        self._typed[field.get("name")] = value

    def select(self, label: str) -> None:
        """Tick the field of a label."""
        assert self._field(label).get("type") == "checkbox", label
        self._typed[self._field(label).get("name")] = "on"

    def select_row(self, words: str) -> None:
        """Tick the row of a list."""
        [box] = [
            box
            for label in self.page.all("label")
            if text_of(label) == words
            for box in label.iter(f"{HTML}input")
        ]
        self._typed[box.get("name")] = box.get("value")

    def go_back(self) -> None:
        """Choose the arrow in the header."""
        [link] = [a for a in self.page.all("a") if a.get("aria-label") == "Back"]
        self._open(link)

    def press(self, button: str) -> None:
        """Send the form that a button belongs to, with what was typed."""
        form = self._form_of(button)
        answer = self.pages.post_form(form.get("action"), self.page, form.get("id"), **self._typed)
        self._typed = {}
        refused = answer.status in REFUSED
        self.page = answer if refused else self.pages.follow(answer)

    def download(self, button: str) -> bytes:
        """Press a button that answers with a file."""
        form = self._form_of(button)
        return self.pages.download(form.get("action"), self.page, form.get("id"))

    def send(self, button: str, **files: bytes) -> None:
        """Send a form with files that were chosen."""
        form = self._form_of(button)
        answer = self.pages.upload(form.get("action"), self.page, form.get("id"), **files)
        self.page = answer if answer.status in REFUSED else self.pages.follow(answer)

    def reads(self, label: str) -> str:
        """What a field says now; “on” or nothing for one that is ticked."""
        field = self._field(label)
        if field.get("type") == "checkbox":
            return "on" if field.get("checked") is not None else ""
        if field.tag == f"{HTML}select":
            options = list(field.iter(f"{HTML}option"))
            return str(next(o.get("value") for o in options if o.get("selected") is not None))
        return str(field.get("value", ""))

    def sees_tooltip(self, label: str) -> str:
        """What stands beside a field to say what it is."""
        names = (self._field(label).get("aria-describedby") or "").split()
        return " ".join(text_of(e) for e in self.page.tree.iter() if e.get("id") in names)

    def fast_tabs(self) -> list[str]:
        """The parts of the card."""
        return [text_of(h2) for summary in self.page.all("summary") for h2 in _headings(summary)]

    def _open(self, link: Element) -> None:
        self.page = self.pages.get(link.get("href"))

    def _field(self, label: str) -> Element:
        names = {e.get("for") for e in self.page.all("label") if text_of(e) == label}
        assert len(names) == 1, f"“{label}” names {sorted(map(str, names))}"
        [name] = names
        return next(e for e in self.page.tree.iter() if e.get("id") == name)

    def _buttons(self, words: str) -> list[Element]:
        found = [b for b in self.page.all("button") if text_of(b) == words]
        assert found, f"there is no button “{words}”"
        return found

    def _form_of(self, button: str) -> Element:
        [form_id] = {b.get("form") or self._form_around(b) for b in self._buttons(button)}
        return self.page.form(form_id, "")

    def _form_around(self, button: Element) -> str:
        return str(next(f.get("id") for f in self.page.all("form") if button in list(f.iter())))


def text_of(element: Element) -> str:
    """The words of an element, as they are read."""
    return " ".join("".join(element.itertext()).split())


def _headings(summary: Element) -> list[Element]:
    return list(summary.iter(f"{HTML}h2"))

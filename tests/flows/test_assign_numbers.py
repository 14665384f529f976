"""A number series is set up, numbers of it are assigned in bulk, labelled and scanned: by HTTP."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from tests.flows.handheld import Handheld
from tests.flows.test_set_up_items import choose, tell_me
from tests.web.page_client import Page, PageClient

SignIn = Callable[[str], Handheld]

LIST = "/number-series"
DRILL = "/items/2010"
ASSIGN = f"{DRILL}/assign-numbers"


def add_series(pages: PageClient) -> Page:
    """The series GLOVE-SN with its first line."""
    new = choose(pages, tell_me(pages, "No. Series"), "New")
    made = pages.post_form(LIST, new, "new", code="glove-sn", description="Gloves")
    card = pages.follow(made)
    assert card.h1 == "GLOVE-SN"
    line = {"new.starting_date": "2026-01-01", "new.starting_no": "g-001"}
    ends = {"new.ending_no": "g-015", "new.warning_no": "g-010"}
    return pages.follow(pages.post_form(f"{LIST}/GLOVE-SN", card, "card", **line, **ends))


def labels_on(page: Page) -> list[str]:
    """What the symbols of a sheet hold."""
    addresses = [urlsplit(image.get("src")) for image in page.all("img")]
    return [parse_qs(address.query)["content"][0] for address in addresses]


def waiting(pages: PageClient) -> list[str]:
    """The cards of the home page, as they are read."""
    cards = pages.get("/").all("a", class_="card card-link card-raised")
    return [" ".join(" ".join(card.itertext()).split()) for card in cards]


def test_to_assign_serial_numbers_and_to_scan_their_labels(handheld: SignIn) -> None:
    worker = handheld("SUPERVISOR")
    pages = worker.pages
    saved = add_series(pages)
    assert "The card is saved." in saved.words
    assert "Next G-001" in saved.words
    pages.follow(pages.post_form(DRILL, pages.get(DRILL), "card", serial_nos="GLOVE-SN"))

    page = choose(pages, pages.get(DRILL), "Assign numbers")
    card = "No. Series Have reached their Warning No. 1"
    assert card not in waiting(pages)
    made = pages.follow(pages.post_form(f"{ASSIGN}/serial-nos", page, "serial", quantity="12"))
    assert card in waiting(pages)
    assert "12 numbers are assigned: G-001 to G-012" in made.words
    assert "No. series GLOVE-SN has 3 numbers left." in made.words
    sheet = choose(pages, made, "Print labels")
    assert labels_on(sheet) == [f"(01)09521234020103(21)G-{n:03d}" for n in range(1, 13)]
    worker.open("/look-up")
    assert "Cordless drill" in pages.get(worker.scan("G-007").goto).words

    refused = pages.post_form(f"{ASSIGN}/serial-nos", made, "serial", quantity="4")
    assert refused.status == 422
    assert "No. series GLOVE-SN has only 3 numbers left" in refused.words
    again = pages.get(ASSIGN)
    assert "G-001 to G-012" in again.words
    last = pages.follow(pages.post_form(f"{ASSIGN}/serial-nos", again, "serial", quantity="3"))
    assert "3 numbers are assigned: G-013 to G-015" in last.words
    assert "No number left" in pages.get(LIST).words


def test_a_repeated_click_gives_the_same_batch(handheld: SignIn) -> None:
    pages = handheld("SUPERVISOR").pages
    page = pages.get(ASSIGN)
    first, second = (
        pages.post_form(f"{ASSIGN}/serial-nos", page, "serial", quantity="2") for _ in range(2)
    )
    assert first.location == second.location
    assert "DR-1011 to DR-1012" in pages.follow(second).words
    assert "DR-1013" not in pages.get(ASSIGN).words


def test_customized_numbers_are_typed_where_the_series_allows_it(handheld: SignIn) -> None:
    pages = handheld("SUPERVISOR").pages
    typed = {"start": "box-7", "increment": "5", "quantity": "3"}
    address = f"{ASSIGN}/customized-serial-nos"
    refused = pages.post_form(address, pages.get(ASSIGN), "customized", **typed)
    assert refused.status == 422
    assert "come from No. series DRILL-SN and are not typed" in refused.words
    card = f"{LIST}/DRILL-SN"
    pages.follow(pages.post_form(card, pages.get(card), "card", manual_nos="on"))
    made = pages.follow(pages.post_form(address, refused, "customized"))
    assert "3 numbers are assigned: BOX-7 to BOX-17" in made.words
    taken = pages.post_form(address, made, "customized", **(typed | {"start": "BOX-2"}))
    assert "Serial No. BOX-7 exists already for item 2010." in taken.words


def test_package_numbers_come_from_inventory_setup(handheld: SignIn) -> None:
    pages = handheld("SUPERVISOR").pages
    item = "/items/3040/assign-numbers"
    made = pages.follow(pages.post_form(f"{item}/package-nos", pages.get(item), "package"))
    assert "1 number is assigned: PKG-000103" in made.words
    assert labels_on(choose(pages, made, "Print labels")) == ["PKG-000103"]
    setup = tell_me(pages, "Package Nos.")
    assert setup.h1 == "Inventory Setup"
    saved = pages.follow(pages.post_form("/inventory-setup", setup, "card", package_nos=""))
    assert "The setup is saved." in saved.words
    refused = pages.post_form(f"{item}/package-nos", pages.get(item), "package")
    assert "Inventory Setup has no number series in Package Nos." in refused.words


def test_labels_of_a_range_of_bins_are_printed(handheld: SignIn) -> None:
    pages = handheld("SUPERVISOR").pages
    page = pages.get("/labels/bins?location=WHITE&from=W-01-0101&to=w-01-0202")
    assert labels_on(page) == ["W-01-0101", "W-01-0102", "W-01-0201", "W-01-0202"]
    assert "W-11-0001" not in labels_on(pages.get("/labels/bins?from=&to="))


def test_a_worker_sees_none_of_these_pages(handheld: SignIn) -> None:
    pages = handheld("WORKER1").pages
    menu = pages.get("/menu").words
    assert "No. Series" not in menu
    for path in (LIST, f"{LIST}/PKG", ASSIGN, "/inventory-setup", "/labels/bins"):
        assert pages.get(path).status == 403


def test_an_assigned_number_that_is_not_in_stock_is_refused_or_counted(handheld: SignIn) -> None:
    pages = handheld("SUPERVISOR").pages
    pages.post_form(f"{ASSIGN}/serial-nos", pages.get(ASSIGN), "serial", quantity="1")
    worker = handheld("WORKER1")
    for document in ("/put-aways/PA-00001", "/picks/PI-00001"):
        worker.open(document)
        assert worker.scan("DR-1011").result == "refused"
    counter = handheld("WORKER2")
    counter.open("/counts/COUNT-01")
    counter.scan("W-01-0101")
    assert counter.scan("DR-1011").result in {"accepted", "attention"}

"""The pages Bin Types, Locations, Zones and Bins."""

import uuid

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scanner_app.access.sign_in import Change
from scanner_app.database import Database
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.place_fields import BIN_TYPE_FIELDS, ZONE_FIELDS
from scanner_app.warehouse.record_card import blank_card
from scanner_app.warehouse.set_up_bin import create_bin
from scanner_app.warehouse.set_up_bin_type import create_bin_type
from scanner_app.warehouse.set_up_zone import create_zone
from scanner_app.web import bins
from tests.web.conftest import Clock
from tests.web.page_client import Page, PageClient

WHITE = "/locations/WHITE"
ZONES, BINS = f"{WHITE}/zones", f"{WHITE}/bins"
MARKUP = "<img src=x onerror=alert(1)>"


@pytest.fixture(autouse=True)
def hall(web_database: Database, clock: Clock) -> None:
    """WHITE has the zone PICK with the bins A-1 to A-3."""

    def work(session: Session) -> None:
        change = Change(clock.now, None)
        create_bin_type(session, blank_card(BIN_TYPE_FIELDS) | {"code": "PUTPICK"}, change)
        typed = blank_card(ZONE_FIELDS) | {"code": "PICK", "bin_type": "PUTPICK"}
        create_zone(session, "WHITE", typed, change)
        for number in (1, 2, 3):
            create_bin(session, "WHITE", {"code": f"A-{number}", "zone": "PICK"}, change)

    web_database.write(work)


def save(client: PageClient, path: str, **fields: str) -> Page:
    return client.post_form(path, client.get(path), "card", **fields)


def add(client: PageClient, path: str, **fields: str) -> Page:
    return client.post_form(path, client.get(f"{path}/new"), "card", **fields)


def text(page: Page, name: str) -> str:
    [found] = page.all("input", name=name)
    return str(found.get("value", ""))


def at_fault(page: Page) -> set[str]:
    """The fields that the page says are wrong."""
    fields = [*page.all("input"), *page.all("select")]
    return {field.get("name") for field in fields if field.get("aria-invalid") == "true"}


@pytest.mark.parametrize(
    ("path", "field", "value", "said"),
    [
        ("/bin-types", "code", "", "The Code is empty."),
        ("/bin-types", "code", "putpick", "Bin Type PUTPICK is there already."),
        ("/bin-types", "code", "A\x00", "Code holds a character that cannot"),
        ("/bin-types", "description", "x" * 101, "Description has more than 100 characters."),
        ("/locations", "code", "white", "Location WHITE is there already."),
        ("/locations", "name", "x" * 101, "Name has more than 100 characters."),
        ("/locations", "time_zone", "Mars", "“Mars” is not a time zone."),
        (ZONES, "code", "A/B", "“A/B” cannot name anything."),
        (ZONES, "bin_type", "NONE", "Bin Type Code NONE is not there."),
        (ZONES, "zone_ranking", "x1", "“x1” is not a Zone Ranking."),
        (BINS, "code", "a-1", "Bin A-1 is there already."),
        (BINS, "zone", "NONE", "Zone Code NONE is not there."),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(
    supervisor: PageClient, path: str, field: str, value: str, said: str
) -> None:
    kept = "name" if path == "/locations" else "description"
    usual = {"code": "NEW", kept: MARKUP} | ({"bin_type": "PUTPICK"} if path == ZONES else {})
    page = add(supervisor, path, **(usual | {field: value}))
    assert page.status == 422
    assert said in page.words
    assert at_fault(page) == {field}
    assert field == kept or text(page, kept) == MARKUP
    assert MARKUP not in page.text


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/bin-types", {"code": "<B>"}),
        (ZONES, {"code": "<B>", "bin_type": "PUTPICK"}),
        (BINS, {"code": "<B>&?#%", "zone": "PICK"}),
        ("/locations", {"code": "<B>&?#%"}),
    ],
)
def test_markup_is_shown_as_text(supervisor: PageClient, path: str, fields: dict[str, str]) -> None:
    words = {"name" if path == "/locations" else "description": MARKUP}
    card = supervisor.follow(add(supervisor, path, **fields, **words))
    assert fields["code"] in card.h1
    listed = supervisor.get(path)
    assert MARKUP in listed.words
    assert MARKUP not in card.text + listed.text


@pytest.mark.parametrize(
    ("path", "mine", "theirs"),
    [
        ("/bin-types/PUTPICK", {"pick": "on"}, {"description": "Theirs"}),
        (f"{ZONES}/PICK", {"zone_ranking": "7"}, {"description": "Theirs"}),
        (f"{BINS}/A-1", {"bin_ranking": "7"}, {"description": "Theirs"}),
        (WHITE, {"scan_each_unit": "on"}, {"name": "Theirs"}),
    ],
)
def test_a_second_editor_is_told_what_changed_and_loses_nothing_typed(
    supervisor: PageClient, path: str, mine: dict[str, str], theirs: dict[str, str]
) -> None:
    page = supervisor.get(path)
    save(supervisor, path, **theirs)
    refused = supervisor.post_form(path, page, "card", **mine)
    assert refused.status == 422
    rows = " ".join("".join(refused.all("section", id_="meanwhile")[0].itertext()).split())
    assert rows.endswith("Theirs")
    saved = supervisor.follow(supervisor.post_form(path, refused, "card"))
    assert "The card is saved." in saved.words
    assert text(saved, next(iter(theirs))) == "Theirs"
    for name, value in mine.items():
        [field] = saved.all("input", name=name)
        assert field.get("checked") is not None or field.get("value") == value


@pytest.mark.parametrize("read", ["", "[]", "{}", '{"code": 1}', "[" * 9999, "bad"])
def test_a_form_that_no_card_sent_is_refused(supervisor: PageClient, read: str) -> None:
    for path in ("/bin-types/PUTPICK", f"{ZONES}/PICK", f"{BINS}/A-1", WHITE):
        page = save(supervisor, path, read=read)
        assert page.status == 422
        assert "did not come as the card sends it" in page.words


@pytest.mark.parametrize(
    "path",
    [
        "/bin-types/NONE",
        "/bin-types/%00",
        "/locations/NONE",
        "/locations/NONE/bins",
        "/locations/%00/zones",
        f"{ZONES}/NONE",
        f"{BINS}/NONE",
        f"{BINS}/%00",
        f"{BINS}/{'X' * 200}",
        "/locations/SILVER/bins/A-1",
        "/locations/NONE/create-bins",
    ],
)
def test_what_is_not_there_has_no_page(supervisor: PageClient, path: str) -> None:
    assert supervisor.get(path).status == 404


def test_what_is_removed_meanwhile_is_said(supervisor: PageClient) -> None:
    path = f"{BINS}/A-3"
    page = supervisor.get(path)
    gone = supervisor.post_form(f"{path}/removal", page, "removal")
    assert "It is removed." in supervisor.follow(gone).words
    assert supervisor.post_form(path, page, "card").status == 404


def test_the_list_of_bins_is_shown_a_part_at_a_time(
    supervisor: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "These are all." in supervisor.get(BINS).words
    monkeypatch.setattr(bins, "ROWS_MAX", 2)
    page = supervisor.get(f"{BINS}?q=a&empty=yes&zone=pick&bin_type=putpick&blocked=no")
    [more] = [link for link in page.all("a") if "".join(link.itertext()).strip() == "More"]
    rest = supervisor.get(more.get("href"))
    assert "A-3" in rest.words
    assert "A-2" not in rest.words.replace("after A-2", "")
    assert "By Code, after A-2" in rest.words


@pytest.mark.parametrize(
    "asked",
    [
        "q=NONE",
        "zone=NONE",
        "bin_type=NONE",
        "blocked=yes",
        "empty=no",
        "after=ZZZ",
        "q=" + "x" * 99,
    ],
)
def test_a_list_of_nothing_says_so(supervisor: PageClient, asked: str) -> None:
    page = supervisor.get(f"{BINS}?{asked}")
    assert "No bin is found so." in page.words


def test_an_empty_list_says_how_to_begin(supervisor: PageClient) -> None:
    assert "No bin yet" in supervisor.get("/locations/SILVER/bins").words
    assert "No zone yet" in supervisor.get("/locations/SILVER/zones").words


@pytest.mark.parametrize(
    ("created", "said"),
    [("1", "1 bin is created."), ("5000", "5000 bins are created."), ("x", ""), ("99999", "")],
)
def test_how_many_bins_were_created_is_said(
    supervisor: PageClient, created: str, said: str
) -> None:
    page = supervisor.get(f"{BINS}?created={created}&from=A-1&to=A-3")
    assert said in page.words if said else "created." not in page.words
    assert ("Labels of these bins" in page.words) == bool(said)


def test_bins_that_were_created_lead_to_their_labels(supervisor: PageClient) -> None:
    page = supervisor.get(f"{BINS}?created=3&from=A-1&to=A-3")
    [link] = [each for each in page.all("a") if "Labels of these bins" in "".join(each.itertext())]
    assert link.get("href") == "/labels/bins?location=WHITE&from=A-1&to=A-3"


@pytest.mark.parametrize(
    ("asked", "field", "said"),
    [
        ({"rack_from": "A"}, "rack_from", "Rack is empty."),
        ({"rack_from": "A1", "rack_to": "B2"}, "rack_from", "is not a range of Rack"),
        ({"rack_from": "1", "rack_to": "6000"}, "rack_from", "These ranges make 6000 bins."),
        ({"rack_from": "A-1", "rack_to": "A-3"}, "rack_from", "All 3 bins are there already."),
        ({"rack_from": "1", "rack_to": "2", "zone": "X"}, "zone", "Zone Code X is not there."),
        (
            {"rack_from": "1", "rack_to": "2", "separator": "%2F"},
            "separator",
            "“/” cannot separate",
        ),
        (
            {"rack_from": "1", "rack_to": "2", "description": "x" * 101},
            "description",
            "Description has more than 100",
        ),
        (
            {"rack_from": "1", "rack_to": "2", "level_from": "2", "level_to": "1"},
            "level_from",
            "Level: “2” comes after “1”.",
        ),
    ],
)
def test_a_template_that_makes_no_bins_says_why(
    supervisor: PageClient, asked: dict[str, str], field: str, said: str
) -> None:
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    page = supervisor.get(f"{WHITE}/create-bins?preview=yes&{query}")
    assert page.status == 422
    assert said in page.words
    assert at_fault(page) == {field}
    assert text(page, "rack_from") == asked["rack_from"]


def test_a_preview_says_what_is_there_already_and_writes_nothing(
    supervisor: PageClient, web_database: Database
) -> None:
    page = supervisor.get(f"{WHITE}/create-bins?preview=yes&rack_from=A-1&rack_to=A-20&zone=pick")
    assert "17 bins would be created." in page.words
    assert "3 bins are there already and stay as they are: A-1, A-2, A-3" in page.words
    with web_database.read() as session:
        assert session.scalar(select(func.count(Bin.id))) == 3
    made = supervisor.post_form(f"{WHITE}/create-bins", page, "creation")
    assert "17 bins are created." in supervisor.follow(made).words
    with web_database.read() as session:
        assert session.scalar(select(func.count(Bin.id))) == 20
    again = supervisor.post_form(
        f"{WHITE}/create-bins", page, "creation", request_id=str(uuid.uuid4())
    )
    assert again.status == 422
    assert "All 20 bins are there already." in again.words


def test_many_bins_that_are_there_are_named_in_part(supervisor: PageClient) -> None:
    path = f"{WHITE}/create-bins"
    page = supervisor.get(f"{path}?preview=yes&rack_from=R1&rack_to=R12")
    supervisor.post_form(path, page, "creation")
    page = supervisor.get(f"{path}?preview=yes&rack_from=R1&rack_to=R13")
    assert "R10 and others" in page.words


PAGES = ("/bin-types", "/locations", ZONES, BINS)


@pytest.mark.parametrize(
    "path",
    [*PAGES, *(f"{path}/new" for path in PAGES), WHITE, f"{BINS}/A-1", f"{WHITE}/create-bins"],
)
def test_the_pages_are_the_supervisors(worker: PageClient, path: str) -> None:
    assert worker.get(path).status == 403

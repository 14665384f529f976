"""Setting up a warehouse: bin types, a location, its zones and its bins, by HTTP only."""

from collections.abc import Callable

from tests.flows.handheld import Handheld
from tests.flows.test_set_up_items import choose, chosen, tell_me
from tests.web.page_client import Page, PageClient

SignIn = Callable[[str], Handheld]

LIST = "/locations"
EAST = f"{LIST}/EAST"


def add(pages: PageClient, path: str, **fields: str) -> Page:
    made = pages.post_form(path, pages.get(f"{path}/new"), "card", **fields)
    return pages.follow(made)


def save(pages: PageClient, path: str, **fields: str) -> Page:
    return pages.post_form(path, pages.get(path), "card", **fields)


def create_bins(pages: PageClient, path: str, **typed: str) -> Page:
    """Preview a template, and create what it shows."""
    asked = "&".join(f"{name}={value}" for name, value in typed.items())
    preview = pages.get(f"{path}/create-bins?preview=yes&{asked}")
    assert preview.status == 200, preview.words
    return pages.follow(pages.post_form(f"{path}/create-bins", preview, "creation"))


def is_on(page: Page, name: str) -> bool:
    [switch] = page.all("input", type="checkbox", name=name)
    return switch.get("checked") is not None


def add_east(pages: PageClient) -> None:
    add(pages, LIST, code="east", name="East hall", time_zone="Europe/Berlin")
    add(pages, f"{EAST}/zones", code="pick", bin_type="PUTPICK", zone_ranking="100")
    add(pages, f"{EAST}/zones", code="qc", bin_type="QC")


def test_to_set_up_a_directed_location_with_its_bins(handheld: SignIn) -> None:
    worker = handheld("SUPERVISOR")
    pages = worker.pages
    assert tell_me(pages, "Location Card").h1 == "Locations"
    add_east(pages)
    listed = create_bins(
        pages,
        EAST,
        zone="PICK",
        rack_from="E-01",
        rack_to="E-02",
        section_from="01",
        section_to="06",
        level_from="1",
        level_to="2",
        separator="-",
    )
    assert "24 bins are created." in listed.words
    assert "E-01-01-1" in listed.words
    add(pages, f"{EAST}/bins", code="E-ADJ", zone="QC")

    refused = save(pages, EAST, directed_put_away_and_pick="on")
    assert "Directed Put-away and Pick needs Bin Mandatory." in refused.words
    switches = {"bin_mandatory": "on", "directed_put_away_and_pick": "on"}
    refused = save(pages, EAST, **switches)
    assert "needs an Adjustment Bin" in refused.words
    saved = pages.follow(
        pages.post_form(EAST, refused, "card", adjustment_bin="e-adj", receipt_bin="E-01-01-1")
    )
    assert "The card is saved." in saved.words
    for name in ("require_receive", "require_pick", "use_cross_docking", "check_warehouse_class"):
        assert is_on(saved, name)
    assert "Directed Put-away and Pick No Yes" in " ".join(saved.words.split())
    # What is locked is not sent by a browser, and stays.
    again = pages.follow(pages.post_form(EAST, saved, "card", name="East hall, new"))
    assert is_on(again, "require_receive")

    card = choose(pages, pages.get(f"{EAST}/bins?q=E-02"), "Edit E-02-06-2")
    assert chosen(card, "bin_type") == "PUTPICK"
    [ranking] = card.all("input", name="bin_ranking")
    assert ranking.get("value") == "100"
    saved = pages.follow(save(pages, f"{EAST}/bins/E-02-06-2", block_movement="All"))
    assert "E-02-06-2" in pages.get(f"{EAST}/bins?blocked=yes").words
    assert "E-02-06-1" not in pages.get(f"{EAST}/bins?blocked=yes").words


def test_the_adjustment_bin_is_guarded(handheld: SignIn) -> None:
    pages = handheld("SUPERVISOR").pages
    path = f"{LIST}/WHITE/bins/W-11-0001"
    page = pages.get(path)
    assert "This is the adjustment bin" in page.words
    refused = pages.post_form(path, page, "card", block_movement="All")
    assert refused.status == 422
    assert "Bin W-11-0001 is the adjustment bin: Block Movement does not go" in refused.words
    refused = pages.post_form(f"{path}/removal", page, "removal")
    assert "in use: Adjustment Bin Code." in refused.words
    refused = save(pages, f"{LIST}/WHITE", adjustment_bin="W-10-0002")
    assert "holds differences that were not posted yet" in refused.words
    refused = save(pages, f"{LIST}/WHITE", receipt_bin="W-11-0001")
    assert "Bin W-11-0001 is the adjustment bin: Receipt Bin Code" in refused.words


def test_a_new_bin_can_be_scanned_at_once_and_a_deleted_one_no_more(handheld: SignIn) -> None:
    worker = handheld("SUPERVISOR")
    path = f"{LIST}/WHITE/bins"
    add(worker.pages, path, code="w-20-0001", zone="BULK", description="New shelf")
    worker.open("/look-up")
    assert worker.scan("W-20-0001").goto.startswith("/look-up?code=W-20-0001")
    page = worker.pages.get(f"{path}/W-20-0001")
    assert "Nothing lies in this bin." in page.words
    gone = worker.pages.post_form(f"{path}/W-20-0001/removal", page, "removal")
    assert "It is removed." in worker.pages.follow(gone).words
    assert "W-20-0001" not in worker.pages.get(f"{path}?q=W-20").words
    worker.open("/look-up")
    assert "W-20-0001" not in worker.scan("W-20-0001").goto


def test_what_is_in_use_stays(handheld: SignIn) -> None:
    pages = handheld("SUPERVISOR").pages
    for path, said in (
        ("/bin-types/PUTPICK", "Bin Type PUTPICK stays, because it is in use: bins."),
        (f"{LIST}/WHITE", "Location WHITE stays, because it is in use: bins."),
        (f"{LIST}/WHITE/zones/PICK", "Zone PICK stays, because it is in use: bins."),
        (f"{LIST}/WHITE/bins/W-01-0101", "in use: it holds stock."),
    ):
        refused = pages.post_form(f"{path}/removal", pages.get(path), "removal")
        assert refused.status == 422
        assert said in refused.words
    lying = pages.get(f"{LIST}/WHITE/bins/W-01-0101")
    assert "DR-1002" in lying.words
    refused = save(pages, f"{LIST}/WHITE/bins/W-01-0101", dedicated="on")
    assert "Dedicated of bin W-01-0101 stays as it is: it holds stock." in refused.words
    refused = save(pages, f"{LIST}/WHITE/bins/W-01-0101", zone="BULK")
    assert "Zone Code of bin W-01-0101 stays as it is" in refused.words


def test_a_bin_type_is_added_changed_and_removed(handheld: SignIn) -> None:
    pages = handheld("SUPERVISOR").pages
    assert tell_me(pages, "Bin Types").h1 == "Bin Types"
    made = add(pages, "/bin-types", code="stage", description="Staging", ship="on")
    assert (made.h1, is_on(made, "ship")) == ("STAGE", True)
    saved = pages.follow(save(pages, "/bin-types/STAGE", receive="on"))
    assert is_on(saved, "receive")
    gone = pages.post_form("/bin-types/STAGE/removal", saved, "removal")
    assert "STAGE" not in pages.follow(gone).words


def test_a_worker_does_not_see_the_pages(handheld: SignIn) -> None:
    pages = handheld("WORKER1").pages
    assert "Bin Types" not in pages.get("/menu").words
    for path in (LIST, "/bin-types", f"{LIST}/WHITE/bins", f"{LIST}/WHITE/create-bins"):
        assert pages.get(path).status == 403

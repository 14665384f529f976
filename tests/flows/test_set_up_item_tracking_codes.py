"""Setting up item tracking codes, by HTTP only: new codes, expiration rules, warranties."""

from collections.abc import Callable

from tests.flows.handheld import Handheld
from tests.web.page_client import Page, PageClient

SignIn = Callable[[str], Handheld]

LIST = "/item-tracking-codes"


def save(pages: PageClient, code: str, **fields: str) -> Page:
    """Open the card from the list, change fields of it, and save."""
    page = choose(pages, pages.get(LIST), "Edit", code)
    return pages.post_form(f"{LIST}/{code}", page, "card", **fields)


def choose(pages: PageClient, page: Page, action: str, code: str = "") -> Page:
    """Follow the action of the page, of one code where it is named."""
    wanted = f"{action} {code}".strip()
    [address] = {
        link.get("href")
        for link in page.all("a")
        if " ".join("".join(link.itertext()).split()) == wanted
    }
    return pages.get(address)


def untick(pages: PageClient, card: Page, code: str, name: str) -> Page:
    """Save a card with one switch off, which a browser tells by not sending it."""
    assert is_on(card, name)
    sent = {
        field.get("name"): field.get("value", "")
        for field in card.form("card", "").iter()
        if field.get("name") not in (None, name)
        and field.get("disabled") is None
        and (field.get("type") != "checkbox" or field.get("checked") is not None)
    }
    return pages.post(f"{LIST}/{code}", **sent)


def is_on(page: Page, name: str) -> bool:
    [switch] = page.all("input", type="checkbox", name=name)
    return switch.get("checked") is not None


def is_locked(page: Page, name: str) -> bool:
    [switch] = page.all("input", type="checkbox", name=name)
    return switch.get("disabled") is not None


def test_to_set_up_item_tracking_codes(handheld: SignIn) -> None:
    pages = handheld("SUPERVISOR").pages
    page = choose(pages, pages.get(LIST), "New")
    made = pages.post_form(LIST, page, "new", code="snall", description="Serial no., all the way")
    card = pages.follow(made)
    assert card.h1 == "SNALL"
    assert made.location.startswith(f"{LIST}/SNALL")
    assert {"General", "Serial No.", "Lot No.", "Package Tracking", "Misc."} <= {
        "".join(heading.itertext()).strip() for heading in card.all("h2")
    }

    saved = pages.follow(save(pages, "SNALL", serial_specific_tracking="on"))
    assert is_on(saved, "serial_specific_tracking")
    assert is_on(saved, "serial_warehouse_tracking")
    assert not is_locked(saved, "serial_warehouse_tracking")
    for flow in ("purchase_inbound", "sales_outbound", "transfer", "assembly_inbound"):
        assert is_on(saved, f"serial_{flow}_tracking")
        assert is_locked(saved, f"serial_{flow}_tracking")
    assert not is_on(saved, "lot_purchase_inbound_tracking")

    saved = pages.follow(save(pages, "SNALL", lot_sales_outbound_tracking="on"))
    assert is_on(saved, "lot_sales_outbound_tracking")
    assert "SNALL" in pages.get(LIST).words


def test_to_set_up_expiration_rules_for_serial_or_lot_numbers(handheld: SignIn) -> None:
    pages = handheld("SUPERVISOR").pages
    pages.post_form(LIST, pages.get(f"{LIST}/new"), "new", code="DATES")
    saved = pages.follow(
        save(pages, "DATES", strict_expiration_posting="on", require_expiration_date_entry="on")
    )
    assert is_on(saved, "strict_expiration_posting")
    assert is_on(saved, "require_expiration_date_entry")
    assert is_on(saved, "use_expiration_dates")


def test_dates_that_were_posted_stay_in_use(handheld: SignIn) -> None:
    pages = handheld("SUPERVISOR").pages
    card = choose(pages, pages.get(LIST), "Edit", "LOTCALC")
    refused = untick(pages, card, "LOTCALC", "use_expiration_dates")
    assert refused.status == 422
    assert "Use Expiration Dates cannot be switched off: item 3030 has entries" in refused.words


def test_to_set_up_warranties_for_serial_or_lot_numbers(handheld: SignIn) -> None:
    pages = handheld("SUPERVISOR").pages
    pages.post_form(LIST, pages.get(f"{LIST}/new"), "new", code="WARRANTY")
    saved = pages.follow(
        save(pages, "WARRANTY", warranty_date_formula="<2y>", require_warranty_date_entry="on")
    )
    [formula] = saved.all("input", name="warranty_date_formula")
    assert formula.get("value") == "2Y"
    assert is_on(saved, "require_warranty_date_entry")
    assert "Require Warranty Date Entry" in saved.words
    refused = save(pages, "WARRANTY", warranty_date_formula="two years")
    assert refused.status == 422
    assert "“two years” is not a date formula" in refused.words
    [formula] = refused.all("input", name="warranty_date_formula")
    assert formula.get("value") == "two years"


def test_a_code_that_has_been_posted_with_keeps_its_tracking(handheld: SignIn) -> None:
    pages = handheld("SUPERVISOR").pages
    refused = save(pages, "SNSALE", lot_specific_tracking="on")
    assert refused.status == 422
    assert "Lot Specific Tracking cannot be changed: item 2050 has" in refused.words
    assert is_on(refused, "lot_specific_tracking")
    assert not is_on(pages.get(f"{LIST}/SNSALE"), "lot_specific_tracking")


def test_a_worker_does_not_see_the_pages(handheld: SignIn) -> None:
    pages = handheld("WORKER1").pages
    assert "Item Tracking Codes" not in pages.get("/menu").words
    assert pages.get(LIST).status == 403
    assert pages.get(f"{LIST}/SN").status == 403

"""The walk through the demo warehouse on which every state of the guide is looked at once.

The walk knows nothing of a browser: whoever takes it brings a `Walker`. This module must import
nothing but the standard library, as all of tools/ but guide.py.
"""

from typing import Protocol

DONE = ".notice[data-tone=ok]"


class Walker(Protocol):
    """Somebody with a page of the app in front of them."""

    def look(self, name: str) -> None:
        """Look at the state of the page that has this name in the guide."""

    def go(self, path: str, name: str = "") -> None:
        """Open a page and, where it has a name, look at it."""

    def sign_in(self, user_name: str) -> None:
        """Sign in as somebody else than before."""

    def press(self, label: str) -> None:
        """Press the first button that says so."""

    def click(self, selector: str) -> None:
        """Click the first of what a selector finds."""

    def show(self, selector: str) -> None:
        """Bring what a selector finds under the header of the page."""

    def wait_for(self, selector: str) -> None:
        """Wait until the first of what a selector finds is seen."""

    def fill(self, label: str, text: str) -> None:
        """Type into the field with a label."""

    def choose(self, label: str, value: str) -> None:
        """Choose a value in the list with a label."""

    def scan(self, *codes: str, name: str = "") -> None:
        """Scan codes, each after the answer to the one before; then look, where it has a name."""

    def type_scan(self, code: str) -> None:
        """Scan a code as a scanner that types, without waiting."""

    def answer(self, kind: str, value: str) -> None:
        """Give what the page asks for in a field of its own; kind is the field's type."""

    def tell(self, text: str) -> None:
        """Open Tell Me by its keys, type, and wait until something is found."""

    def lose_the_radio(self) -> None:
        """Be without a network from now on."""

    def find_the_radio(self) -> None:
        """Have a network again."""


def walk(walker: Walker) -> None:
    """Go through the main job and look at every picture of the guide once."""
    _arrive(walker)
    _put_away(walker)
    _pick(walker)
    _look_up(walker)
    walker.sign_in("WORKER2")
    _count(walker)
    walker.sign_in("SUPERVISOR")
    _supervise(walker)
    _sync(walker)
    _set_up_tracking(walker)
    _set_up_items(walker)
    _set_up_item_parts(walker)
    _describe_numbers(walker)
    _administer(walker)


def _arrive(walker: Walker) -> None:
    walker.go("/sign-in", "sign-in")
    walker.fill("User name", "WORKER1")
    walker.fill("Password", "not the password")
    walker.press("Sign in")
    walker.wait_for(".field-error, .outcome")
    walker.look("sign-in-refused")
    walker.sign_in("WORKER1")
    walker.look("home")
    walker.go("/menu", "menu")
    walker.go("/put-aways/PA-00001")
    walker.tell("count")
    walker.look("tell-me")
    walker.go("/tell-me?q=count", "tell-me-page")
    walker.go("/sync", "refused")


def _put_away(walker: Walker) -> None:
    walker.go("/put-aways", "put-aways")
    walker.go("/put-aways/PA-00001", "put-away")
    walker.scan("CONTAINER010", name="put-away-unit-given")
    walker.scan("W-01-0101", name="put-away-refused")
    walker.go("/put-aways/PA-00001")
    walker.scan("CONTAINER010")
    walker.lose_the_radio()
    walker.type_scan("W-02-0401")
    walker.wait_for("#unsent:not([hidden])")
    walker.wait_for(".outcome[data-outcome=waiting]")
    walker.look("put-away-waiting")
    walker.find_the_radio()
    walker.wait_for("#register .button-primary")
    walker.look("put-away-complete")
    walker.press("Register")
    walker.wait_for(DONE)
    walker.look("put-away-registered")


def _pick(walker: Walker) -> None:
    walker.go("/picks", "picks")
    walker.go("/picks/PI-00001", "pick")
    walker.scan("P2401", name="pick-refused")
    walker.scan("P2402", "W-01-0202", name="pick-quantity")
    walker.scan("P2403", "W-02-0101", name="pick-next-line")


def _look_up(walker: Walker) -> None:
    walker.go("/look-up", "look-up")
    walker.go("/look-up?code=1001", "look-up-choose")
    walker.go("/look-up?code=W-01-0501", "look-up-found")


def _count(walker: Walker) -> None:
    walker.go("/counts", "counts")
    walker.go("/counts/COUNT-01", "count")
    walker.scan("W-01-0101", name="count-bin-open")
    walker.scan("(01)09521234020103(21)1001", "DR-1003", name="count-found")
    walker.scan("DR-1004", name="count-attention")
    walker.scan("W-01-0101", name="count-register")
    walker.scan("W-02-0102", "CB01", name="count-quantity")
    walker.answer("text", "12")
    walker.scan("(01)09521234030300(10)CB03", name="count-date")
    walker.answer("date", "2027-04-23")
    walker.answer("text", "5")
    walker.scan("CB01", name="count-add-or-replace")
    walker.answer("text", "0")
    walker.scan("W-02-0102")
    # The drill that lay in another bin is registered with the bin it is missing from.
    walker.scan("W-01-0102", "DR-1005", "1044", "W-01-0102")
    walker.press("Register")
    walker.wait_for(DONE)


def _supervise(walker: Walker) -> None:
    walker.look("home-supervisor")
    walker.go("/counts", "counts-calculate")
    walker.go("/documents", "documents")
    walker.press("Create pick")
    walker.wait_for(DONE)
    walker.look("documents-pick-made")


def _sync(walker: Walker) -> None:
    walker.go("/sync", "sync")
    walker.press("Calculate")
    walker.wait_for("#post .button-primary")
    walker.look("sync-calculated")
    walker.click("#post .button-primary")
    walker.wait_for(DONE)
    walker.look("sync-posted")


def _set_up_tracking(walker: Walker) -> None:
    walker.go("/set-up", "set-up")
    walker.go("/item-tracking-codes", "tracking-codes")
    walker.go("/item-tracking-codes/new", "tracking-code-new")
    walker.fill("Code", "LOTALL")
    walker.fill("Description", "Lot no. in every flow")
    walker.press("Create")
    walker.wait_for("#card")
    walker.look("tracking-code")
    walker.click("#title-lot")
    walker.click("#lot_specific_tracking")
    walker.wait_for("#lot_transfer_tracking[disabled]")
    walker.look("tracking-code-specific")
    walker.go("/item-tracking-codes/SNSALE")
    walker.click("#title-lot")
    walker.click("#lot_specific_tracking")
    walker.wait_for("#lot_specific_tracking-error")
    walker.look("tracking-code-refused")
    walker.go("/item-tracking-codes/LOTEXP")
    walker.show("#tab-misc")
    walker.look("tracking-code-expiration")
    walker.go("/item-tracking-codes/SN")
    walker.show("#tab-misc")
    walker.look("tracking-code-warranty")


def _set_up_items(walker: Walker) -> None:
    walker.go("/items", "items")
    walker.go("/items/new", "item-new")
    walker.go("/items/3030", "item")
    walker.click("#expiration_calculation")
    walker.fill("Expiration Calculation", "CM+1M-10D")
    walker.wait_for("#expiration_calculation-preview p:has-text('2026')")
    walker.look("item-formula")
    walker.go("/items/2010")
    walker.choose("Item Tracking Code", "LOT")
    walker.press("Save")
    walker.wait_for("#item_tracking_code-error")
    walker.look("item-refused")


def _set_up_item_parts(walker: Walker) -> None:
    walker.go("/items/3020/references", "item-references")
    walker.go("/items/3010/references/new", "item-reference-new")
    walker.fill("Reference No.", "VENDOR-77")
    walker.press("Add row")
    walker.wait_for("#references-others")
    walker.look("item-reference-other")
    walker.go("/items/3020/units")
    walker.click("#tab-units a:has-text('Edit')")
    walker.wait_for("#edit-units")
    walker.fill("Qty. per Unit of Measure", "6")
    walker.press("Save row")
    walker.wait_for("#units-qty_per_unit_of_measure-error")
    walker.look("item-unit-refused")
    walker.go("/units-of-measure", "units-of-measure")
    walker.go("/units-of-measure/new", "unit-of-measure-new")
    walker.go("/units-of-measure/BOX", "unit-of-measure")


def _describe_numbers(walker: Walker) -> None:
    walker.go("/look-up?code=P2399", "look-up-blocked")
    walker.go("/lot-no-information", "lot-cards")
    walker.go("/lot-no-information/new?item_no=3030&number=CB02", "lot-card-new")
    walker.go("/lot-no-information?q=P2399")
    walker.click("#cards .button")
    walker.wait_for("#card")
    walker.look("lot-card")
    walker.click("details:has(#removal) > summary")
    walker.press("Delete")
    walker.wait_for(".outcome[data-outcome=refused]")
    walker.look("lot-card-refused")
    walker.go("/package-no-information", "package-cards")
    walker.go("/package-no-information/new", "package-card-new")
    walker.go("/package-no-information/1", "package-card")
    walker.go("/serial-no-information", "serial-cards")
    walker.go("/serial-no-information/new?item_no=2010&number=1044")
    walker.click("#blocked")
    walker.fill("Description", "Returned, not checked yet")
    walker.look("serial-card-new")
    walker.press("Create")
    walker.wait_for(".outcome[data-outcome=accepted]")
    walker.look("serial-card")
    walker.go("/sync", "sync-waiting")


def _administer(walker: Walker) -> None:
    walker.go("/warehouse-employees", "employees")
    walker.click("details.unfold summary")
    walker.look("employees-change")
    walker.go("/demo-labels", "demo-labels")
    walker.go("/demo-labels/bin-sheets", "demo-bin-sheets")
    walker.go("/demo-labels/bins", "demo-bins")
    walker.go("/demo-labels/packages", "demo-packages")

"""The walk through the demo warehouse on which every state of the guide is looked at once.

The walk knows nothing of a browser: whoever takes it brings a `Walker`. This module must import
nothing but the standard library, as all of tools/ but guide.py.
"""

from tools.guide_walk_documents import type_documents
from tools.guide_walk_journals import enter_item_reclassification, enter_warehouse_journals
from tools.guide_walk_packages import import_package
from tools.guide_walk_set_up import set_up
from tools.guide_walker import Walker

DONE = ".notice[data-tone=ok]"
NOTED = ".outcome[data-outcome=accepted]:has-text('Missing in')"


def walk(walker: Walker) -> None:
    """Go through the main job and look at every picture of the guide once."""
    _arrive(walker)
    _put_away(walker)
    _pick(walker)
    _move(walker)
    _look_up(walker)
    walker.sign_in("WORKER2")
    _count(walker)
    walker.sign_in("SUPERVISOR")
    _supervise(walker)
    _sync(walker)
    set_up(walker)
    enter_warehouse_journals(walker)
    enter_item_reclassification(walker)
    import_package(walker)
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
    walker.scan("W-01-0101", name="put-away-other-bin")
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
    walker.go("/assignments/put-away/PA-00001", "assignment")
    walker.go("/end-of-shift", "end-of-shift")
    walker.go("/put-aways/PA-00001")
    walker.press("Register")
    walker.wait_for(DONE)
    walker.look("put-away-registered")


def _pick(walker: Walker) -> None:
    walker.go("/picks", "picks")
    walker.go("/picks/PI-00001", "pick")
    walker.scan("P2401", name="pick-refused")
    walker.scan("P2402", "W-01-0202", name="pick-quantity")
    walker.click(".missing-form summary")
    walker.look("pick-missing")
    walker.click(".missing-form button[value='NOT FOUND']")
    walker.wait_for(NOTED)
    walker.look("pick-next-line")
    walker.press("Register what is scanned")
    walker.wait_for(DONE)


def _move(walker: Walker) -> None:
    walker.go("/move", "move")
    walker.scan("CA-77", name="move-in-hand")
    walker.scan("W-04-0301", name="move-registered")


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
    walker.click("a[href$='/pick']")
    walker.wait_for("#pick")
    walker.look("documents-pick")
    walker.press("Create pick")
    walker.wait_for(DONE)
    walker.look("documents-pick-made")
    walker.go("/floor", "floor")
    walker.go("/short-picks", "short-picks")
    walker.go("/registered-documents", "registered-documents")
    walker.go("/registered-documents/put-away/RPA-00001", "registered-document")
    walker.go("/registered-documents/put-away/RPA-00001/move-back", "move-back")
    type_documents(walker)


def _sync(walker: Walker) -> None:
    walker.go("/sync", "sync")
    walker.press("Calculate")
    walker.wait_for("#post .button-primary")
    walker.look("sync-calculated")
    walker.click("#post .button-primary")
    walker.wait_for(DONE)
    walker.look("sync-posted")


def _administer(walker: Walker) -> None:
    walker.go("/warehouse-employees", "employees")
    walker.click("details.unfold summary")
    walker.look("employees-change")
    walker.go("/demo-labels", "demo-labels")
    walker.go("/demo-labels/bin-sheets", "demo-bin-sheets")
    walker.go("/demo-labels/bins", "demo-bins")
    walker.go("/demo-labels/packages", "demo-packages")

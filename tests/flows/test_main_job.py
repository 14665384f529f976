"""The main job, by HTTP only: put away, pick, count, sync; as the walk of the demo goes."""

from collections.abc import Callable

import pytest

from tests.flows.handheld import Handheld

SignIn = Callable[[str], Handheld]
pytestmark = pytest.mark.usefixtures("ledgers_are_clean_afterwards")


def test_one_scan_of_the_package_and_one_of_the_bin_put_six_lines_away(handheld: SignIn) -> None:
    worker = handheld("WORKER1")
    worker.open("/put-aways")
    found = worker.scan("CONTAINER010")
    assert found.goto == "/put-aways/PA-00001"

    worker.open(found.goto)
    assert worker.scan("CONTAINER010").code == "PackageGiven"
    placed = worker.scan("W-02-0401")
    assert (placed.result, placed.code) == ("accepted", "LinesPlaced")
    page = worker.open(found.goto)
    assert "Everything is scanned" in page.words

    after = worker.press(page, "register")
    assert "PA-00001 is registered" in after.words
    looked_up = worker.pages.get("/look-up?code=CONTAINER010")
    assert "W-02-0401" in looked_up.words
    assert "W-08-0001" not in looked_up.words


def test_units_and_their_bins_in_either_order(handheld: SignIn) -> None:
    worker = handheld("WORKER1")
    worker.open("/put-aways/PA-00002")
    assert worker.scan("FX-5101").code == "UnitGiven"
    assert worker.scan("W-01-0601").code == "Placed"
    assert worker.scan("W-01-0601").code == "BinGiven"
    assert worker.scan("FX-5102").code == "Placed"
    assert worker.scan("FX-5102").code == "AlreadyTaken"
    assert worker.scan("FX-5103").code == "UnitGiven"
    warned = worker.scan("W-03-0201")
    assert (warned.result, warned.code) == ("attention", "OtherBin")


def test_a_split_place_takes_what_fits_and_is_registered_in_parts(handheld: SignIn) -> None:
    worker = handheld("WORKER1")
    worker.open("/put-aways/PA-00002")
    assert worker.scan("P2404").code == "UnitGiven"
    placed = worker.scan("W-03-0201")
    assert "2 BOX" in placed.message
    page = worker.open("/put-aways/PA-00002")
    after = worker.press(page, "register")
    assert "The rest stays open" in after.words
    worker.open("/put-aways/PA-00002")
    worker.scan("P2404")
    assert "1 BOX" in worker.scan("W-03-0302").message


def test_a_pick_refuses_the_expired_lot_and_takes_a_free_serial(handheld: SignIn) -> None:
    worker = handheld("WORKER1")
    worker.open("/picks/PI-00001")
    assert worker.scan("P2401").code == "NumberExpired"
    assert worker.scan("P2399").code in {"NumberBlocked", "NumberDiffers"}
    assert worker.scan("P2402").code == "UnitGiven"
    assert "8 CAN" in worker.scan("W-01-0202").message
    assert worker.scan("P2403").code == "UnitGiven"
    assert "1 CAN" in worker.scan("W-02-0101").message
    drill = worker.scan("1001")
    assert (drill.code, "2010" in drill.message) == ("Taken", True)
    assert worker.scan("FX-5001").code == "Taken"
    page = worker.open("/picks/PI-00001")
    assert "PI-00001 is registered" in worker.press(page, "register").words


def test_a_short_pick_registers_what_is_there(handheld: SignIn) -> None:
    worker = handheld("WORKER2")
    worker.open("/picks/PI-00002")
    worker.scan("CB01")
    assert "12 BAG" in worker.scan("W-02-0102").message
    worker.scan("CB02")
    assert "2 BAG" in worker.scan("W-02-0201").message
    worker.scan("9521234030119")
    assert "5 PCS" in worker.scan("W-01-0402").message
    worker.scan("LOT0100")
    assert worker.type("25").code == "QuantityAboveOutstanding"
    worker.scan("LOT0100")
    assert worker.type("15").code == "QuantityGiven"
    assert "15 M" in worker.scan("W-01-0401").message
    page = worker.open("/picks/PI-00002")
    assert "The rest stays open" in worker.press(page, "register").words


def test_the_chair_example_is_picked_with_one_scan_and_shipped(handheld: SignIn) -> None:
    worker, supervisor = handheld("WORKER1"), handheld("SUPERVISOR")
    worker.open("/put-aways/PA-00001")
    worker.scan("CONTAINER010")
    worker.scan("W-02-0401")
    worker.press(worker.open("/put-aways/PA-00001"), "register")

    documents = supervisor.open("/documents")
    after = supervisor.press(documents, "pick-SH-00003")
    pick = after.words.partition("Pick ")[2].partition(" ")[0]
    worker.open(f"/picks/{pick}")
    taken = worker.scan("CONTAINER010")
    assert (taken.result, taken.code) == ("accepted", "LinesTaken")
    worker.press(worker.open(f"/picks/{pick}"), "register")
    shipped = supervisor.press(supervisor.open("/documents"), "post-SH-00003")
    assert "The shipment is posted" in shipped.words
    assert "Nothing of it lies" in worker.pages.get("/look-up?code=CONTAINER010").words


def count_everything(worker: Handheld) -> None:
    """Count COUNT-01 as the sheets “What lies in the bin” say."""
    worker.open("/counts/COUNT-01")
    assert worker.scan("W-01-0101").code == "BinOpened"
    # 1001 is a chair too; the one booked here is the drill.
    assert worker.scan("1001").code == "Counted"
    assert worker.scan("DR-1003").code == "Counted"
    assert worker.scan("dr-1003").code == "SerialAlreadyCounted"
    elsewhere = worker.scan("DR-1004")
    assert (elsewhere.code, "W-01-0102" in elsewhere.message) == ("CountedElsewhere", True)
    assert worker.scan("W-01-0101").code == "BinClosed"

    worker.scan("W-01-0102")
    worker.scan("DR-1005")
    assert worker.scan("1044").result == "accepted"
    assert worker.scan("W-01-0102").code == "BinClosed"

    worker.scan("W-02-0102")
    assert worker.scan("CB01").code == "AskQuantity"
    assert worker.type("12").code == "Counted"
    assert worker.scan("(01)09521234030300(10)CB03").code == "AskExpirationDate"
    assert worker.type("2027-04-22", "expiration-date").code == "AskQuantity"
    assert worker.type("5").code == "CountedUnexpected"
    assert worker.scan("W-02-0102").code == "BinClosed"

    worker.scan("W-02-0201")
    worker.scan("CB02")
    worker.type("21")
    worker.scan("W-02-0201")

    worker.scan("W-02-0202")
    assert worker.scan("PKG-000101").code == "AskQuantity"
    worker.type("5")
    assert worker.scan("9521234030409").code == "AskNumber"
    assert worker.scan("PKG-000777").code == "AskQuantity"
    assert worker.type("7").code == "CountedUnexpected"
    assert worker.scan("HELLO-42").code == "UnknownCode"
    assert worker.scan("W-02-0202").code == "BinClosed"

    worker.scan("W-03-0401")
    assert worker.scan("W-03-0401").code == "ConfirmEmpty"
    assert worker.scan("W-03-0401").code == "BinClosedEmpty"


def test_the_count_with_its_surprises_reaches_the_item_ledger_once(handheld: SignIn) -> None:
    worker, supervisor = handheld("WORKER2"), handheld("SUPERVISOR")
    count_everything(worker)
    page = worker.open("/counts/COUNT-01")
    assert "Registers 6 bins; 0 remain" in page.words
    assert "6 bins are registered, 0 remain" in worker.press(page, "register").words

    calculated = supervisor.press(supervisor.open("/sync"), "calculate")
    rows = [row for row in calculated.all("tr") if "Refused" in "".join(row.itertext())]
    assert len(rows) == 1
    assert "1044" in "".join(rows[0].itertext())
    assert "SILVER" in "".join(rows[0].itertext())
    again = supervisor.press(calculated, "calculate")
    assert again.words.count("Ready") == calculated.words.count("Ready")

    posted = supervisor.press(again, "post")
    assert "numbers are posted" in posted.words
    assert "1 item tracking number differs" in posted.words
    assert "1044" in posted.words


def test_a_bin_that_is_not_closed_is_not_registered(handheld: SignIn) -> None:
    worker, supervisor = handheld("WORKER2"), handheld("SUPERVISOR")
    worker.open("/counts/COUNT-01")
    worker.scan("W-02-0201")
    worker.scan("CB02")
    worker.type("24")
    worker.scan("W-02-0201")
    worker.scan("W-02-0102")
    page = supervisor.open("/counts/COUNT-01")
    after = supervisor.press(page, "register")
    assert "1 bin is registered, 5 remain" in after.words


def test_an_answer_leaves_the_lines_to_be_asked_for_until_all_is_scanned(handheld: SignIn) -> None:
    worker = handheld("WORKER1")
    worker.open("/put-aways/PA-00002")
    worker.scan("FX-5102")
    answer = worker.pages.client.post(
        "/scans",
        json={"scans": [worker.sent("W-01-0601")]},
        headers={"X-CSRFToken": worker.token, "HX-Request": "true"},
    ).text
    assert "1 line to register" in answer
    assert 'hx-get="/put-aways/PA-00002/lines"' in answer
    lines = worker.pages.client.get("/put-aways/PA-00002/lines").text
    assert lines.count("<li>") == 1
    assert "FX-5102" in lines
    [done] = worker.open("/put-aways/PA-00002").all("details", class_="done-lines")
    assert "FX-5102" in "".join(done.itertext())

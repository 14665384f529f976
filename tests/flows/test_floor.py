"""A supervisor watches the floor; a worker's next scan is there without a reload."""

from collections.abc import Callable

from tests.flows.handheld import Handheld

SignIn = Callable[[str], Handheld]


def test_the_floor_follows_the_work(handheld: SignIn) -> None:
    supervisor, worker = handheld("SUPERVISOR"), handheld("WORKER1")
    page = supervisor.pages.get("/floor")
    assert "Nobody has scanned here in this shift." in page.words
    assert "PA-00001" in page.words
    [part] = page.all("div", id_="floor")
    assert (part.get("hx-get"), part.get("hx-trigger")) == ("/floor/now", "every 15s")

    worker.open("/put-aways/PA-00001")
    worker.scan("CONTAINER010")
    worker.scan("W-02-0401")
    words = supervisor.pages.get("/floor/now").words
    for expected in ("Last scans WORKER1 PA-00001", "6 / 6", "1 begun", "Begun"):
        assert expected in words, (expected, words)
    worker.press(worker.open("/put-aways/PA-00001"), "register")
    page = supervisor.pages.get("/floor/now")
    assert "/put-aways/PA-00001" not in page.text
    assert "12:00 6" in page.words


def test_the_floor_is_for_supervisors(handheld: SignIn) -> None:
    worker = handheld("WORKER1")
    for path in ("/floor", "/floor/now"):
        assert worker.pages.client.get(path).status_code == 403

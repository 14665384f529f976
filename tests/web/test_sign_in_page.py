"""Signing in and out, and the choice of the location."""

from tests.passwords import PASSWORD
from tests.web.page_client import PageClient


def test_a_user_signs_in_and_lands_where_they_wanted_to_go(visitor: PageClient) -> None:
    asked = visitor.get("/menu")
    page = visitor.follow(asked)
    assert page.h1 == "Sign in"
    done = visitor.post_form("/sign-in", page, user_name="walt", password=PASSWORD)
    assert visitor.follow(done).h1 == "Menu"


def test_nobody_is_sent_to_another_site_after_signing_in(visitor: PageClient) -> None:
    for elsewhere in ("https://evil.test/", "//evil.test/", "/\\evil.test", "javascript:x"):
        page = visitor.get(f"/sign-in?next={elsewhere}")
        assert not page.all("input", name="next")


def test_a_wrong_password_keeps_the_user_name_and_says_the_way_out(visitor: PageClient) -> None:
    page = visitor.sign_in("walt", "wrong")
    assert page.status == 422
    assert "A supervisor can set a new password." in page.words
    assert page.all("input", name="user_name")[0].get("value") == "walt"
    assert page.all("input", name="password")[0].get("value") is None


def test_who_is_signed_in_needs_no_sign_in_page(worker: PageClient) -> None:
    assert worker.follow(worker.get("/sign-in")).h1 == "What waits for you"


def test_signing_out_closes_the_pages_and_can_be_pressed_twice(worker: PageClient) -> None:
    menu = worker.get("/menu")
    assert worker.follow(worker.post_form("/sign-out", menu)).h1 == "Sign in"
    assert worker.get("/").status == 303
    assert worker.post_form("/sign-out", menu).status == 303


def test_the_chosen_location_stays_for_the_session(worker: PageClient) -> None:
    page = worker.get("/menu")
    chosen = worker.post_form("/location", page, location="SILVER")
    assert worker.follow(chosen).h1 == "Menu"
    assert "at SILVER appear here" in worker.get("/").words


def test_the_default_location_is_chosen_at_sign_in(worker: PageClient) -> None:
    assert "at WHITE appear here" in worker.get("/").words


def test_a_location_of_others_is_refused(supervisor: PageClient, worker: PageClient) -> None:
    page = worker.get("/menu")
    refused = worker.post_form("/location", page, location="BLUE")
    assert refused.status == 422
    assert "You are not a warehouse employee of BLUE." in refused.words
    assert "not a warehouse employee of any location" in supervisor.get("/").words

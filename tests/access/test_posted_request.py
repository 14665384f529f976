"""A request does its work once, however often it is sent."""

import threading
from dataclasses import replace

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from scanner_app.access.posted_request import (
    Answer,
    PostedRequest,
    RequestIdentity,
    RequestReused,
    once,
)
from scanner_app.errors import RuleRefused
from scanner_app.inventory.reason_code import ReasonCode
from tests.builders import Warehouse
from tests.warehouse.masters import MOMENT


@pytest.fixture
def request_(white: Warehouse) -> RequestIdentity:
    return RequestIdentity("R-1", "digest", white.by.user_id, "counts.register", MOMENT)


def send(white: Warehouse, request: RequestIdentity) -> Answer:
    """A request whose work leaves a row behind."""

    def work(session: Session) -> Answer:
        made = len(session.scalars(select(ReasonCode)).all()) + 1
        session.add(ReasonCode(code=f"R{made}"))
        return {"made": made}

    return white.write(lambda session: once(session, request, work))


def rows(white: Warehouse) -> int:
    with white.database.read() as session:
        return len(session.scalars(select(ReasonCode)).all())


def test_the_second_time_gets_the_kept_answer(white: Warehouse, request_: RequestIdentity) -> None:
    assert send(white, request_) == send(white, request_) == {"made": 1}
    assert rows(white) == 1
    assert send(white, replace(request_, uuid="R-2")) == {"made": 2}


@pytest.mark.parametrize("other", [{"digest": "other"}, {"user_id": 2}])
def test_other_content_or_another_user_is_refused(
    white: Warehouse, request_: RequestIdentity, other: dict[str, object]
) -> None:
    white.add_user("OTHER")
    send(white, request_)
    with pytest.raises(RequestReused):
        send(white, replace(request_, **other))  # type: ignore[arg-type]
    assert rows(white) == 1


def test_an_id_in_small_letters_is_the_same_id(white: Warehouse, request_: RequestIdentity) -> None:
    small = replace(request_, uuid="3f2504e0-4f89-41d3-9a0c-0305e82c3301")
    assert send(white, small) == send(white, small) == {"made": 1}


def test_a_refusal_keeps_nothing_and_may_be_sent_again(
    white: Warehouse, request_: RequestIdentity
) -> None:
    def refuse(session: Session) -> Answer:
        session.add(ReasonCode(code="HALF"))
        raise RuleRefused

    with pytest.raises(RuleRefused):
        white.write(lambda session: once(session, request_, refuse))
    assert rows(white) == 0
    assert send(white, request_) == {"made": 1}


def test_two_who_send_the_same_at_once_get_the_same_answer(
    white: Warehouse, request_: RequestIdentity
) -> None:
    answers: list[Answer] = []
    begin = threading.Barrier(8)

    def press() -> None:
        begin.wait()
        answers.append(send(white, request_))

    threads = [threading.Thread(target=press) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [{"made": 1}] * 8
    assert rows(white) == 1


def test_an_answer_that_is_kept_is_final(white: Warehouse, request_: RequestIdentity) -> None:
    send(white, request_)
    for statement in ("UPDATE posted_request SET digest = 'x'", "DELETE FROM posted_request"):
        with pytest.raises(DBAPIError, match="append-only"):
            white.write(lambda session, sql=statement: session.execute(text(sql)))  # type: ignore[misc]
    with white.database.read() as session:
        assert session.scalars(select(PostedRequest.answer)).one() == {"made": 1}

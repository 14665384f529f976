"""Who does a put-away or pick: taken, given back, handed over (docs/domain.md 5.7)."""

import pytest
from sqlalchemy import select

from scanner_app.access.sign_in import Change
from scanner_app.access.user import User
from scanner_app.errors import RuleRefused
from scanner_app.warehouse.activity import ActivityType, WarehouseActivity
from scanner_app.warehouse.assignment import (
    AssignedMeanwhile,
    AssignedToOther,
    AssignedWork,
    AssigneeNotThere,
    Assigner,
    GivenBackMeanwhile,
    assign_activity,
    assigned_work,
    name_of_assigned,
    workers_at,
)
from scanner_app.warehouse.register_activity import DocumentGone
from tests.builders import Warehouse, another_location, lot
from tests.warehouse.documents import Part, receive, scan
from tests.warehouse.place_cards import logged


@pytest.fixture
def activity_id(white: Warehouse) -> int:
    """A put-away of two lines that nobody has, and a second worker."""
    white.change(white.location, require_put_away=True)
    white.add_user("OTHER")
    goods = white.add_item("LOT", "lot")
    return receive(white, Part(goods, 4, lot("L1")), Part(goods, 5, lot("L2")))


def by(white: Warehouse, user_name: str = "WORKER", *, is_supervisor: bool = False) -> Assigner:
    with white.database.read() as session:
        user_id = session.scalars(select(User.id).where(User.user_name == user_name)).one()
    return Assigner(user_id, is_supervisor, Change(white.by.at, user_id))


def assign(white: Warehouse, activity_id: int, to: str, seen: str, assigner: Assigner) -> str:
    return white.write(
        lambda session: assign_activity(
            session, activity_id, to_user_name=to, seen_user_name=seen, by=assigner
        )
    )


def who(white: Warehouse, activity_id: int) -> str:
    with white.database.read() as session:
        return name_of_assigned(session, session.get_one(WarehouseActivity, activity_id))


def test_it_is_taken_handed_over_and_given_back(white: Warehouse, activity_id: int) -> None:
    assert who(white, activity_id) == ""
    assert assign(white, activity_id, "worker", "", by(white)) == "WORKER"
    assert who(white, activity_id) == "WORKER"
    assert assign(white, activity_id, "OTHER", "worker ", by(white)) == "OTHER"
    assert logged(white, "warehouse_activity", "PU0001")["Assigned User ID"] == ("WORKER", "OTHER")
    assert assign(white, activity_id, "", "OTHER", by(white, "OTHER")) == ""
    with white.database.read() as session:
        activity = session.get_one(WarehouseActivity, activity_id)
    assert (activity.assigned_user_id, activity.assigned_at) == (None, None)


@pytest.mark.parametrize(
    ("to", "seen", "as_user", "refusal"),
    [
        ("OTHER", "WORKER", "OTHER", AssignedToOther),
        ("", "WORKER", "OTHER", AssignedToOther),
        ("OTHER", "", "WORKER", AssignedMeanwhile),
        ("NOBODY", "WORKER", "WORKER", AssigneeNotThere),
        ("\x00", "WORKER", "WORKER", AssigneeNotThere),
        ("GREENER", "WORKER", "WORKER", AssigneeNotThere),
    ],
)
def test_what_may_not_be_is_refused(
    white: Warehouse,
    activity_id: int,
    to: str,
    seen: str,
    as_user: str,
    refusal: type[RuleRefused],
) -> None:
    another_location(white, "GREEN", "G1").add_user("GREENER")
    assign(white, activity_id, "WORKER", "", by(white))
    with pytest.raises(refusal):
        assign(white, activity_id, to, seen, by(white, as_user))
    assert who(white, activity_id) == "WORKER"


def test_a_supervisor_takes_it_from_anybody(white: Warehouse, activity_id: int) -> None:
    assign(white, activity_id, "WORKER", "", by(white))
    supervisor = by(white, "OTHER", is_supervisor=True)
    assert assign(white, activity_id, "OTHER", "WORKER", supervisor) == "OTHER"
    with pytest.raises(GivenBackMeanwhile):
        assign(white, receive_more(white), "OTHER", "WORKER", supervisor)


def receive_more(white: Warehouse) -> int:
    return receive(white, Part(white.add_item("MORE"), 1))


def test_who_cannot_sign_in_gets_nothing(white: Warehouse, activity_id: int) -> None:
    with white.database.read() as session:
        other = session.scalars(select(User).where(User.user_name == "OTHER")).one()
        names = [user.user_name for user in workers_at(session, white.location)]
    assert names == ["OTHER", "WORKER"]
    white.change(other, disabled=True)
    with pytest.raises(AssigneeNotThere):
        assign(white, activity_id, "OTHER", "", by(white))


def test_what_is_registered_is_gone(white: Warehouse, activity_id: int) -> None:
    with pytest.raises(DocumentGone):
        assign(white, activity_id + 99, "WORKER", "", by(white))


def test_work_is_listed_with_how_far_it_is(white: Warehouse, activity_id: int) -> None:
    with white.database.read() as session:
        assert assigned_work(session, white.location) == []
    assign(white, activity_id, "WORKER", "", by(white))
    scan(white, activity_id, pairs=[1])
    scan(white, activity_id, quantity=2, pairs=[2])
    expected = AssignedWork(ActivityType.PUT_AWAY, "PU0001", "PR0001", "WORKER", 1, 2, 2)
    other = by(white, "OTHER").user_id
    with white.database.read() as session:
        assert assigned_work(session, white.location) == [expected]
        assert assigned_work(session, white.location, white.by.user_id) == [expected]
        assert assigned_work(session, white.location, other) == []

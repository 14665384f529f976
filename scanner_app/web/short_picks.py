"""Short picks: what workers did not find where a pick sent them, for who looks after it.

This module must never change stock: the bin is counted, or a journal adjusts it.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from flask import Blueprint, redirect, render_template, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from scanner_app.access.user import User
from scanner_app.inventory.item import Item, UnitOfMeasure
from scanner_app.inventory.item_tracking import numbers_of
from scanner_app.inventory.location import Location
from scanner_app.inventory.reason_code import ReasonCode
from scanner_app.warehouse.bin import Bin
from scanner_app.warehouse.short_pick import (
    NOT_SETTLED,
    ShortPick,
    count_open_short_picks,
    settle_short_pick,
)
from scanner_app.web.current import chosen_location, current_user_id, now, reading
from scanner_app.web.posting_once import post_once
from scanner_app.web.security import supervisor_required

blueprint = Blueprint("short_picks", __name__, url_prefix="/short-picks")

SHOWN_MAX = 100


@dataclass(frozen=True)
class ShortPickRow:
    """An open short pick; `numbers` are '' where the line named none."""

    id: int
    item_no: str
    description: str
    numbers: str
    bin_code: str
    quantity: Decimal
    unit: str
    reason: str
    user_name: str
    noted_at: datetime
    activity_no: str
    source_no: str


@blueprint.get("")
@supervisor_required
def show_list() -> str:
    """What is open at the location, the oldest first."""
    location, session = chosen_location(), reading()
    rows = short_pick_rows(session, location)
    total = count_open_short_picks(session, location)
    bins = sorted({row.bin_code for row in rows})
    return render_template(
        "short_picks/list.html", location=location, rows=rows, bins=bins, total=total
    )


@blueprint.post("/<int:short_pick_id>/settlement")
@supervisor_required
def settle(short_pick_id: int) -> AnyResponse:
    """The goods are there after all, or adjusted."""
    location, user_id, at = chosen_location(), current_user_id(), now()

    def work(session: Session) -> dict[str, object]:
        settle_short_pick(session, location, short_pick_id, user_id, at)
        return {}

    post_once(work)
    return redirect(url_for("short_picks.show_list", settled=1), 303)


def short_pick_rows(session: Session, location: Location) -> list[ShortPickRow]:
    """The open short picks of a location, in one look-up."""
    row = ShortPick
    statement = (
        select(row, Item, Bin.code, UnitOfMeasure.code, ReasonCode, User.user_name)
        .join(Item, Item.id == row.item_id)
        .join(Bin, Bin.id == row.bin_id)
        .join(UnitOfMeasure, UnitOfMeasure.id == row.unit_of_measure_id)
        .join(User, User.id == row.user_id)
        .outerjoin(ReasonCode, ReasonCode.id == row.reason_code_id)
        .where(row.location_id == location.id, NOT_SETTLED)
        .order_by(row.id)
        .limit(SHOWN_MAX)
    )
    return [_row(*found) for found in session.execute(statement)]


def _row(
    short: ShortPick, item: Item, bin_code: str, unit: str, reason: ReasonCode | None, name: str
) -> ShortPickRow:
    return ShortPickRow(
        short.id,
        item.no,
        item.description,
        " ".join(filter(None, numbers_of(short).as_tuple())),
        bin_code,
        short.quantity,
        unit,
        (reason.description or reason.code) if reason else "",
        name,
        short.noted_at,
        short.activity_no,
        short.source_no,
    )

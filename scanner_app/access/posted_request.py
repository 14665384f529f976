"""Posted request: why pressing a button twice does its work once (docs/domain.md 10.6).

Every form carries an id made with the page. The first request with it does the work and keeps
its answer in the same transaction; every later one with the same content gets that answer, and
one with other content is refused.

This module must never do the work itself.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from scanner_app.errors import N_, RuleRefused
from scanner_app.guards import guard_final_once_set
from scanner_app.records import Base, Code, Id, Uuid
from scanner_app.upsert import insert_into

Answer = dict[str, Any]


class RequestReused(RuleRefused):
    """The id of an earlier request came back with other content."""

    message = N_("This page was already sent with other content.")
    way_out = N_("Open the page again and repeat what is missing.")


class PostedRequest(Base):
    """One request that changed something, with the answer it got."""

    __tablename__ = "posted_request"
    __table_args__ = (UniqueConstraint("uuid"),)

    id: Mapped[Id]
    uuid: Mapped[Uuid]
    digest: Mapped[str] = mapped_column(Code(64))
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    endpoint: Mapped[str] = mapped_column(String(100))
    posted_at: Mapped[datetime]
    answer: Mapped[Answer | None] = mapped_column(JSON(none_as_null=True))


guard_final_once_set(PostedRequest.__table__, "answer")  # type: ignore[arg-type]


@dataclass(frozen=True)
class RequestIdentity:
    """What tells one request from another: its id and what it asked for."""

    uuid: str
    digest: str
    user_id: int
    endpoint: str
    posted_at: datetime


def once(session: Session, request: RequestIdentity, work: Callable[[Session], Answer]) -> Answer:
    """Do the work of a request the first time, return its kept answer every later time.

    A refusal leaves no trace: the caller's transaction is undone and the same page can be sent
    again when the reason is gone.

    Raises:
        RequestReused: when the same id came before with other content.
    """
    row_of_request = select(PostedRequest).where(PostedRequest.uuid == request.uuid.upper())
    if not _inserted(session, request):
        kept = session.scalars(row_of_request).one()
        if (kept.digest, kept.user_id) != (request.digest, request.user_id) or kept.answer is None:
            raise RequestReused
        return kept.answer
    answer = work(session)
    session.scalars(row_of_request).one().answer = answer
    return answer


def _inserted(session: Session, request: RequestIdentity) -> bool:
    """Insert the request's row; a second sender waits here for the first and gets False."""
    statement = insert_into(session, PostedRequest)
    values = {
        "uuid": request.uuid.upper(),
        "digest": request.digest,
        "user_id": request.user_id,
        "endpoint": request.endpoint,
        "posted_at": request.posted_at,
    }
    statement = statement.values(**values).on_conflict_do_nothing().returning(PostedRequest.id)
    return session.execute(statement).scalar_one_or_none() is not None

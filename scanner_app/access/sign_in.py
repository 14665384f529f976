"""Sign-in, and who may: users are made, disabled and given passwords here (docs/domain.md 11).

The pages and the command line both call these functions; each writes the change log. Where a
user works is `warehouse`'s business.

This module must never say which of user name and password was wrong, nor delete a user.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from scanner_app.access.change_log import log_changes
from scanner_app.access.passwords import PasswordHash, password_fits
from scanner_app.access.user import Role, User
from scanner_app.access.user_session import UserSession
from scanner_app.errors import N_, RuleRefused
from scanner_app.records import to_code

USER_NAME_LENGTH = 50
FULL_NAME_LENGTH = 100


class SignInRefused(RuleRefused):
    """Unknown, wrong or disabled: the same words for each, so that nobody can probe names."""

    message = N_("User name and password do not belong together.")
    way_out = N_("Type both again. A supervisor can set a new password.")


class UserNameMissing(RuleRefused):
    """A user needs a name."""

    message = N_("The user name is empty.")
    way_out = N_("Type the name to sign in with.")
    field = "User Name"


class UserNameTaken(RuleRefused):
    """User names are unique, disabled users included."""

    message = N_("There is a user {user_name} already.")
    way_out = N_("Choose another user name, or enable that user again.")
    field = "User Name"


class FullNameTooLong(RuleRefused):
    """The full name does not fit its field."""

    message = N_("The full name has more than {length} characters.")
    way_out = N_("Shorten the name.")
    field = "Full Name"


class UserUnknown(RuleRefused):
    """A page or a command names a user that is not there."""

    message = N_("There is no such user.")
    way_out = N_("Open the page Warehouse Employees again.")


class LastSupervisor(RuleRefused):
    """Without a supervisor nobody could enable anyone again."""

    message = N_("{user_name} is the only supervisor.")
    way_out = N_("Make another supervisor first.")


@dataclass(frozen=True)
class Change:
    """Who changes the set-up, and when.

    Attributes:
        changed_by: the id of the user, None for the command line.
    """

    changed_at: datetime
    changed_by: int | None


def sign_in(session: Session, user_name: str, password: str) -> User:
    """Return the user whom name and password belong to; reads only.

    Raises:
        SignInRefused: for an unknown name, a wrong password and a disabled user alike.
    """
    user = find_user_named(session, user_name)
    fits = password_fits(user.password_hash if user else None, password)
    if user is None or not fits or user.disabled:
        raise SignInRefused
    return user


def create_user(
    session: Session,
    *,
    user_name: str,
    full_name: str,
    role: Role,
    password_hash: PasswordHash,
    change: Change,
) -> User:
    """Add a user.

    Raises:
        UserNameMissing: when nothing was typed.
        UserNameTaken: when somebody, perhaps disabled, has the name.
        FullNameTooLong: for more than 100 characters.
        CodeTooLong: for a user name of more than 50.
        CodeNotReadable: for a user name with characters that cannot be seen.
    """
    name = to_code(user_name, USER_NAME_LENGTH)
    if not name:
        raise UserNameMissing
    if len(full_name) > FULL_NAME_LENGTH:
        raise FullNameTooLong(length=FULL_NAME_LENGTH)
    if session.scalar(select(User.id).where(User.user_name == name)) is not None:
        raise UserNameTaken(user_name=name)
    user = User(
        user_name=name,
        full_name=full_name,
        role=role,
        password_hash=password_hash,
        disabled=False,
        created_at=change.changed_at,
    )
    session.add(user)
    session.flush()
    log_user_change(session, user, change, "role", "", role.value)
    return user


def disable_user(session: Session, user_id: int, change: Change) -> None:
    """Take a user's access away at once; disabling twice changes nothing.

    Raises:
        UserUnknown: for an id without a user.
        LastSupervisor: when nobody could undo it.
    """
    user = find_user(session, user_id)
    if user.disabled:
        return
    _check_another_supervisor(session, user)
    user.disabled = True
    user.lock_version += 1
    end_sessions(session, user.id)
    log_user_change(session, user, change, "disabled", "no", "yes")


def enable_user(session: Session, user_id: int, change: Change) -> None:
    """Give a disabled user access again, with the same password; twice changes nothing.

    Raises:
        UserUnknown: for an id without a user.
    """
    user = find_user(session, user_id)
    if not user.disabled:
        return
    user.disabled = False
    user.lock_version += 1
    log_user_change(session, user, change, "disabled", "yes", "no")


def set_password(
    session: Session, user_id: int, password_hash: PasswordHash, change: Change
) -> None:
    """Replace a password and end every session that the old one opened.

    Raises:
        UserUnknown: for an id without a user.
    """
    user = find_user(session, user_id)
    user.password_hash = password_hash
    user.lock_version += 1
    end_sessions(session, user.id)
    log_user_change(session, user, change, "password", "", "set")


def find_user_named(session: Session, user_name: str) -> User | None:
    """Return the user of a name as somebody typed it."""
    return session.scalar(select(User).where(User.user_name == _readable_name(user_name)))


def find_user(session: Session, user_id: int) -> User:
    """Return the user, locked until the transaction ends.

    Raises:
        UserUnknown: for an id without a user.
    """
    user = session.get(User, user_id, with_for_update=True)
    if user is None:
        raise UserUnknown
    return user


def end_sessions(session: Session, user_id: int) -> None:
    """Sign the user out on every device."""
    session.execute(delete(UserSession).where(UserSession.user_id == user_id))


def log_user_change(
    session: Session, user: User, change: Change, field_name: str, old: object, new: object
) -> None:
    """Write one field of a user to the change log."""
    log_changes(
        session,
        changed_at=change.changed_at,
        user_id=change.changed_by,
        table_name=User.__tablename__,
        record_name=user.user_name,
        changes={field_name: (old, new)},
    )


def _readable_name(user_name: str) -> str:
    try:
        return to_code(user_name, USER_NAME_LENGTH)
    except RuleRefused:
        return ""


def _check_another_supervisor(session: Session, user: User) -> None:
    """All supervisors are locked in the same order, or two could disable each other."""
    supervisors = session.scalars(
        select(User.id)
        .where(User.role == Role.SUPERVISOR, User.disabled.is_(False))
        .order_by(User.id)
        .with_for_update()
    ).all()
    if user.id in supervisors and len(supervisors) == 1:
        raise LastSupervisor(user_name=user.user_name)

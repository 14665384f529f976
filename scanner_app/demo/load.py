"""Load the demo warehouse: all of it in one transaction, or nothing.

What is loaded could have happened: masters are entered, stock is counted and posted, receipts
are posted and picks created by the verbs of the product, on days up to the work date.

This module must never change a database in which the demo stands, and never keep a password.
"""

import secrets
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.access.passwords import PasswordHash, hash_password
from scanner_app.barcodes.picture_limits import EncodedPicture
from scanner_app.database import Database
from scanner_app.demo.catalogue import read_catalogue
from scanner_app.demo.load_documents import load_documents
from scanner_app.demo.load_masters import (
    load_cards,
    load_item_details,
    load_masters,
    load_pictures,
)
from scanner_app.demo.load_stock import load_stock
from scanner_app.demo.people_and_places import USERS
from scanner_app.demo.pictures import draw_pictures
from scanner_app.inventory.location import Location

PASSWORD_BYTES = 9


def load_demo(database: Database, now: datetime) -> dict[str, str]:
    """Load the demo into a migrated database without other data.

    Args:
        database: where to.
        now: the moment of loading, aware; its date at WHITE is the work date of every formula.

    Returns:
        The password of each user name, made now and kept nowhere; empty, and nothing changed,
        where the demo stands already.
    """
    with database.read() as session:
        if _is_loaded(session):
            return {}
    passwords = {user.name: secrets.token_urlsafe(PASSWORD_BYTES) for user in USERS}
    # Hashes take long on purpose, so they are made before the writer's turn; and so are pictures.
    hashes = {name: hash_password(password) for name, password in passwords.items()}
    pictures = draw_pictures()
    database.write(lambda session: _load(session, now, hashes, pictures))
    return passwords


def _is_loaded(session: Session) -> bool:
    return session.scalar(select(Location.id).where(Location.code == "WHITE")) is not None


def _load(
    session: Session,
    now: datetime,
    hashes: dict[str, PasswordHash],
    pictures: dict[str, EncodedPicture],
) -> None:
    load_masters(session, now, hashes)
    catalogue = read_catalogue(session, now)
    load_item_details(session, catalogue)
    load_pictures(session, catalogue, pictures, now)
    load_stock(session, catalogue)
    # After the stock, which no blocked number could enter; before the picks, which skip them.
    load_cards(session, catalogue)
    load_documents(session, catalogue)

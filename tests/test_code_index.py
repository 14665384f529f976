"""The code index: every meaning of a code, in one look-up, once."""

from datetime import date

from sqlalchemy import insert

from scanner_app.code_index import (
    DOCUMENT_KINDS,
    NUMBER_KINDS,
    CodeKind,
    Meaning,
    forget_codes,
    gtin_14,
    index_codes,
    meanings_of,
)
from scanner_app.database import Database
from scanner_app.inventory.location import Location


def meanings(database: Database, *codes: str) -> list[tuple[str, CodeKind, int]]:
    with database.read() as session:
        return [(m.code, m.kind, m.target_id) for m in meanings_of(session, codes)]


def test_a_code_may_mean_several_things(database: Database) -> None:
    both = [Meaning("A1", CodeKind.LOT, 7, item_id=7), Meaning("A1", CodeKind.BIN, 3)]
    database.write(lambda session: index_codes(session, [*both, Meaning("B1", CodeKind.BIN, 4)]))
    assert meanings(database, "A1", "NONE") == [("A1", CodeKind.BIN, 3), ("A1", CodeKind.LOT, 7)]
    assert meanings(database) == []


def test_a_meaning_that_is_there_stays_as_it_is(database: Database) -> None:
    location = {"code": "WHITE"}
    database.write(lambda session: session.execute(insert(Location).values(**location)))
    first = Meaning("R1", CodeKind.REFERENCE, 1, valid_to=date(2026, 1, 1), location_id=1)
    again = Meaning("R1", CodeKind.REFERENCE, 1, valid_to=date(2030, 1, 1))
    database.write(lambda session: index_codes(session, [first, first]))
    database.write(lambda session: index_codes(session, [again]))
    with database.read() as session:
        [entry] = meanings_of(session, ["R1"])
    assert (entry.valid_to, entry.location_id) == (date(2026, 1, 1), 1)


def test_variant_and_unit_make_another_meaning(database: Database) -> None:
    plain = Meaning("R1", CodeKind.REFERENCE, 1)
    others = [
        Meaning("R1", CodeKind.REFERENCE, 1, variant_id=2),
        Meaning("R1", CodeKind.REFERENCE, 1, unit_of_measure_id=3),
    ]
    database.write(lambda session: index_codes(session, [plain, *others]))
    assert len(meanings(database, "R1")) == 3


def test_nothing_to_index_is_nothing_to_do(database: Database) -> None:
    database.write(lambda session: index_codes(session, []))


def test_a_record_that_is_gone_is_not_found_any_more(database: Database) -> None:
    stay = [Meaning("P2", CodeKind.PICK, 2), Meaning("P1", CodeKind.MOVEMENT, 1)]
    gone = [Meaning("P1", CodeKind.PICK, 1), Meaning("P3", CodeKind.PICK, 3)]
    database.write(lambda session: index_codes(session, [*stay, *gone]))
    database.write(lambda session: forget_codes(session, CodeKind.PICK, [1, 3]))
    assert meanings(database, "P1", "P2", "P3") == [
        ("P1", CodeKind.MOVEMENT, 1),
        ("P2", CodeKind.PICK, 2),
    ]


def test_a_gtin_has_fourteen_digits() -> None:
    for digits in ("40170725", "614141007349", "4006381333931", "10614141007346"):
        assert gtin_14(digits).endswith(digits)
        assert len(gtin_14(digits)) == 14


def test_documents_and_numbers_are_told_apart() -> None:
    rest = set(CodeKind) - DOCUMENT_KINDS - NUMBER_KINDS
    assert rest == {CodeKind.BIN, CodeKind.ITEM, CodeKind.GTIN, CodeKind.REFERENCE}
    assert not DOCUMENT_KINDS & NUMBER_KINDS

"""Importing receipts and shipments: docs/domain.md 6.8."""

import pytest
from sqlalchemy import Engine, func, select, update

from scanner_app.all_tables import metadata
from scanner_app.code_index import meanings_of
from scanner_app.warehouse.document_import_plan import plan_import
from scanner_app.warehouse.document_kind import RECEIPTS, SHIPMENTS
from scanner_app.warehouse.import_documents import Imported, import_documents
from scanner_app.warehouse.shipment import ShipmentStatus
from scanner_app.warehouse.warehouse_documents import delete_document
from scanner_app.workbooks.cell_refusals import CellHoldsFormula
from scanner_app.workbooks.read import ReadRow
from tests.builders import Warehouse, another_location
from tests.sent_statements import statements_sent
from tests.warehouse.imported_documents import (
    ORDERED,
    SOLD,
    as_read,
    bring,
    documents,
    faults_of,
    lines,
    said_of,
)
from tests.warehouse.masters import Goods
from tests.warehouse.overtaking import ON_POSTGRESQL, overtaken
from tests.warehouse.place_cards import refusal_of
from tests.warehouse.typed_documents import header, make, uses_documents


@pytest.fixture
def white(white: Warehouse) -> Warehouse:
    return uses_documents(white)


@pytest.fixture
def goods(white: Warehouse) -> Goods:
    return white.add_item("GOODS", "lot", units={"BOX": 4})


def counts(white: Warehouse) -> dict[str, int]:
    """How many rows every table holds."""
    with white.database.read() as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0
            for table in metadata.sorted_tables
        }


def last_no_used(white: Warehouse, series: str) -> str:
    with white.database.read() as session:
        row, line = metadata.tables["number_series"], metadata.tables["number_series_line"]
        of_series = select(line.c.last_no_used).join(row, row.c.id == line.c.number_series_id)
        return str(session.scalar(of_series.where(row.c.code == series)))


def test_rows_of_one_source_are_one_document_wherever_they_stand(
    white: Warehouse, goods: Goods
) -> None:
    other = ORDERED | {"source_no": "po-2"}
    back = SOLD | {"source_document": "Purchase Return"}
    made = bring(white, ORDERED, other, ORDERED | {"quantity": "2", "unit": "box"}, SOLD, back)
    assert made == Imported(4, 5)
    assert lines(white, RECEIPTS, "PO-1") == [
        (10_000, "GOODS", "5", "PCS"),
        (20_000, "GOODS", "2", "BOX"),
    ]
    assert lines(white, RECEIPTS, "PO-2") == [(10_000, "GOODS", "5", "PCS")]
    nos = [row.no for row in documents(white, RECEIPTS).values()]
    assert nos == ["RC0001", "RC0002"]
    with white.database.read() as session:
        assert {each.code for each in meanings_of(session, nos)} == set(nos)


def test_receipts_and_shipments_come_in_one_file(white: Warehouse, goods: Goods) -> None:
    white.add_bin("DOCK2", "RECEIVE")
    dated = {"date": "2026-12-01"}
    assert bring(white, SOLD | dated, ORDERED | dated | {"bin": "dock2"}) == Imported(2, 2)
    assert header(white, RECEIPTS, "RC0001") == {
        "source_document": "Purchase Order",
        "source_no": "PO-1",
        "bin": "DOCK2",
        "expected_receipt_date": "2026-12-01",
    }
    shipment = documents(white, SHIPMENTS)["SO-1"]
    assert shipment.status is ShipmentStatus.OPEN
    assert header(white, SHIPMENTS, shipment.no) == {
        "source_document": "Sales Order",
        "source_no": "SO-1",
        "bin": "SHIP",
        "shipment_date": "2026-12-01",
    }
    assert lines(white, SHIPMENTS, "SO-1") == [(10_000, "GOODS", "5", "PCS")]


@pytest.mark.parametrize(
    ("wrong", "refused"),
    [
        ({"source_document": ""}, ["NameMissing"]),
        ({"source_document": "Inbound Transfer"}, ["ChoiceUnknown"]),
        ({"source_no": " "}, ["NameMissing"]),
        ({"source_no": "P" * 21}, ["FieldTooLong"]),
        ({"source_no": "P\x00"}, ["FieldNotReadable"]),
        ({"item_no": ""}, ["NameMissing"]),
        ({"item_no": "NONE"}, ["RecordNotFound"]),
        ({"variant": "RED"}, ["RecordNotFound"]),
        ({"unit": "PALLET"}, ["RecordNotFound"]),
        ({"reason_code": "NONE"}, ["RecordNotFound"]),
        ({"quantity": ""}, ["QuantityNotReadable"]),
        ({"quantity": "-1"}, ["QuantityNotReadable"]),
        ({"quantity": "0"}, ["QuantityZero"]),
        ({"quantity": "0.000001"}, ["QuantityNotReadable"]),
        ({"quantity": "9999999999"}, ["QuantityTooLarge"]),
        ({"date": "soon"}, ["DateNotReadable"]),
        ({"bin": "NOWHERE"}, ["RecordNotFound"]),
        ({"bin": "A"}, ["DocumentBinWrong"]),
        ({"lot_no": "L" * 51}, ["FieldTooLong"]),
        ({"expiration_date": "2030-01-01"}, ["TrackingNumberNotGiven"]),
        ({"serial_no": "S1"}, ["SerialQuantityNotOne"]),
        ({"source_no": "", "quantity": "some"}, ["NameMissing", "QuantityNotReadable"]),
    ],
)
def test_what_a_row_may_not_say(
    white: Warehouse, goods: Goods, wrong: dict[str, str], refused: list[str]
) -> None:
    right = ORDERED | {"source_no": "PO-2"}
    rows = [right, ORDERED | wrong, right]
    before = counts(white)
    assert faults_of(white, *rows) == {3: refused}
    said = refusal_of(lambda: bring(white, *rows), "ImportRefused")
    assert said.startswith("Rows that cannot be imported: 1.")
    assert counts(white) == before
    assert last_no_used(white, "RECEIPT") == ""


def test_every_fault_of_a_file_is_told_with_its_row(white: Warehouse, goods: Goods) -> None:
    lots = ORDERED | {"lot_no": "L1"}
    rows = [
        lots | {"bin": "NOWHERE"},
        lots,
        lots | {"item_no": "NONE"},
        lots | {"date": "2026-12-01"},
        lots | {"date": "2026-12-02"},
        SOLD | {"quantity": "some"},
    ]
    assert faults_of(white, *rows) == {
        2: ["RecordNotFound"],
        3: ["NumbersTwiceOnLine"],
        4: ["RecordNotFound"],
        6: ["HeaderDiffers", "NumbersTwiceOnLine"],
        7: ["QuantityNotReadable"],
    }


def test_a_cell_that_cannot_be_read_is_not_called_empty_as_well(
    white: Warehouse, goods: Goods
) -> None:
    fault = CellHoldsFormula(cell="B2", caption="Source No.", shown="=A1")
    row = ReadRow(2, ORDERED | {"source_no": ""}, (fault,))
    with white.database.read() as session:
        plan = plan_import(session, white.location, [row], white.by)
    assert plan.faults == {2: [fault]}


def test_the_rows_of_a_document_say_one_date_and_bin(white: Warehouse, goods: Goods) -> None:
    white.add_bin("DOCK2", "RECEIVE")
    rows = [ORDERED, ORDERED | {"date": "2026-12-01", "bin": "DOCK2"}, ORDERED]
    assert faults_of(white, *rows) == {}
    other = ORDERED | {"date": "2026-12-02", "bin": "RECV"}
    assert faults_of(white, *rows, other) == {5: ["HeaderDiffers", "HeaderDiffers"]}
    said = said_of(white, 5, *rows, ORDERED | {"bin": "recv"})
    assert said.startswith("Bin Code is RECV here and DOCK2 in row 3 of the same document.")


def test_a_file_of_many_documents_reads_as_often_as_one_of_two(
    white: Warehouse, goods: Goods
) -> None:
    taken = []
    for documents_ in (2, 20):
        bins = [f"DOCK{documents_}-{n}" for n in range(documents_)]
        for code in bins:
            white.add_bin(code, "RECEIVE")
        rows = [ORDERED | {"source_no": code, "bin": code} for code in bins]
        with statements_sent(Engine) as sent:
            assert bring(white, *rows) == Imported(documents_, documents_)
        taken.append(len([one for one, _ in sent if one.startswith("SELECT")]))
    assert taken[0] == taken[1]


def test_the_same_file_twice_changes_nothing(white: Warehouse, goods: Goods) -> None:
    rows = [ORDERED | {"lot_no": "L1"}, ORDERED | {"lot_no": "L2"}, SOLD]
    bring(white, *rows)
    before = counts(white)
    refusal_of(lambda: bring(white, *rows), "ImportRefused")
    assert counts(white) == before
    assert faults_of(white, *rows) == {2: ["SourceOpenAlready"], 4: ["SourceOpenAlready"]}
    said = said_of(white, 2, *rows)
    assert said.startswith("Purchase Order PO-1 is open already: RC0001.")
    white.write(lambda session: delete_document(session, RECEIPTS, "RC0001"))
    assert faults_of(white, *rows) == {4: ["SourceOpenAlready"]}


def test_a_source_is_told_by_its_kind_its_number_and_the_location(
    white: Warehouse, goods: Goods
) -> None:
    another_location(white, "SILVER", require_receive=True)
    for _ in range(2):
        make(white, source_no="PO-1")
    assert "RC0001" in said_of(white, 2, ORDERED)
    assert faults_of(white, ORDERED | {"source_document": "Sales Return Order"}) == {}
    assert faults_of(white, SOLD | {"source_no": "PO-1"}) == {}
    assert bring(white, ORDERED, at="SILVER") == Imported(1, 1)


def test_a_location_takes_only_documents_that_it_works_with(white: Warehouse, goods: Goods) -> None:
    white.change(white.location, require_pick=False)
    assert faults_of(white, ORDERED, SOLD, SOLD) == {3: ["ShipmentsNotUsed"]}
    white.change(white.location, require_receive=False)
    assert faults_of(white, ORDERED, SOLD) == {2: ["ReceiptsNotUsed"], 3: ["ShipmentsNotUsed"]}


def test_a_file_without_rows_is_refused(white: Warehouse) -> None:
    refusal_of(lambda: bring(white), "ImportWithoutRows")


def test_a_series_that_gives_too_few_numbers_leaves_nothing_behind(
    white: Warehouse, goods: Goods
) -> None:
    line = metadata.tables["number_series_line"]
    few = update(line).where(line.c.starting_no == "SM0001").values(ending_no="SM0001")
    white.write(lambda session: session.execute(few))
    before = counts(white)
    rows = [ORDERED, SOLD, SOLD | {"source_no": "SO-2"}]
    refusal_of(lambda: bring(white, *rows), "NumberSeriesTooShort")
    assert counts(white) == before
    assert last_no_used(white, "RECEIPT") == ""


@ON_POSTGRESQL
def test_the_same_file_at_the_same_moment_comes_in_once(white: Warehouse, goods: Goods) -> None:
    rows = as_read(ORDERED, SOLD)
    refused = overtaken(
        white,
        lambda session: import_documents(session, "WHITE", rows, white.by),
        lambda session: import_documents(session, "WHITE", rows, white.by),
    )
    assert refused is not None
    assert refused.code == "ImportRefused"
    assert list(documents(white, RECEIPTS)) == ["PO-1"]

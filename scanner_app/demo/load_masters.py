"""Load the master records of the demo: people, places, items and number series.

This module must never load a quantity.
"""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from scanner_app.access.passwords import PasswordHash
from scanner_app.access.sign_in import Change, create_user
from scanner_app.barcodes.picture_limits import EncodedPicture
from scanner_app.demo import items as item_data
from scanner_app.demo import numbers as number_data
from scanner_app.demo import people_and_places as place_data
from scanner_app.demo.catalogue import Catalogue
from scanner_app.inventory.date_formula import apply_date_formula
from scanner_app.inventory.inventory_setup import ONLY_ROW, InventorySetup
from scanner_app.inventory.item import Item, ItemUnit, ItemVariant, UnitOfMeasure
from scanner_app.inventory.item_picture import set_picture
from scanner_app.inventory.item_reference import ItemReference
from scanner_app.inventory.item_tracking_code import ItemTrackingCode
from scanner_app.inventory.item_tracking_code_fields import Values, blank_values
from scanner_app.inventory.item_tracking_code_setup import follow_edits
from scanner_app.inventory.location import Location, work_date_of
from scanner_app.inventory.number_series import NumberSeries, NumberSeriesLine
from scanner_app.inventory.reason_code import ReasonCode
from scanner_app.inventory.tracking_information import CARD_TABLES
from scanner_app.warehouse.bin import Bin, BinType, Zone
from scanner_app.warehouse.bin_content import BinContent
from scanner_app.warehouse.employee import assign_location
from scanner_app.warehouse.master_codes import index_item, index_reference
from scanner_app.warehouse.new_bins import NewBin, add_bins
from scanner_app.warehouse.put_away_template import PutAwayTemplate, PutAwayTemplateLine
from scanner_app.warehouse.put_away_template_card import LINE_STEP


def load_masters(
    session: Session, now: datetime, password_hashes: Mapping[str, PasswordHash]
) -> None:
    """Make every record that the stock and the documents point to."""
    _load_places(session)
    _load_people(session, now, password_hashes)
    _load_series(session, now)
    _load_items(session)
    session.add_all(
        ReasonCode(code=code, description=text) for code, text in number_data.REASONS.items()
    )
    session.flush()


def load_item_details(session: Session, catalogue: Catalogue) -> None:
    """Make the item references, and say which items belong into which bins."""
    for row in item_data.REFERENCES:
        reference = ItemReference(
            item_id=catalogue.items[row.item_no].id,
            variant_id=catalogue.variants[row.item_no, row.variant],
            unit_of_measure_id=catalogue.units[row.unit],
            reference_type=row.type,
            reference_no=row.no,
            ending_date=catalogue.day(row.ends),
        )
        session.add(reference)
        session.flush()
        index_reference(session, reference)
    for fixed in place_data.FIXED_BINS:
        bin_ = catalogue.bins[fixed.bin_code]
        session.add(
            BinContent(
                location_id=bin_.location_id,
                bin_id=bin_.id,
                item_id=catalogue.items[fixed.item_no].id,
                variant_id=catalogue.variants[fixed.item_no, fixed.variant],
                unit_of_measure_id=catalogue.units[fixed.unit],
                fixed=True,
                is_default=fixed.is_default,
                min_qty=fixed.min_qty,
                max_qty=fixed.max_qty,
            )
        )
    session.flush()


def load_pictures(
    session: Session, catalogue: Catalogue, pictures: Mapping[str, EncodedPicture], now: datetime
) -> None:
    """Give some items the picture that was drawn for them."""
    for item_no, picture in pictures.items():
        set_picture(session, catalogue.items[item_no], "", picture, Change(now, None))


def load_cards(session: Session, catalogue: Catalogue) -> None:
    """Fill in the information cards; posting made some of them, and would refuse blocked ones."""
    for card in item_data.CARDS:
        table, number_field = CARD_TABLES[card.kind]
        key = {
            "item_id": catalogue.items[card.item_no].id,
            "variant_id": catalogue.variants[card.item_no, ""],
            number_field: card.number,
        }
        record = session.scalar(select(table).filter_by(**key)) or table(**key)
        for name, value in card.fields.items():
            setattr(record, name, value)
        session.add(record)
    session.flush()


def _load_template(session: Session) -> None:
    template = PutAwayTemplate(code="STD", description="Standard template")
    session.add(template)
    session.flush()
    for number, (description, asked) in enumerate(place_data.PUT_AWAY_TEMPLATE, start=1):
        line = PutAwayTemplateLine(
            template_id=template.id,
            line_no=number * LINE_STEP,
            description=description,
            **dict.fromkeys(asked, True),
        )
        session.add(line)


def _load_places(session: Session) -> None:
    _load_template(session)
    locations: dict[str, Location] = {}
    for row in place_data.LOCATIONS:
        locations[row.code] = Location(code=row.code, name=row.name, **row.settings)
    types = {code: BinType(code=code, **roles) for code, roles in place_data.BIN_TYPES.items()}
    session.add_all([*locations.values(), *types.values()])
    session.flush()
    codes_of_silver = [NewBin(code) for code in place_data.BINS_OF_SILVER]
    add_bins(session, locations["WHITE"].id, _bins_of_white(session, locations["WHITE"], types))
    add_bins(session, locations["SILVER"].id, codes_of_silver)
    ids = {code: bin_id for code, bin_id in session.execute(select(Bin.code, Bin.id))}
    for row in place_data.LOCATIONS:
        for name, bin_code in row.bins.items():
            setattr(locations[row.code], name, ids[bin_code])


def _bins_of_white(session: Session, white: Location, types: Mapping[str, BinType]) -> list[NewBin]:
    bins: list[NewBin] = []
    for row in place_data.ZONES_OF_WHITE:
        zone = Zone(
            location_id=white.id,
            code=row.code,
            description=row.description,
            bin_type_id=types[row.bin_type].id,
            warehouse_class_code=row.warehouse_class,
            cross_dock_bin_zone=row.code == "CROSS-DOCK",
        )
        session.add(zone)
        session.flush()
        bins.extend(
            NewBin(code, zone, {"bin_ranking": ranking} | place_data.FIELDS_OF_BINS.get(code, {}))
            for code, ranking in row.bins.items()
        )
    return bins


def _load_people(
    session: Session, now: datetime, password_hashes: Mapping[str, PasswordHash]
) -> None:
    change = Change(changed_at=now, changed_by=None)
    for row in place_data.USERS:
        user = create_user(
            session,
            user_name=row.name,
            full_name=row.full_name,
            role=row.role,
            password_hash=password_hashes[row.name],
            change=change,
        )
        for code in row.locations:
            assign_location(session, user.id, code, change)
            session.flush()


def _load_series(session: Session, now: datetime) -> None:
    """The series begin before the first stock, whose postings take numbers too."""
    white = session.scalars(select(Location).where(Location.code == "WHITE")).one()
    starting_date = apply_date_formula("-CY-1Y", work_date_of(white, now))
    for row in number_data.SERIES:
        series = NumberSeries(code=row.code, description=row.description)
        session.add(series)
        session.flush()
        session.add(
            NumberSeriesLine(
                number_series_id=series.id,
                starting_date=starting_date,
                starting_no=row.starting_no,
                last_no_used=row.last,
            )
        )
        if row.code == number_data.PACKAGE_SERIES:
            session.add(InventorySetup(id=ONLY_ROW, package_nos_id=series.id))
    session.flush()


def _load_items(session: Session) -> None:
    codes = {row.code: _tracking_code(row) for row in item_data.TRACKING_CODES}
    units = {
        code: UnitOfMeasure(code=code, description=text) for code, text in item_data.UNITS.items()
    }
    session.add_all([*codes.values(), *units.values()])
    session.flush()
    series = {row.code: row.id for row in session.scalars(select(NumberSeries))}
    for row in item_data.ITEMS:
        code = codes.get(row.tracking_code)
        item = Item(
            no=row.no,
            description=row.description,
            base_unit_of_measure_id=units[row.base_unit].id,
            item_tracking_code_id=code.id if code else None,
            gtin=row.gtin,
            serial_nos_id=series.get(row.serial_nos),
            lot_nos_id=series.get(row.lot_nos),
            **row.fields,
        )
        session.add(item)
        session.flush()
        session.add_all(ItemVariant(item_id=item.id, code=code) for code in ("", *row.variants))
        session.add_all(
            ItemUnit(
                item_id=item.id,
                unit_of_measure_id=units[unit].id,
                qty_per_unit_of_measure=per_unit,
            )
            for unit, per_unit in ({row.base_unit: 1} | row.units).items()
        )
        index_item(session, item)
    session.flush()


def _tracking_code(row: item_data.DemoTrackingCode) -> ItemTrackingCode:
    """A kind tracked in the warehouse is specific too."""
    specific: Values = {f"{kind}_specific_tracking": True for kind in row.kinds}
    values = follow_edits(blank_values(), specific) | {"description": row.description}
    return ItemTrackingCode(code=row.code, **(values | row.fields))

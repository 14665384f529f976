"""The fields of the cards of locations, zones, bins and bin types: captions and what they specify.

This module must never know a rule, only words.
"""

from dataclasses import replace

from scanner_app.errors import N_
from scanner_app.inventory.location import BinCapacityPolicy, DefaultBinSelection, OtherBinPolicy
from scanner_app.warehouse.bin import BlockMovement
from scanner_app.warehouse.record_card import CardField, FieldKind, Fields

DESCRIPTION = CardField(
    "description",
    N_("Description"),
    N_("Specifies what it is for, in your words."),
    FieldKind.DESCRIPTION,
)


def _code(specifies: str, length: int) -> CardField:
    return CardField("code", N_("Code"), specifies, FieldKind.CODE, length, is_name=True)


def _switch(name: str, caption: str, specifies: str, tab: str = "general") -> CardField:
    return CardField(name, caption, specifies, FieldKind.SWITCH, tab=tab, when_new=tab == "general")


def _bin_of_location(name: str, caption: str, specifies: str) -> CardField:
    return CardField(
        name,
        caption,
        specifies,
        FieldKind.CODE,
        20,
        tab="bins",
        is_record=True,
        when_new=False,
    )


BIN_TYPE_FIELDS: Fields = (
    _code(N_("Specifies the name of the bin type. It cannot be changed later."), 10),
    DESCRIPTION,
    _switch("receive", N_("Receive"), N_("Specifies that goods are received here.")),
    _switch("ship", N_("Ship"), N_("Specifies that goods wait here to be shipped.")),
    _switch("put_away", N_("Put Away"), N_("Specifies that put-aways suggest these bins.")),
    _switch("pick", N_("Pick"), N_("Specifies that picks take from these bins.")),
)

WAREHOUSE_CLASS = CardField(
    "warehouse_class_code",
    N_("Warehouse Class Code"),
    N_("Specifies which goods belong here, such as COLD; empty is goods without a class."),
    FieldKind.CODE,
    10,
)
BIN_TYPE_CODE = CardField(
    "bin_type",
    N_("Bin Type Code"),
    N_("Specifies what bins are suggested for."),
    FieldKind.CODE,
    10,
    is_record=True,
)

ZONE_FIELDS: Fields = (
    _code(N_("Specifies the name of the zone. It cannot be changed later."), 10),
    DESCRIPTION,
    BIN_TYPE_CODE,
    WAREHOUSE_CLASS,
    CardField(
        "zone_ranking",
        N_("Zone Ranking"),
        N_("Specifies the ranking of new bins: a higher one is suggested first."),
        FieldKind.NUMBER,
        9,
    ),
    _switch(
        "cross_dock_bin_zone",
        N_("Cross-Dock Bin Zone"),
        N_("Specifies that new bins are for goods that leave again at once."),
    ),
)

BIN_FIELDS: Fields = (
    _code(N_("Specifies what is printed on the label. It cannot be changed later."), 20),
    CardField(
        "zone",
        N_("Zone Code"),
        N_("Specifies where the bin stands. A new bin takes the fields of its zone."),
        FieldKind.CODE,
        10,
        is_record=True,
    ),
    DESCRIPTION,
    replace(BIN_TYPE_CODE, when_new=False),
    replace(WAREHOUSE_CLASS, when_new=False),
    CardField(
        "bin_ranking",
        N_("Bin Ranking"),
        N_("Specifies which bin is suggested first: a higher one comes first."),
        FieldKind.NUMBER,
        9,
        when_new=False,
    ),
    CardField(
        "block_movement",
        N_("Block Movement"),
        N_("Specifies which movements the bin is closed to."),
        FieldKind.CHOICE,
        choices=BlockMovement,
        when_new=False,
    ),
    CardField(
        "dedicated",
        N_("Dedicated"),
        N_("Specifies that nothing is suggested into the bin nor picked from it."),
        FieldKind.SWITCH,
        when_new=False,
    ),
    CardField(
        "cross_dock_bin",
        N_("Cross-Dock Bin"),
        N_("Specifies that the bin is for goods that leave again at once."),
        FieldKind.SWITCH,
        when_new=False,
    ),
)

LOCATION_FIELDS: Fields = (
    _code(N_("Specifies the name of the location. It cannot be changed later."), 10),
    CardField(
        "name",
        N_("Name"),
        N_("Specifies the building or yard, in your words."),
        FieldKind.DESCRIPTION,
    ),
    CardField(
        "time_zone",
        N_("Time Zone"),
        N_("Specifies where its work date comes from."),
        FieldKind.CHOICE,
        50,
    ),
    _switch(
        "use_as_in_transit",
        N_("Use As In-Transit"),
        N_("Specifies that goods between two locations are booked here."),
    ),
    _switch(
        "bin_mandatory",
        N_("Bin Mandatory"),
        N_("Specifies that all stock lies in bins."),
        "warehouse",
    ),
    _switch(
        "directed_put_away_and_pick",
        N_("Directed Put-away and Pick"),
        N_(
            "Specifies that the app suggests the bins. It switches on what it needs: the four"
            " Require fields, Use Cross-Docking and Check Whse. Class."
        ),
        "warehouse",
    ),
    _switch(
        "require_receive",
        N_("Require Receive"),
        N_("Specifies that goods come in by a receipt."),
        "warehouse",
    ),
    _switch(
        "require_shipment",
        N_("Require Shipment"),
        N_("Specifies that goods leave by a shipment."),
        "warehouse",
    ),
    _switch(
        "require_put_away",
        N_("Require Put-away"),
        N_("Specifies that received goods are put away by a document."),
        "warehouse",
    ),
    _switch(
        "require_pick",
        N_("Require Pick"),
        N_("Specifies that goods are picked by a document."),
        "warehouse",
    ),
    _switch(
        "use_cross_docking",
        N_("Use Cross-Docking"),
        N_("Specifies that received goods may go straight to shipping."),
        "warehouse",
    ),
    _switch(
        "pick_according_to_fefo",
        N_("Pick According to FEFO"),
        N_("Specifies that what expires first is picked first."),
        "warehouse",
    ),
    _switch(
        "allow_breakbulk",
        N_("Allow Breakbulk"),
        N_("Specifies that larger units are opened when smaller ones are asked for."),
        "warehouse",
    ),
    _switch(
        "check_warehouse_class",
        N_("Check Whse. Class"),
        N_("Specifies that goods lie only in bins of their warehouse class."),
        "warehouse",
    ),
    _switch(
        "always_create_put_away_line",
        N_("Always Create Put-away Line"),
        N_("Specifies that a put-away has a line also where no bin was found."),
        "warehouse",
    ),
    _switch(
        "always_create_pick_line",
        N_("Always Create Pick Line"),
        N_("Specifies that a pick has a line also where no stock was found."),
        "warehouse",
    ),
    _switch(
        "scan_each_unit",
        N_("Scan each unit"),
        N_("Specifies that each scan of a lot counts one unit."),
        "warehouse",
    ),
    CardField(
        "bin_capacity_policy",
        N_("Bin Capacity Policy"),
        N_("Specifies what happens when a bin would hold more than its maximum."),
        FieldKind.CHOICE,
        tab="warehouse",
        choices=BinCapacityPolicy,
        when_new=False,
    ),
    CardField(
        "other_bin_policy",
        N_("Other Bin Policy"),
        N_("Specifies what happens when goods are put into another bin than the line names."),
        FieldKind.CHOICE,
        tab="warehouse",
        choices=OtherBinPolicy,
        when_new=False,
    ),
    CardField(
        "default_bin_selection",
        N_("Default Bin Selection"),
        N_("Specifies which bin becomes the default bin of an item."),
        FieldKind.CHOICE,
        tab="warehouse",
        choices=DefaultBinSelection,
        when_new=False,
    ),
    CardField(
        "put_away_template_code",
        N_("Put-away Template Code"),
        N_("Specifies by which template bins for put-away are found; none is the usual order."),
        FieldKind.CODE,
        10,
        tab="warehouse",
        when_new=False,
    ),
    _bin_of_location(
        "receipt_bin", N_("Receipt Bin Code"), N_("Specifies where goods are received.")
    ),
    _bin_of_location(
        "shipment_bin", N_("Shipment Bin Code"), N_("Specifies where goods wait for shipping.")
    ),
    _bin_of_location(
        "adjustment_bin",
        N_("Adjustment Bin Code"),
        N_("Specifies where counted differences wait for the sync. Use it for nothing else."),
    ),
    _bin_of_location(
        "cross_dock_bin",
        N_("Cross-Dock Bin Code"),
        N_("Specifies where goods wait to leave again."),
    ),
)

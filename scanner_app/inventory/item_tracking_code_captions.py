"""The words of the fields of an item tracking code: captions, labels, what each one specifies.

A text about a kind of number stands once: {kind} is SN, Lot or Package, {number} its whole word.

This module must never know a rule, only words.
"""

import enum

from scanner_app.errors import N_

FORMULA = "warranty_date_formula"
USE_DATES = "use_expiration_dates"
REQUIRE_DATE = "require_expiration_date_entry"
STRICT = "strict_expiration_posting"


class Group(enum.StrEnum):
    """Where in its part a field stands; the direction is said by the group, not by the label."""

    NONE = ""
    INBOUND = "inbound"
    OUTBOUND = "outbound"


# Name after the kind, caption, label, what it specifies, group, whether Specific implies it.
OF_EACH_KIND: tuple[tuple[str, str, str, str, Group, bool], ...] = (
    (
        "specific_tracking",
        N_("{kind} Specific Tracking"),
        N_("{kind} Specific Tracking"),
        N_("Specifies that stock leaves under the {number} it came in with. Every flow asks."),
        Group.NONE,
        False,
    ),
    (
        "warehouse_tracking",
        N_("{kind} Warehouse Tracking"),
        N_("{kind} Warehouse Tracking"),
        N_("Specifies that warehouse work asks for the {number} and bins are kept by it."),
        Group.NONE,
        False,
    ),
    (
        "transfer_tracking",
        N_("{kind} Transfer Tracking"),
        N_("{kind} Transfer Tracking"),
        N_("Specifies that a transfer asks for the {number}."),
        Group.NONE,
        True,
    ),
    (
        "info_inbound_must_exist",
        N_("{kind} Info. Inbound Must Exist"),
        N_("{kind} Info. Must Exist"),
        N_("Specifies that goods come in only when their {number} has an information card."),
        Group.INBOUND,
        False,
    ),
    (
        "purchase_inbound_tracking",
        N_("{kind} Purchase Inbound Tracking"),
        N_("{kind} Purchase Tracking"),
        N_("Specifies that a purchase receipt asks for the {number}."),
        Group.INBOUND,
        True,
    ),
    (
        "sales_inbound_tracking",
        N_("{kind} Sales Inbound Tracking"),
        N_("{kind} Sales Tracking"),
        N_("Specifies that goods a customer returns need the {number}."),
        Group.INBOUND,
        True,
    ),
    (
        "positive_adjmt_inbound_tracking",
        N_("{kind} Pos. Adjmt. Inb. Tracking"),
        N_("{kind} Pos. Adjmt. Tracking"),
        N_("Specifies that a positive adjustment which adds stock asks for the {number}."),
        Group.INBOUND,
        True,
    ),
    (
        "negative_adjmt_inbound_tracking",
        N_("{kind} Neg. Adjmt. Inb. Tracking"),
        N_("{kind} Neg. Adjmt. Tracking"),
        N_("Specifies that a negative adjustment which adds stock asks for the {number}."),
        Group.INBOUND,
        True,
    ),
    (
        "manufacturing_inbound_tracking",
        N_("{kind} Manuf. Inbound Tracking"),
        N_("{kind} Manuf. Tracking"),
        N_("Specifies that output of production asks for the {number}. Used by production only."),
        Group.INBOUND,
        True,
    ),
    (
        "assembly_inbound_tracking",
        N_("{kind} Assembly Inbound Tracking"),
        N_("{kind} Assembly Tracking"),
        N_("Specifies that output of assembly asks for the {number}. Used by assembly only."),
        Group.INBOUND,
        True,
    ),
    (
        "info_outbound_must_exist",
        N_("{kind} Info. Outbound Must Exist"),
        N_("{kind} Info. Must Exist"),
        N_("Specifies that goods leave only when their {number} has an information card."),
        Group.OUTBOUND,
        False,
    ),
    (
        "purchase_outbound_tracking",
        N_("{kind} Purchase Outbound Tracking"),
        N_("{kind} Purchase Tracking"),
        N_("Specifies that goods sent back to a vendor need the {number}."),
        Group.OUTBOUND,
        True,
    ),
    (
        "sales_outbound_tracking",
        N_("{kind} Sales Outbound Tracking"),
        N_("{kind} Sales Tracking"),
        N_("Specifies that a sale asks for the {number}."),
        Group.OUTBOUND,
        True,
    ),
    (
        "positive_adjmt_outbound_tracking",
        N_("{kind} Pos. Adjmt. Outb. Tracking"),
        N_("{kind} Pos. Adjmt. Tracking"),
        N_("Specifies that a positive adjustment which takes stock asks for the {number}."),
        Group.OUTBOUND,
        True,
    ),
    (
        "negative_adjmt_outbound_tracking",
        N_("{kind} Neg. Adjmt. Outb. Tracking"),
        N_("{kind} Neg. Adjmt. Tracking"),
        N_("Specifies that a negative adjustment which takes stock asks for the {number}."),
        Group.OUTBOUND,
        True,
    ),
    (
        "manufacturing_outbound_tracking",
        N_("{kind} Manuf. Outbound Tracking"),
        N_("{kind} Manuf. Tracking"),
        N_("Specifies that consumption asks for the {number}. Used by production only."),
        Group.OUTBOUND,
        True,
    ),
    (
        "assembly_outbound_tracking",
        N_("{kind} Assembly Outbound Tracking"),
        N_("{kind} Assembly Tracking"),
        N_("Specifies that parts of an assembly need the {number}. Used by assembly only."),
        Group.OUTBOUND,
        True,
    ),
)
CREATES_CARD = {
    "serial": N_("Create SN Info. on posting"),
    "lot": N_("Create Lot No. Info. on posting"),
}
MISC = (
    (
        FORMULA,
        N_("Warranty Date Formula"),
        N_("Specifies how the warranty date is made of the document date when goods come in."),
    ),
    (
        "require_warranty_date_entry",
        N_("Require Warranty Date Entry"),
        N_("Specifies that the warranty date is typed when goods come in; the formula rests."),
    ),
    (
        REQUIRE_DATE,
        N_("Require Expiration Date Entry"),
        N_("Specifies that goods come in only with an expiration date that was entered."),
    ),
    (
        STRICT,
        N_("Strict Expiration Posting"),
        N_("Specifies that expired stock is neither picked nor sold."),
    ),
    (
        USE_DATES,
        N_("Use Expiration Dates"),
        N_("Specifies that numbers have expiration dates and that they are checked."),
    ),
)

"""Location: a building or yard, and how warehouse work is done there (docs/domain.md 4.1).

The fields are Business Central's. A location with directed put-away and pick books every
adjustment against its adjustment bin; its dates are those of its own time zone.

This module must never reach into bins: the bin fields are ids that `warehouse` looks after.
"""

import enum
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scanner_app.records import Base, Code10, Editable, Flag, Id, Text100


class BinCapacityPolicy(enum.StrEnum):
    """What happens when a bin would hold more than its maximum."""

    NEVER_CHECK = "Never Check"
    ALLOW_MORE = "Allow More"
    PROHIBIT_MORE = "Prohibit More"


class DefaultBinSelection(enum.StrEnum):
    """Which bin becomes an item's default bin."""

    BLANK = ""
    FIXED_BIN = "Fixed Bin"
    LAST_USED_BIN = "Last-Used Bin"


class OtherBinPolicy(enum.StrEnum):
    """What happens when goods are put into another bin than the line names."""

    PROHIBIT = "Prohibit"
    WARN = "Warn"
    ALLOW = "Allow"


class Location(Editable, Base):
    """Where stock is, and which documents move it."""

    __tablename__ = "location"
    __table_args__ = (
        UniqueConstraint("code"),
        CheckConstraint(
            "NOT directed_put_away_and_pick OR bin_mandatory", name="directed_needs_bins"
        ),
    )

    id: Mapped[Id]
    code: Mapped[Code10]
    name: Mapped[Text100] = mapped_column(default="")
    time_zone: Mapped[str] = mapped_column(String(50), default="UTC")
    bin_mandatory: Mapped[Flag]
    directed_put_away_and_pick: Mapped[Flag]
    require_receive: Mapped[Flag]
    require_shipment: Mapped[Flag]
    require_put_away: Mapped[Flag]
    require_pick: Mapped[Flag]
    use_cross_docking: Mapped[Flag]
    use_as_in_transit: Mapped[Flag]
    pick_according_to_fefo: Mapped[Flag]
    allow_breakbulk: Mapped[Flag]
    check_warehouse_class: Mapped[Flag]
    always_create_put_away_line: Mapped[Flag]
    always_create_pick_line: Mapped[Flag]
    scan_each_unit: Mapped[Flag]
    put_away_template_code: Mapped[Code10] = mapped_column(default="")
    bin_capacity_policy: Mapped[BinCapacityPolicy] = mapped_column(
        default=BinCapacityPolicy.NEVER_CHECK
    )
    default_bin_selection: Mapped[DefaultBinSelection] = mapped_column(
        default=DefaultBinSelection.BLANK
    )
    other_bin_policy: Mapped[OtherBinPolicy] = mapped_column(default=OtherBinPolicy.WARN)
    receipt_bin_id: Mapped[int | None]
    shipment_bin_id: Mapped[int | None]
    adjustment_bin_id: Mapped[int | None]
    cross_dock_bin_id: Mapped[int | None]

    @property
    def puts_away(self) -> bool:
        """Whether posting a receipt makes a put-away."""
        return self.require_put_away and self.bin_mandatory


def work_date_of(location: Location, moment: datetime) -> date:
    """The date of a moment where the location is: its work date (docs/domain.md 4.1)."""
    return moment.astimezone(ZoneInfo(location.time_zone)).date()

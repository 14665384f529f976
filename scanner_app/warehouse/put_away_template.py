"""Put-away Template: in which order a put-away looks for bins (docs/domain.md 6.12).

A line asks something of a bin; the lines are tried one after the other until everything has a
place. A location says its template on its card, an item may have one of its own.

This module must never look for a bin: `bins_for_put_away` does.
"""

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from scanner_app.inventory.location import Location
from scanner_app.records import Base, Code10, Flag, Id, Text100


class PutAwayTemplate(Base):
    """The name of a template; what it asks stands on its lines."""

    __tablename__ = "put_away_template"
    __table_args__ = (UniqueConstraint("code"),)

    id: Mapped[Id]
    code: Mapped[Code10]
    description: Mapped[Text100] = mapped_column(default="")


class PutAwayTemplateLine(Base):
    """What is asked of a bin. A bin is sought among the fixed ones or among the floating ones."""

    __tablename__ = "put_away_template_line"
    __table_args__ = (
        UniqueConstraint("template_id", "line_no"),
        CheckConstraint("find_fixed_bin <> find_floating_bin", name="fixed_or_floating"),
        CheckConstraint("find_same_item OR NOT find_fixed_bin", name="fixed_for_the_item"),
        CheckConstraint(
            "find_same_item OR NOT find_unit_of_measure_match", name="unit_of_the_item"
        ),
        CheckConstraint(
            "NOT find_less_than_min_qty OR (find_fixed_bin AND NOT find_empty_bin)",
            name="minimum_of_fixed",
        ),
    )

    id: Mapped[Id]
    template_id: Mapped[int] = mapped_column(ForeignKey("put_away_template.id"))
    line_no: Mapped[int]
    description: Mapped[Text100] = mapped_column(default="")
    find_fixed_bin: Mapped[Flag]
    find_floating_bin: Mapped[Flag]
    find_same_item: Mapped[Flag]
    find_unit_of_measure_match: Mapped[Flag]
    find_less_than_min_qty: Mapped[Flag]
    find_empty_bin: Mapped[Flag]


class Search(NamedTuple):
    """What one line asks of a bin.

    Attributes:
        fixed: it is a fixed or default bin of the item; else no item's fixed or default bin.
        same_item: the item lies in it, or has its place there.
        unit_match: in the unit of measure of the goods.
        below_minimum: it holds less than its Min. Qty.
        empty: nothing lies in it.
        default: it is the default bin of the item.
    """

    fixed: bool = False
    same_item: bool = False
    unit_match: bool = False
    below_minimum: bool = False
    empty: bool = False
    default: bool = False


Searches = tuple[Search, ...]

# Where nobody said a template: the bins of the item, then where it lies already, then empty ones.
STANDING_ORDER: Searches = (
    Search(fixed=True, same_item=True, unit_match=True),
    Search(same_item=True, unit_match=True),
    Search(empty=True),
)
DEFAULT_BIN = Search(fixed=True, same_item=True, unit_match=True, default=True)


def searches_by_template(session: Session) -> Mapping[str, Searches]:
    """What the lines of each template ask, in their order, by its code."""
    line = PutAwayTemplateLine
    rows = session.execute(
        select(PutAwayTemplate.code, line)
        .outerjoin(line, line.template_id == PutAwayTemplate.id)
        .order_by(PutAwayTemplate.id, line.line_no)
    )
    found: dict[str, Searches] = {}
    for code, row in rows:
        found[code] = (*found.get(code, ()), *([_search(row)] if row else []))
    return found


def searches_at(location: Location, templates: Mapping[str, Searches], own_code: str) -> Searches:
    """In which order bins are sought for an item: by its own template, else by its location's.

    Where put-aways are not directed, the default bin comes before all others.
    """
    code = own_code or location.put_away_template_code
    searches = templates.get(code, STANDING_ORDER)
    return searches if location.directed_put_away_and_pick else (DEFAULT_BIN, *searches)


def _search(line: PutAwayTemplateLine) -> Search:
    return Search(
        fixed=line.find_fixed_bin,
        same_item=line.find_same_item,
        unit_match=line.find_unit_of_measure_match,
        below_minimum=line.find_less_than_min_qty,
        empty=line.find_empty_bin,
    )

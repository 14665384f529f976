"""How far validating or applying a package is, and how it ended, as its page tells it.

This module must never try or write a record: the job worker does.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from scanner_app.configuration.configuration_package import ConfigurationPackage
from scanner_app.configuration.package_errors import refusal_of
from scanner_app.errors import RuleRefused
from scanner_app.jobs.apply_package_job import APPLY
from scanner_app.jobs.job import GOING_ON, Job, JobState


@dataclass(frozen=True)
class PackageRun:
    """One job of a package.

    Attributes:
        is_applying: whether all records are validated and parts are being applied.
        applies: whether applying was asked for, and not validating alone.
        errors: how many records have errors.
        applied: how many records are whole in their tables.
        tables: how many records became what, by the number of the table.
    """

    id: int
    state: JobState
    is_applying: bool
    applies: bool
    done: int
    total: int
    time_left: timedelta | None
    errors: int
    applied: int
    tables: Mapping[int, Mapping[str, int]]
    fault: RuleRefused | None

    @property
    def is_going_on(self) -> bool:
        """Whether the package is frozen still."""
        return self.state in GOING_ON

    @property
    def minutes_left(self) -> int:
        """The time left in whole minutes, rounded up; 0 before anything can be said."""
        return -(-self.time_left // timedelta(minutes=1)) if self.time_left else 0


def run_of(session: Session, package: ConfigurationPackage) -> PackageRun | None:
    """The job that the page of a package tells of."""
    if package.job_id is None:
        return None
    job = session.get_one(Job, package.job_id)
    place = job.checkpoint
    return PackageRun(
        id=job.id,
        state=job.state,
        is_applying=place.get("phase") == APPLY,
        applies=job.parameters["apply"],
        done=job.done,
        total=job.total,
        time_left=job.time_left,
        errors=place.get("errors", 0),
        applied=place.get("applied", 0),
        tables={int(number): told for number, told in place.get("tables", {}).items()},
        fault=refusal_of(job.fault) if job.fault else None,
    )

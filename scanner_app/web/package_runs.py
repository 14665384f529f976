"""How far validating or applying a package is, and how it ended, as its page tells it.

This module must never try or write a record: the job worker does.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from scanner_app.configuration.configuration_package import ConfigurationPackage
from scanner_app.jobs.apply_package_job import APPLY
from scanner_app.jobs.job import Job
from scanner_app.stored_refusals import refusal_from_json
from scanner_app.web.job_pages import JobRun


@dataclass(frozen=True, kw_only=True)
class PackageRun(JobRun):
    """One job of a package.

    Attributes:
        is_applying: whether all records are validated and parts are being applied.
        applies: whether applying was asked for, and not validating alone.
        errors: how many records have errors.
        applied: how many records are whole in their tables.
        tables: how many records became what, by the number of the table.
    """

    is_applying: bool
    applies: bool
    errors: int
    applied: int
    tables: Mapping[int, Mapping[str, int]]


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
        fault=refusal_from_json(job.fault) if job.fault else None,
    )

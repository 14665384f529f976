"""Scans: where a device's scans arrive, one transaction each, and where photos are decoded.

`POST /scans` takes 1 to 20 scans of one document as JSON, or one as a plain form, and answers
with a fragment for each and the next question; or with JSON of the same content.

This module must never understand a scan: `scanning.apply_scan` does.
"""

import json
import uuid
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal

from flask import Blueprint, jsonify, make_response, redirect, render_template, request
from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from scanner_app.barcodes.barcode_settings import BarcodeSettings
from scanner_app.errors import N_, RuleRefused
from scanner_app.scanning.apply_scan import apply_scan
from scanner_app.scanning.keep_scan import (
    NewScan,
    ScanReused,
    ScanSender,
    device_of,
)
from scanner_app.scanning.outcomes import Outcome, Result, refused
from scanner_app.scanning.scan import ScanSource
from scanner_app.web.current import (
    current_device_id,
    current_location_id,
    current_user_id,
    now,
    settings,
    write,
)
from scanner_app.web.photos import decode_photo
from scanner_app.web.refusals import back_path
from scanner_app.web.scan_answers import spoken
from scanner_app.web.scan_places import address_of, task_of
from scanner_app.web.security import takes_file
from scanner_app.web.sessions import device_identity

blueprint = Blueprint("scans", __name__)

SCANS_PER_REQUEST_MAX = 20
SEQUENCE_MAX = 2**53
RAW_CHARS_MAX = 512
SUBSTITUTE = "\x1a"
UUID_PATTERN = r"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"

Sequence = Annotated[int, Field(ge=0, le=SEQUENCE_MAX)]
Short = Annotated[str, StringConstraints(max_length=20)]


class PayloadNotReadable(RuleRefused):
    """The request is not what a scan field sends."""

    message = N_("The device sent something that is no scan.")
    way_out = N_("Open the page again, then scan again.")


class SentScan(BaseModel):
    """One scan in a request, strictly typed: numbers are numbers, text is text."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    id: Annotated[str, StringConstraints(pattern=UUID_PATTERN)]
    device_seq: Sequence
    seen_seq: Sequence
    raw: str
    symbology: Annotated[str, StringConstraints(max_length=8)] = ""
    source: Literal["wedge", "camera", "photo", "keypad", "tap"] = "wedge"
    scanned_at: Annotated[str, StringConstraints(max_length=40)] = ""
    document_kind: Literal[
        "", "put-away", "pick", "movement", "count", "item-journal", "receipt", "move"
    ] = ""
    document_no: Short = ""
    step: Short = ""
    choice: Annotated[str, StringConstraints(max_length=120)] = ""

    def as_new_scan(self) -> NewScan:
        """The scan as the rules know it."""
        return NewScan(
            uuid=self.id,
            device_seq=self.device_seq,
            seen_seq=self.seen_seq,
            raw=_storable(self.raw),
            symbology=_storable(self.symbology),
            source=ScanSource(self.source),
            scanned_at=_moment(self.scanned_at),
            document_kind=self.document_kind,
            document_no=_storable(self.document_no).strip().upper(),
            step=_storable(self.step),
            choice=_storable(self.choice),
        )


class SentScans(BaseModel):
    """The body of a request."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    scans: Annotated[list[SentScan], Field(min_length=1, max_length=SCANS_PER_REQUEST_MAX)]


@blueprint.post("/scans")
def receive() -> AnyResponse:
    """Take the scans of a device, one after the other."""
    if not request.is_json:
        return _receive_form()
    sent = _read_payload()
    answers = [(scan, _apply(scan.as_new_scan())) for scan in sent.scans]
    conflict = any(outcome.result is Result.CONFLICT for _, outcome in answers)
    status = 409 if conflict else 200
    if request.accept_mimetypes.best == "application/json":
        body = {"scans": [_as_json(scan, outcome) for scan, outcome in answers]}
        return make_response(jsonify(body), status)
    last = sent.scans[-1].as_new_scan()
    task_template, values = task_of(last.document_kind, last.document_no)
    page = render_template(
        "scans/_answers.html",
        answers=[_as_shown(scan, outcome) for scan, outcome in answers],
        task_template=task_template,
        **values,
    )
    return make_response(page, status)


@blueprint.post("/photos")
@takes_file
def receive_photo() -> str:
    """Read the barcodes of a photo; the device then sends them like any scan."""
    photo = request.files.get("photo")
    codes = decode_photo(photo.read() if photo else b"")
    return render_template("scans/_photo.html", codes=codes)


def _read_payload() -> SentScans:
    try:
        return SentScans.model_validate_json(_mended(request.get_data()))
    except (ValueError, RecursionError):
        raise PayloadNotReadable from None


def _mended(body: bytes) -> str:
    """Half a character, which pydantic does not read, must not cost the scans beside it."""
    text = json.dumps(json.loads(body), ensure_ascii=False)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _receive_form() -> AnyResponse:
    """Without a script the page itself is the device: its hidden id makes the scan safe twice."""
    form = request.form
    at = now()
    sequence = int(at.timestamp() * 1000)
    try:
        scan_id = str(uuid.UUID(form.get("scan_id", "")))
    except ValueError:
        raise PayloadNotReadable from None
    new = NewScan(
        uuid=scan_id,
        device_seq=sequence,
        seen_seq=sequence - 1,
        raw=_storable(form.get("value") or form.get("scan", "")),
        source=ScanSource.KEYPAD,
        scanned_at=at,
        document_kind=_storable(form.get("document_kind", ""))[:20],
        document_no=_storable(form.get("document_no", ""))[:20].upper(),
        step=_storable(form.get("step", ""))[:20],
        choice=_storable(form.get("choice", ""))[:120],
    )
    outcome = _apply(new)
    page = back_path().partition("?")[0]
    return redirect(address_of(outcome) or f"{page}?answer={scan_id}", 303)


def _apply(new: NewScan) -> Outcome:
    """One scan, one transaction; other content under a known id is a conflict."""
    user_id, location_id, at = current_user_id(), current_location_id(), now()
    known_id, identity = current_device_id(), device_identity()
    own = barcode_settings()

    def work(session: Session) -> Outcome:
        sender = ScanSender(
            user_id=user_id,
            device_id=known_id or device_of(session, identity, at).id,
            location_id=location_id,
            received_at=at,
        )
        return apply_scan(session, new, sender, own).outcome

    try:
        return write(work)
    except ScanReused as refusal:
        return refused(refusal)


def barcode_settings() -> BarcodeSettings:
    """How this site prints and sends its labels."""
    own = settings()
    return BarcodeSettings(
        house_prefixes=own.house_prefixes, plain_code_128_is_gs1=own.plain_code_128_is_gs1
    )


def _storable(text: str) -> str:
    """What no database stores becomes U+001A, which stands for it; the parser refuses that."""
    kept = text[: RAW_CHARS_MAX + 1]
    return "".join(SUBSTITUTE if c in "\0\ufffd" or "\ud800" <= c <= "\udfff" else c for c in kept)


def _moment(text: str) -> datetime | None:
    """The device's clock is data: what is no moment, or absurd, is left out."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment if abs(moment - now()) < timedelta(days=3650) else None


def _as_shown(scan: SentScan, outcome: Outcome) -> dict[str, Any]:
    return spoken(outcome) | {"id": scan.id, "device_seq": scan.device_seq, "scan": scan}


def _as_json(scan: SentScan, outcome: Outcome) -> dict[str, Any]:
    return spoken(outcome) | {"id": scan.id, "device_seq": scan.device_seq}

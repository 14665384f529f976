"""Pressing a button twice does its work once: the web's side of `access.posted_request`.

Every form carries a `request_id` made with the page. What the form asks for is digested without
the tokens that differ from page to page.

This module must never do the work itself, nor remember a refusal: that may be sent again.
"""

import hashlib
import json
import uuid
from collections.abc import Callable
from typing import IO

from flask import request
from sqlalchemy.orm import Session

from scanner_app.access.posted_request import Answer, RequestIdentity, once
from scanner_app.errors import N_, RuleRefused
from scanner_app.web.current import current_user_id, now, write

REQUEST_ID_FIELD = "request_id"
FIELDS_OF_THE_PAGE = frozenset({REQUEST_ID_FIELD, "csrf_token"})


class RequestIdMissing(RuleRefused):
    """A form came without the id that makes it safe to send twice."""

    message = N_("This form came without its request id.")
    way_out = N_("Open the page again and repeat what you did.")


def post_once(work: Callable[[Session], Answer]) -> Answer:
    """Do the work of this request in one transaction, or return the answer it got before.

    Raises:
        RequestIdMissing: when the form holds no UUID in `request_id`.
        RequestReused: when the same id came before with other content.
        WriterBusy: when the writer could not be had in time.
    """
    identity = RequestIdentity(
        uuid=_request_id(),
        digest=_digest(),
        user_id=current_user_id(),
        endpoint=request.endpoint or "",
        posted_at=now(),
    )
    return write(lambda session: once(session, identity, work))


def _request_id() -> str:
    try:
        return str(uuid.UUID(request.form.get(REQUEST_ID_FIELD, ""))).upper()
    except ValueError:
        raise RequestIdMissing from None


def _digest() -> str:
    """SHA-256 of what was asked for, in upper-case hexadecimal."""
    fields = sorted(
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in FIELDS_OF_THE_PAGE
    )
    files = sorted(
        (name, _digest_of_file(upload.stream)) for name, upload in request.files.items(multi=True)
    )
    asked = json.dumps([request.endpoint, request.view_args, fields, files], sort_keys=True)
    return hashlib.sha256(asked.encode()).hexdigest().upper()


def _digest_of_file(stream: IO[bytes]) -> str:
    """What was uploaded is part of what is asked for; whoever reads it next begins anew."""
    stream.seek(0)
    digest = hashlib.file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type] # of any stream that reads
    stream.seek(0)
    return digest

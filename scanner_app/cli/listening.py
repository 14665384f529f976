"""Listening: hand an application to waitress and say where it answers.

This module must never choose what is served, nor listen anywhere but where the settings say.
"""

import signal
import sys
from socket import AddressFamily, create_server
from socket import socket as Socket  # noqa: N812 - a class that is not spelt like one
from types import FrameType
from typing import TYPE_CHECKING

import waitress

from scanner_app.config import Settings, SettingsUnfit

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


def listen(application: "WSGIApplication", settings: Settings) -> None:
    """Print the address in one line and answer there until the process is told to stop.

    Raises:
        SettingsUnfit: when the address cannot be had.
    """
    with _socket(settings) as socket:
        server = waitress.create_server(
            application,
            sockets=[socket],
            threads=settings.threads,
            ident=None,
            max_request_body_size=settings.photo_bytes_max + settings.form_bytes_max,
            # Without a proxy in front, waitress drops what a client claims to be forwarded.
            clear_untrusted_proxy_headers=not settings.trust_proxy,
        )
        signal.signal(signal.SIGTERM, _end)
        address = address_to_open(settings, socket.getsockname()[1])
        print(f"The scanner app answers at {address}", flush=True)
        server.run()


def _socket(settings: Settings) -> Socket:
    family = AddressFamily.AF_INET6 if ":" in settings.host else AddressFamily.AF_INET
    try:
        return create_server((settings.host, settings.port), family=family)
    except OSError as fault:
        raise SettingsUnfit(
            f"Port {settings.port} on {settings.host} cannot be used: {fault.strerror}. "
            "Choose another with SCANNER_PORT."
        ) from fault


def address_to_open(settings: Settings, port: int) -> str:
    """What a person types into a browser; behind a proxy that is PUBLIC_URL."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return settings.public_url or f"http://{host}:{port}/"


def _end(signal_number: int, frame: FrameType | None) -> None:
    """Waitress lets the requests at work come to their end."""
    sys.exit(0)

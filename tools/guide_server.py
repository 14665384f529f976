"""An app served on a real port of this machine for as long as somebody looks at it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import waitress
from flask import Flask
from waitress import wasyncore

THREADS = 8


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Serve the app on a free port; the address."""
    sockets: dict[int, object] = {}
    server = waitress.create_server(
        app, host="127.0.0.1", port=0, threads=THREADS, ident=None, map=sockets
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        # Waitress's own loop closes its sockets: from another thread it would still wait on them.
        server.trigger.pull_trigger(lambda: wasyncore.close_all(sockets, ignore_all=True))
        thread.join()
        server.task_dispatcher.shutdown()

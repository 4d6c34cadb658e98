"""Loaded by Python first of all when this folder is on PYTHONPATH: record and refuse calls to other machines.

The file named by LATENT_LIBRARY_TRIPWIRE gets a line per attempt. Connections to this machine itself pass.
"""

import os
import sys

RECORD = os.environ.get("LATENT_LIBRARY_TRIPWIRE")
HERE = ("127.", "::1", "localhost", "0.0.0.0", "::ffff:127.")
NAMED = ("socket.getaddrinfo", "socket.gethostbyname")
SENT = ("socket.connect", "socket.sendto", "socket.sendmsg")


def told_host(event: str, arguments: tuple):
    """The host an audit event asks for, or None where it is about no other machine."""
    if event in NAMED:
        return arguments[0]
    if event in SENT and isinstance(arguments[1], tuple):
        return arguments[1][0]
    return None


def watch(event: str, arguments: tuple) -> None:
    """Audit hook: write the attempt down, then refuse it."""
    host = told_host(event, arguments)
    host = host.decode() if isinstance(host, bytes) else host
    if not host or host.startswith(HERE):
        return
    with open(RECORD, "a", encoding="utf-8") as record:
        record.write(f"{event} {host}\n")
    raise ConnectionError(f"the network is cut in this test; {host} was asked for")


if RECORD:
    sys.addaudithook(watch)

"""A mail server that takes, refuses, cuts and dawdles as a test wishes."""

import asyncio
import email
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from aiosmtpd.controller import Controller

TAKE = "250 taken"
Mood = Callable[[int], str]


@dataclass
class Sink:
    """`rcpt` and `data` say what the n-th RCPT and DATA hear; "cut" drops the line instead."""

    rcpt: Mood = lambda _count: TAKE
    data: Mood = lambda _count: TAKE
    seconds: float = 0.0
    port: int = 0
    rcpt_count: int = 0
    data_count: int = 0
    cut_count: int = 0
    received: list[tuple[str, str]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    async def handle_RCPT(self, server, _session, envelope, address, _options):  # noqa: N802
        self.rcpt_count += 1
        answer = self.rcpt(self.rcpt_count)
        if answer == "cut":
            server.transport.abort()
        elif answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server, _session, envelope):  # noqa: N802
        self.data_count += 1
        answer = self.data(self.data_count)
        if self.seconds:
            await asyncio.sleep(self.seconds)
        if answer in (TAKE, "cut"):
            message = email.message_from_bytes(envelope.content)
            self.received.append((str(message["Message-ID"]), envelope.rcpt_tos[0]))
            self.texts.append(envelope.content.decode("utf-8", "replace"))
        if answer == "cut":
            self.cut_count += 1
            server.transport.abort()
        return answer

    @property
    def message_ids(self) -> list[str]:
        return [message_id for message_id, _to in self.received]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def open_sink(**moods) -> Iterator[Sink]:
    sink = Sink(port=free_port(), **moods)
    controller = Controller(sink, hostname="127.0.0.1", port=sink.port)
    controller.start()
    try:
        yield sink
    finally:
        controller.stop(no_assert=True)

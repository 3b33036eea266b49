"""kill -9 in the middle of sending: nothing lost, at most one repeat per kill, and under the same name."""

import random
import sys
import time
from collections import Counter

import pytest

from tests.faults.house import MIGRATE, PRELUDE, kill, new_house, open_house, wait_until
from tests.faults.sink import TAKE, open_sink

QUEUE = """
from lodestar.domain.messaging.actions import queue_letter
from lodestar.domain.people.models import Person
for n in range({count}):
    queue_letter("accounts.moved", email=f"p{{n}}@example.org")
"""
MOVE_CLOCK = """
from datetime import timedelta
from lodestar.demo import stagehand
from lodestar.domain.common.time import now
stagehand.set_clock(now() + timedelta(minutes=5))
"""
SEND = """
from lodestar.domain.common.time import now
from lodestar.web.mail.jobs import send_letters
send_letters(now())
"""
COUNT = """
from lodestar.domain.messaging.queries import letter_counts
tell(letter_counts())
"""


def campaign(folder, *, letters, kills, sink, seed=1):
    """Send letters while killing the sender again and again; return the final counts by status."""
    chance = random.Random(seed)
    with open_house(folder, sink.port, QUEUE.format(count=letters)) as house:
        house.clock()
        for _number in range(kills):
            worker = house.worker()
            enough = len(sink.received) + chance.randint(1, max(2, letters // (kills + 1) - 2))
            wait_until(lambda enough=enough: len(sink.received) >= enough, seconds=120)
            time.sleep(chance.random() * 0.05)
            kill(worker)
        house.worker()
        for _ in range(60):
            counts = house.ask(COUNT + MOVE_CLOCK)
            if set(counts) == {"sent"}:
                break
    return counts


def repeats_of(sink):
    return sum(count - 1 for count in Counter(sink.message_ids).values())


@pytest.mark.faults
def test_a_killed_sender_loses_nothing(tmp_path):
    with open_sink(seconds=0.05) as sink, new_house(tmp_path, sink.port) as house:
        sender = house.start(
            [sys.executable, "-c", PRELUDE + MIGRATE + QUEUE.format(count=8) + SEND]
        )
        wait_until(lambda: sink.data_count == 4, seconds=60)
        kill(sender)
        counts = house.ask(MOVE_CLOCK + SEND + COUNT)

    assert counts == {"sent": 8}
    assert len(set(sink.message_ids)) == 8
    assert repeats_of(sink) <= 1


@pytest.mark.faults
def test_eight_kills_in_a_campaign(tmp_path):
    with open_sink(seconds=0.02) as sink:
        counts = campaign(tmp_path, letters=300, kills=8, sink=sink)

    assert counts == {"sent": 300}
    assert len(set(sink.message_ids)) == 300
    assert repeats_of(sink) <= 8
    assert {to for _id, to in sink.received} == {f"p{n}@example.org" for n in range(300)}


@pytest.mark.faults
def test_a_bad_server_and_kills_at_once(tmp_path):
    chance = random.Random(7)

    def rcpt(count):
        return "451 later" if count <= 20 or chance.random() < 0.05 else TAKE

    def data(_count):
        roll = chance.random()
        return "cut" if roll < 0.02 else "451 not now" if roll < 0.04 else TAKE

    with open_sink(seconds=0.01, rcpt=rcpt, data=data) as sink:
        counts = campaign(tmp_path, letters=150, kills=4, sink=sink, seed=7)

    own_repeats = repeats_of(sink) - sink.cut_count
    assert counts == {"sent": 150}
    assert len(set(sink.message_ids)) == 150
    assert own_repeats <= 4


@pytest.mark.faults
def test_two_senders_and_two_clocks_send_each_letter_once(tmp_path):
    with (
        open_sink(seconds=0.01) as sink,
        open_house(tmp_path, sink.port, QUEUE.format(count=120)) as house,
    ):
        for _ in range(2):
            house.worker()
            house.clock()
        wait_until(lambda: len(sink.received) >= 120, seconds=60)
        wait_until(lambda: house.ask(COUNT) == {"sent": 120}, seconds=20)

    assert repeats_of(sink) == 0
    assert len(sink.received) == 120

"""A load client in a process of its own: some keep-alive connections, each asking again as soon as it was answered.

    python -m bench.client '{"port": 8000, "kind": "members", "connections": 8, "seconds": 30, …}'

Prints one JSON line. Answers are counted by status; a broken connection counts as "lost".
"""

import asyncio
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from bench.members_file import GIVEN, SECTORS, SYLLABLES

LINE_END = b"\r\n\r\n"


@dataclass
class Load:
    """What to ask, and how hard."""

    port: int
    kind: str
    connections: int
    seconds: float
    warm_up: float = 0.0
    token: str = ""
    codes: list[str] = field(default_factory=list)
    first: int = 0
    with_key: bool = True
    path: str = ""


@dataclass
class Outcome:
    """Every answer counts as one; only those asked after the warm-up are timed."""

    statuses: Counter[str] = field(default_factory=Counter)
    timed: list[float] = field(default_factory=list)
    example: str = ""


def person(number: int, codes: list[str], chance: random.Random) -> dict[str, object]:
    """Somebody new: the number makes telephone and NIK."""
    code = chance.choice(codes)
    surname = "".join(chance.choices(SYLLABLES, k=3)).title()
    given = chance.choice(GIVEN)
    day, serial = divmod(number, 9999)
    year, rest = divmod(day, 336)
    month, day = divmod(rest, 28)
    return {
        "name": f"{given} {surname}",
        "phone": f"0857{number:08d}",
        "nik": f"{code.replace('.', '')}{day + 1:02d}{month + 1:02d}{60 + year % 39:02d}{serial + 1:04d}",
        "region": code,
        "birth_on": f"{1960 + year % 39}-{month + 1:02d}-{day + 1:02d}",
        "sex": chance.choice(["female", "male"]),
        "work_status": "usaha",
        "consent": {"witnessed": True},
        "source": "bench",
        "business": {
            "name": f"Dapur {given}",
            "sector": chance.choice(SECTORS),
            "workers": chance.randrange(1, 5),
        },
    }


def asked_by(load: Load) -> Callable[[int], bytes]:
    """Makes the n-th request."""
    chance = random.Random(load.first)
    if load.kind == "get":
        request = f"GET {load.path} HTTP/1.1\r\nHost: 127.0.0.1:{load.port}\r\n\r\n".encode()
        return lambda _number: request

    def post(number: int) -> bytes:
        body = json.dumps(person(load.first + number, load.codes, chance)).encode()
        key = f"Idempotency-Key: bench-{load.first + number}\r\n" if load.with_key else ""
        head = (
            f"POST {load.path} HTTP/1.1\r\nHost: 127.0.0.1:{load.port}\r\nAuthorization: Bearer {load.token}\r\n{key}"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body

    return post


async def press(load: Load) -> tuple[Outcome, float]:
    """All connections until the time is over; what was asked is waited for."""
    outcome, ask, numbers = Outcome(), asked_by(load), iter(range(10**9))
    timed_from = time.perf_counter() + load.warm_up
    until = timed_from + load.seconds
    await asyncio.gather(
        *(
            _one_connection(load, outcome, ask, numbers, timed_from, until)
            for _each in range(load.connections)
        )
    )
    return outcome, time.perf_counter() - timed_from


async def _one_connection(
    load: Load, outcome: Outcome, ask: Callable[[int], bytes], numbers, timed_from: float, until: float
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", load.port)
    while (began := time.perf_counter()) < until:
        try:
            writer.write(ask(next(numbers)))
            status, body = await _answer(reader)
        except (OSError, asyncio.IncompleteReadError):
            outcome.statuses["lost"] += 1
            reader, writer = await asyncio.open_connection("127.0.0.1", load.port)
            continue
        outcome.statuses[status] += 1
        if began >= timed_from:
            outcome.timed.append((time.perf_counter() - began) * 1000)
        if status not in {"200", "201"} and not outcome.example:
            outcome.example = body[:400].decode(errors="replace")
    writer.close()


async def _answer(reader: asyncio.StreamReader) -> tuple[str, bytes]:
    head = (await reader.readuntil(LINE_END)).decode("latin-1")
    first, *lines = head.split("\r\n")
    fields = {
        name.strip().lower(): value.strip() for name, _colon, value in (line.partition(":") for line in lines)
    }
    if "chunked" in fields.get("transfer-encoding", ""):
        body = b""
        while size := int((await reader.readuntil(b"\r\n")).strip() or b"0", 16):
            body += (await reader.readexactly(size + 2))[:-2]
        await reader.readuntil(b"\r\n")
        return first.split()[1], body
    return first.split()[1], await reader.readexactly(int(fields.get("content-length", "0")))


def main() -> None:
    load = Load(**json.loads(sys.argv[1]))
    outcome, seconds = asyncio.run(press(load))
    told = {
        "statuses": outcome.statuses,
        "milliseconds": outcome.timed,
        "seconds": seconds,
        "example": outcome.example,
    }
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()

"""A strict reader of iCalendar of our own, so that what a library wrote is read by somebody else.

Lines, folding and properties are taken apart here by RFC 5545; a zone is read from what the file itself says
of it, never from what the machine knows of its name.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

LINE = re.compile(r'^([A-Z0-9-]+)((?:;[A-Z0-9-]+=(?:"[^"]*"|[^";:,]*))*):(.*)$', re.DOTALL)
PARAMETER = re.compile(r';([A-Z0-9-]+)=("[^"]*"|[^";:,]*)')


@dataclass
class Part:
    """One BEGIN…END: its properties as (parameters, value), and what lies in it."""

    name: str
    properties: dict = field(default_factory=dict)
    parts: list = field(default_factory=list)

    def value(self, name):
        [(_parameters, value)] = self.properties[name]
        return value

    def text(self, name):
        plain = {"\\n": "\n", "\\N": "\n", "\\,": ",", "\\;": ";", "\\\\": "\\"}
        return re.sub(r"\\[nN,;\\]", lambda found: plain[found[0]], self.value(name))

    def inside(self, name):
        return [part for part in self.parts if part.name == name]


def read(text):
    """Return the one calendar in a file, or fail where the file is not what the standard wants."""
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    lines = re.sub(r"\r\n[ \t]", "", text).removesuffix("\r\n").split("\r\n")
    stack = [Part("")]
    for line in lines:
        found = LINE.match(line)
        assert found, line
        name, said, value = found.groups()
        if name == "BEGIN":
            stack.append(Part(value))
        elif name == "END":
            done = stack.pop()
            assert done.name == value
            stack[-1].parts.append(done)
        else:
            parameters = {key: each.strip('"') for key, each in PARAMETER.findall(said)}
            stack[-1].properties.setdefault(name, []).append((parameters, value))
    [calendar] = stack[0].inside("VCALENDAR")
    assert calendar.value("VERSION") == "2.0"
    return calendar


def wall(value):
    return datetime.strptime(value, "%Y%m%dT%H%M%S")  # noqa: DTZ007  a clock on the wall


def offset(value):
    sign = -1 if value[0] == "-" else 1
    return sign * timedelta(hours=int(value[1:3]), minutes=int(value[3:5]))


def moment(calendar, event, name):
    """Return the moment of an event's property, by the zone as the file itself describes it."""
    [(parameters, value)] = event.properties[name]
    if value.endswith("Z"):
        return wall(value[:-1]).replace(tzinfo=UTC)
    [zone] = [z for z in calendar.inside("VTIMEZONE") if z.value("TZID") == parameters["TZID"]]
    here = wall(value)
    begun = [part for part in zone.parts if wall(part.value("DTSTART")) <= here]
    latest = max(begun, key=lambda part: wall(part.value("DTSTART")))
    return (here - offset(latest.value("TZOFFSETTO"))).replace(tzinfo=UTC)

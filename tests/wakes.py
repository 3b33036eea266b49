"""Which jobs were woken? Instead of queueing, tests write the names down."""

woken: list[str] = []


def note(name: str) -> None:
    woken.append(name)

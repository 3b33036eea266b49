"""Which addresses are there, by which methods, and who uses each?"""

import argparse
import inspect
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass

SAFE = ("GET", "HEAD")


@dataclass(frozen=True)
class Route:
    """One address: its pattern, its name with the door in front, its methods, and who uses it."""

    path: str
    name: str
    methods: tuple[str, ...]
    open_to: tuple[str, ...]


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="lodestar routes")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    wishes = parser.parse_args(arguments)
    os.environ.setdefault("SECRET_KEY", "only-to-list-addresses")
    import django  # noqa: PLC0415  the settings are read here

    django.setup()
    routes = all_routes()
    if wishes.json:
        print(json.dumps([asdict(route) for route in routes], indent=1))
        return 0
    for route in routes:
        print(f"{'/'.join(route.methods):10} {route.path:60} {', '.join(route.open_to)}")
    return 0


def all_routes() -> list[Route]:
    from django.urls import get_resolver  # noqa: PLC0415  needs the settings

    return sorted(found_in(get_resolver(), "/", ""), key=lambda route: route.path)


def found_in(resolver: object, prefix: str, door: str) -> Iterator[Route]:
    for pattern in resolver.url_patterns:  # type: ignore[attr-defined]
        path = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from found_in(pattern, path, door + inner)
        else:
            view = pattern.callback
            name = door + (pattern.name or "")
            yield Route(path, name, methods_of(view), tuple(getattr(view, "open_to", ())))


def methods_of(view: Callable[..., object]) -> tuple[str, ...]:
    """Read the methods off Django's `require_…` decorators around the view."""
    layer: Callable[..., object] | None = view
    while layer is not None:
        held = inspect.getclosurevars(layer).nonlocals if inspect.isfunction(layer) else {}
        if "request_method_list" in held:
            return tuple(held["request_method_list"])
        layer = getattr(layer, "__wrapped__", None)
    return (*SAFE, "POST")

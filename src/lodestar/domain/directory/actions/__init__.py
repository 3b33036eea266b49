from lodestar.domain.directory.actions.listings import (
    check_listings,
    drop_listings,
    drop_shelves,
    refresh_listing,
    write_shelf,
)
from lodestar.domain.directory.actions.showing import (
    choose_visibility,
    hide,
    pause,
    pause_everywhere,
)

__all__ = [
    "check_listings",
    "choose_visibility",
    "drop_listings",
    "drop_shelves",
    "hide",
    "pause",
    "pause_everywhere",
    "refresh_listing",
    "write_shelf",
]

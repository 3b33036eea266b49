"""Long lists to choose from: nothing odd in front, nothing missing."""

from zoneinfo import available_timezones

from lodestar.web.common import choices


def test_time_zones_stand_under_their_regions_and_old_names_come_last():
    *regions, (older, aliases) = choices.time_zones()
    shown = {zone: name for _region, zones in regions for zone, name in zones}
    old = dict(aliases)

    assert str(older) == "Older names of the same"
    assert (shown["Africa/Lagos"], shown["Asia/Kolkata"], shown["UTC"]) == (
        "Lagos",
        "Kolkata",
        "UTC",
    )
    assert not {"Australia/North", "Australia/South", "America/Knox_IN"} & shown.keys()
    assert {"Australia/North", "America/Knox_IN", "Asia/Calcutta"} <= old.keys()
    assert old["America/Knox_IN"] == "America/Knox IN"
    every = {z for z in available_timezones() if z.startswith(choices.INHABITED)} | {"UTC"}
    assert shown.keys() | old.keys() == every

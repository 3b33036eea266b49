"""Which country, and which clock, does a place name mean?

Country names in the ways people write them, with the time zone of the capital or the most
peopled part (IANA time zone database, public domain); states and provinces where one country
has several clocks. A zone stated by the person always wins.
"""

import re
from functools import cache
from zoneinfo import available_timezones

from lodestar.engine.answers.values import plain

COUNTRY_ROWS = """
Argentina|Americas|America/Argentina/Buenos_Aires|argentine
Australia|Oceania|Australia/Sydney|aus
Austria|Europe|Europe/Vienna|österreich
Bahrain|Middle East|Asia/Bahrain|
Bangladesh|Asia|Asia/Dhaka|
Belarus|Europe|Europe/Minsk|
Belgium|Europe|Europe/Brussels|belgique,belgië
Bolivia|Americas|America/La_Paz|
Bosnia and Herzegovina|Europe|Europe/Sarajevo|bosnia & herzegovina
Brazil|Americas|America/Sao_Paulo|brasil
Bulgaria|Europe|Europe/Sofia|
Cambodia|Asia|Asia/Phnom_Penh|
Cameroon|Africa|Africa/Douala|cameroun
Canada|Americas|America/Toronto|canadá,can
Chile|Americas|America/Santiago|
China|Asia|Asia/Shanghai|mainland china,prc
Colombia|Americas|America/Bogota|
Costa Rica|Americas|America/Costa_Rica|
Croatia|Europe|Europe/Zagreb|
Cuba|Americas|America/Havana|
Cyprus|Europe|Asia/Nicosia|
Czechia|Europe|Europe/Prague|czech republic
Denmark|Europe|Europe/Copenhagen|danmark
Dominican Republic|Americas|America/Santo_Domingo|
Ecuador|Americas|America/Guayaquil|
Egypt|Africa|Africa/Cairo|مصر
El Salvador|Americas|America/El_Salvador|
Estonia|Europe|Europe/Tallinn|
Ethiopia|Africa|Africa/Addis_Ababa|
Finland|Europe|Europe/Helsinki|suomi
France|Europe|Europe/Paris|
Georgia|Europe|Asia/Tbilisi|republic of georgia
Germany|Europe|Europe/Berlin|deutschland
Ghana|Africa|Africa/Accra|
Greece|Europe|Europe/Athens|
Guatemala|Americas|America/Guatemala|
Honduras|Americas|America/Tegucigalpa|
Hong Kong|Asia|Asia/Hong_Kong|hong konh
Hungary|Europe|Europe/Budapest|
Iceland|Europe|Atlantic/Reykjavik|
India|Asia|Asia/Kolkata|bharat
Indonesia|Asia|Asia/Jakarta|
Iran|Middle East|Asia/Tehran|
Iraq|Middle East|Asia/Baghdad|
Ireland|Europe|Europe/Dublin|republic of ireland,éire
Israel|Middle East|Asia/Jerusalem|
Italy|Europe|Europe/Rome|italia
Ivory Coast|Africa|Africa/Abidjan|côte d'ivoire
Jamaica|Americas|America/Jamaica|
Japan|Asia|Asia/Tokyo|日本
Jordan|Middle East|Asia/Amman|
Kazakhstan|Asia|Asia/Almaty|
Kenya|Africa|Africa/Nairobi|
Kuwait|Middle East|Asia/Kuwait|
Latvia|Europe|Europe/Riga|
Lebanon|Middle East|Asia/Beirut|
Lithuania|Europe|Europe/Vilnius|
Luxembourg|Europe|Europe/Luxembourg|
Malaysia|Asia|Asia/Kuala_Lumpur|
Malta|Europe|Europe/Malta|
Mexico|Americas|America/Mexico_City|méxico
Moldova|Europe|Europe/Chisinau|republic of moldova
Mongolia|Asia|Asia/Ulaanbaatar|
Montenegro|Europe|Europe/Podgorica|
Morocco|Africa|Africa/Casablanca|maroc
Myanmar|Asia|Asia/Yangon|burma
Nepal|Asia|Asia/Kathmandu|
Netherlands|Europe|Europe/Amsterdam|the netherlands,holland,nederland
New Zealand|Oceania|Pacific/Auckland|nz,aotearoa new zealand
Nicaragua|Americas|America/Managua|
Nigeria|Africa|Africa/Lagos|
North Macedonia|Europe|Europe/Skopje|macedonia
Norway|Europe|Europe/Oslo|norge
Oman|Middle East|Asia/Muscat|
Pakistan|Asia|Asia/Karachi|
Palestine|Middle East|Asia/Hebron|palestinian territories
Panama|Americas|America/Panama|
Paraguay|Americas|America/Asuncion|
Peru|Americas|America/Lima|perú
Philippines|Asia|Asia/Manila|the philippines
Poland|Europe|Europe/Warsaw|polska
Portugal|Europe|Europe/Lisbon|
Puerto Rico|Americas|America/Puerto_Rico|
Qatar|Middle East|Asia/Qatar|
Romania|Europe|Europe/Bucharest|
Russia|Europe|Europe/Moscow|russian federation
Rwanda|Africa|Africa/Kigali|
Saudi Arabia|Middle East|Asia/Riyadh|ksa
Senegal|Africa|Africa/Dakar|
Serbia|Europe|Europe/Belgrade|
Singapore|Asia|Asia/Singapore|
Slovakia|Europe|Europe/Bratislava|slovak republic
Slovenia|Europe|Europe/Ljubljana|
South Africa|Africa|Africa/Johannesburg|
South Korea|Asia|Asia/Seoul|korea,republic of korea,korea south,korea (south)
Spain|Europe|Europe/Madrid|españa
Sri Lanka|Asia|Asia/Colombo|
Sudan|Africa|Africa/Khartoum|
Sweden|Europe|Europe/Stockholm|sverige
Switzerland|Europe|Europe/Zurich|schweiz,suisse
Syria|Middle East|Asia/Damascus|
Taiwan|Asia|Asia/Taipei|republic of china
Tanzania|Africa|Africa/Dar_es_Salaam|
Thailand|Asia|Asia/Bangkok|
Trinidad and Tobago|Americas|America/Port_of_Spain|trinidad & tobago
Tunisia|Africa|Africa/Tunis|tunisie
Turkey|Middle East|Europe/Istanbul|türkiye
Uganda|Africa|Africa/Kampala|
Ukraine|Europe|Europe/Kyiv|
United Arab Emirates|Middle East|Asia/Dubai|uae
United Kingdom|Europe|Europe/London|uk,u.k.,great britain,britain,gb,england,scotland,wales,northern ireland,england/uk
United States|Americas|America/New_York|us,usa,u.s.,u.s.a.,u.s,united states of america,america,the united states,the us,unites states,united state,united sates,us of a
Uruguay|Americas|America/Montevideo|
Uzbekistan|Asia|Asia/Tashkent|
Venezuela|Americas|America/Caracas|
Vietnam|Asia|Asia/Ho_Chi_Minh|viet nam
Zambia|Africa|Africa/Lusaka|
Zimbabwe|Africa|Africa/Harare|
"""

REGION_ROWS = """
America/Chicago|Alabama,Arkansas,Illinois,Iowa,Kansas,Louisiana,Minnesota,Mississippi,Missouri,Nebraska,North Dakota,Oklahoma,South Dakota,Tennessee,Texas,Wisconsin,Manitoba
America/Denver|Colorado,Idaho,Montana,New Mexico,Utah,Wyoming,Alberta
America/Phoenix|Arizona
America/Los_Angeles|California,Nevada,Oregon,Washington
America/Vancouver|British Columbia
America/Anchorage|Alaska
Pacific/Honolulu|Hawaii
America/New_York|Connecticut,Delaware,District of Columbia,Florida,Georgia,Indiana,Kentucky,Maine,Maryland,Massachusetts,Michigan,New Hampshire,New Jersey,New York,North Carolina,Ohio,Pennsylvania,Rhode Island,South Carolina,Vermont,Virginia,West Virginia
America/Toronto|Ontario,Quebec,Québec
America/Halifax|Nova Scotia,New Brunswick,Prince Edward Island
America/St_Johns|Newfoundland and Labrador
America/Regina|Saskatchewan
Australia/Perth|Western Australia
Australia/Adelaide|South Australia
Australia/Brisbane|Queensland
Australia/Darwin|Northern Territory
"""

COUNTRIES: dict[str, tuple[str, str, str]] = {}
for _row in COUNTRY_ROWS.split("\n"):
    if _row:
        _name, _continent, _zone, _others = _row.split("|")
        for _spelling in (_name, *_others.split(",")):
            if _spelling:
                COUNTRIES[plain(_spelling)] = (_name, _continent, _zone)

REGIONS = {
    plain(name): row.split("|")[0]
    for row in REGION_ROWS.split("\n")
    if row
    for name in row.split("|")[1].split(",")
}
COUNTRIES_WITH_REGIONS = ("United States", "Canada", "Australia")


def country_of(text: str) -> tuple[str, str, str] | None:
    """Return (name, part of the world, time zone) of a country, however it was written.

    >>> country_of(" U.S.A. ")
    ('United States', 'Americas', 'America/New_York')
    """
    first = re.split(r"[(,]", text)[0]
    spellings = (plain(text), plain(text).rstrip(".! "), plain(first).rstrip(".! "))
    return next((COUNTRIES[name] for name in spellings if name in COUNTRIES), None)


def time_zone_of(country: str, region: str = "") -> str | None:
    """Return the zone of a country, or of its state or province where clocks differ.

    >>> time_zone_of("USA", "California"), time_zone_of("Deutschland"), time_zone_of("Atlantis")
    ('America/Los_Angeles', 'Europe/Berlin', None)
    """
    found = country_of(country)
    if found is None:
        return None
    if found[0] in COUNTRIES_WITH_REGIONS:
        return REGIONS.get(plain(region), found[2])
    return found[2]


def zone_named(text: str) -> str | None:
    """Return the zone somebody states: an IANA name in any letters, or hours from UTC.

    >>> zone_named("europe/berlin"), zone_named("UTC+2"), zone_named("GMT-5"), zone_named("home")
    ('Europe/Berlin', 'Etc/GMT-2', 'Etc/GMT+5', None)
    """
    wanted = "_".join(plain(text).split())
    if hours := re.fullmatch(r"(?:utc|gmt)_?([-+−])_?(\d{1,2})(?::?00)?", wanted):
        sign = "-" if hours[1] == "+" else "+"
        wanted = f"etc/gmt{sign}{int(hours[2])}"
    return zones_by_plain_name().get(wanted)


@cache
def zones_by_plain_name() -> dict[str, str]:
    return {name.casefold(): name for name in sorted(available_timezones())}


def place_path(country: str, region: str, city: str) -> str | None:
    """Return part of the world, country, region and city as one path.

    >>> place_path("uk", "", "London")
    'Europe > United Kingdom > London'
    """
    found = country_of(country)
    if found is None:
        return None
    steps = [found[1], found[0], region, city]
    return " > ".join(step.replace(">", " ").strip() for step in steps if step.strip())

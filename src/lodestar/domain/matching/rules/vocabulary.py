"""What do people call the fields of work, the languages and the places that matching compares?"""

from collections.abc import Callable, Mapping

from django.utils.translation import get_language_info, gettext, gettext_lazy

from lodestar.domain.common.languages import LANGUAGES

STEP = " > "

WORK = {
    "Business": gettext_lazy("business"),
    "Business > Administration": gettext_lazy("administration"),
    "Business > Consulting": gettext_lazy("consulting"),
    "Business > Finance": gettext_lazy("finance"),
    "Business > Hospitality and travel": gettext_lazy("hospitality and travel"),
    "Business > Leadership": gettext_lazy("leadership"),
    "Business > Marketing and communication": gettext_lazy("marketing and communication"),
    "Business > Operations": gettext_lazy("operations"),
    "Business > People": gettext_lazy("human resources"),
    "Business > People and administration": gettext_lazy("human resources and administration"),
    "Business > Sales": gettext_lazy("sales"),
    "Business > Sales and retail": gettext_lazy("sales and retail"),
    "Business > Transport and logistics": gettext_lazy("transport and logistics"),
    "Education": gettext_lazy("education"),
    "Education > Higher education": gettext_lazy("higher education"),
    "Education > Libraries and museums": gettext_lazy("libraries and museums"),
    "Education > Library": gettext_lazy("libraries"),
    "Education > Research": gettext_lazy("research"),
    "Education > Schools": gettext_lazy("schools"),
    "Education > Teaching": gettext_lazy("teaching"),
    "Engineering": gettext_lazy("engineering"),
    "Engineering > Construction and property": gettext_lazy("construction and property"),
    "Engineering > Energy and utilities": gettext_lazy("energy and utilities"),
    "Engineering > Engineering and architecture": gettext_lazy("engineering and architecture"),
    "Engineering > Manufacturing": gettext_lazy("manufacturing"),
    "Finance": gettext_lazy("finance"),
    "Finance > Accounting": gettext_lazy("accounting"),
    "Finance > Banking and investment": gettext_lazy("banking and investment"),
    "Finance > Insurance": gettext_lazy("insurance"),
    "Health": gettext_lazy("health"),
    "Health > Biotech and pharma": gettext_lazy("biotech and pharma"),
    "Health > Care": gettext_lazy("health care"),
    "Media": gettext_lazy("media and the arts"),
    "Media > Art and design": gettext_lazy("art and design"),
    "Media > Arts": gettext_lazy("the arts"),
    "Media > Entertainment and sport": gettext_lazy("entertainment and sport"),
    "Media > Media and publishing": gettext_lazy("media and publishing"),
    "Media > Writing": gettext_lazy("writing"),
    "Product": gettext_lazy("product work"),
    "Product > Design": gettext_lazy("design"),
    "Product > Product management": gettext_lazy("product management"),
    "Product > Project management": gettext_lazy("project management"),
    "Science": gettext_lazy("science"),
    "Science > Engineering": gettext_lazy("engineering"),
    "Science > Research": gettext_lazy("research"),
    "Society > Environment and farming": gettext_lazy("the environment or farming"),
    "Society > Government": gettext_lazy("government and public policy"),
    "Society > Law": gettext_lazy("law"),
    "Society > Non-profit": gettext_lazy("the non-profit world"),
    "Society > Safety": gettext_lazy("public safety"),
    "Society > Social work": gettext_lazy("social work"),
    "Technology": gettext_lazy("technology"),
    "Technology > Data": gettext_lazy("data"),
    "Technology > Engineering management": gettext_lazy("engineering management"),
    "Technology > Games": gettext_lazy("games"),
    "Technology > Hardware": gettext_lazy("hardware"),
    "Technology > Infrastructure": gettext_lazy("infrastructure"),
    "Technology > Mobile development": gettext_lazy("mobile development"),
    "Technology > Quality": gettext_lazy("software quality"),
    "Technology > Security": gettext_lazy("security"),
    "Technology > Software and IT": gettext_lazy("software and IT"),
    "Technology > Software engineering": gettext_lazy("software engineering"),
    "Technology > Telecommunications": gettext_lazy("telecommunications"),
    "Technology > Web development": gettext_lazy("web development"),
}

EVERYBODY_WRITES_TEXT = """
able advice again always answer anybody anyone ask asked asking better change each enough every
everybody everyone everything feel find first four good great hear heard help hope hour hours
keep kind know later learn like little long look made make many mean month months more most much
myself need never next nobody once other others people person perhaps place question questions
ready really right same share some somebody someone something start still sure take talk tell
thing things think thought three time times today tried understand want wanted week weeks well
whether will wish without work worked working works world worth would write year years
"""
EVERYBODY_WRITES = frozenset(EVERYBODY_WRITES_TEXT.split())


def work(path: str) -> str:
    """Return a field or kind of work, or the wider one it belongs to, as it goes on after "in"."""
    steps = path.split(STEP)
    wider = (STEP.join(steps[:length]) for length in range(len(steps), 0, -1))
    return next((str(WORK[known]) for known in wider if known in WORK), "")


def language(code: str) -> str:
    """Return the name of a language, or what was written where it is not a known code."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return gettext(LANGUAGES.get(code, code))


def place(path: str) -> str:
    """Return a place as an address names it: "Mumbai, India"."""
    return ", ".join(reversed(path.split(STEP)))


def time_zone(name: str) -> str:
    """Return a time zone by its city: "Europe/London" is London."""
    return name.rsplit("/", 1)[-1].replace("_", " ")


def last_step(path: str) -> str:
    return path.rsplit(STEP, 1)[-1]


SPOKEN: Mapping[str, Callable[[str], str]] = {
    "languages": language,
    "place": place,
    "time_zone": time_zone,
}


def spoken(field: str, value: object) -> str:
    """Return one answer to a field as a reader would say it."""
    say = SPOKEN.get(field, last_step)
    return say(str(value))

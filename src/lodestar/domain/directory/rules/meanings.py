"""What else may somebody mean by the words they look for?"""

from lodestar.domain.common.languages import LANGUAGES, language_code
from lodestar.domain.matching.rules.vocabulary import STEP
from lodestar.engine.answers.industries import INDUSTRIES
from lodestar.engine.answers.places import country_of
from lodestar.engine.answers.roles import ROLES
from lodestar.engine.answers.studies import FIELDS_OF_STUDY
from lodestar.engine.answers.topics import topic_of

LONGEST_TEXT = 80


def meanings_of(text: str) -> list[str]:
    """Return the usual names of a topic, a trade, a field of study, a country or a language.

    >>> meanings_of("js"), meanings_of("USA"), meanings_of("Deutsch")
    (['JavaScript'], ['United States'], ['German'])
    """
    said = " ".join(text.split())[:LONGEST_TEXT]
    if not said:
        return []
    country, code = country_of(said), language_code(said)
    found = [
        last(topic_of(said)),
        country[0] if country else "",
        LANGUAGES.get(code, ""),
        *(last(each.path(said) or "") for each in (ROLES, INDUSTRIES, FIELDS_OF_STUDY)),
    ]
    return [each for each in dict.fromkeys(found) if each and each != said]


def last(path: str) -> str:
    return path.split(STEP)[-1]

"""How is a question, a condition or an answer read by people, in their language as far as it was written?"""

from collections.abc import Iterable
from datetime import date

from django.utils.formats import date_format, number_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from lodestar.domain.forms.rules.usual import name_of
from lodestar.engine.answers.values import plain
from lodestar.engine.forms.questions import NO, YES, Form, Kind, Question, Words

NOTHING = Words()


def said_in(question: Question, language: str) -> Words:
    """Return the words of a question in a language; those of a dialect fall back on the language."""
    base = language.partition("-")[0]
    return question.words.get(language) or question.words.get(base) or NOTHING


def label_of(question: Question, language: str = "") -> str:
    return said_in(question, language).label or question.label


def help_of(question: Question, language: str = "") -> str:
    return said_in(question, language).help or question.help


def options_of(question: Question, language: str = "") -> list[tuple[str, str]]:
    """Return what can be chosen, as (key, words)."""
    if question.kind is Kind.YES_NO:
        return [(YES, _("Yes")), (NO, _("No"))]
    if question.kind is Kind.SCALE:
        return [(key, key) for key in question.option_keys]
    said = said_in(question, language).options
    return [(option.key, said.get(option.key) or option.label) for option in question.options]


def languages_of(form: Form) -> list[str]:
    """Return the languages into which something of a form was written."""
    return sorted({language for question in form for language in question.words})


def value_in_words(question: Question, value: object, language: str = "") -> str:
    """Return one value of an answer as people read it; one that can no longer be chosen, as it was called."""
    called = {plain(key): label for key, label in options_of(question, language)}
    if question.kind is Kind.SCALE:
        return _("%(value)s of %(most)s") % {"value": value, "most": question.most or 5}
    if question.kind is Kind.NUMBER and isinstance(value, int):
        return str(number_format(value, use_l10n=True))
    if question.kind is Kind.DATE:
        return _day(str(value))
    return called.get(plain(str(value)), str(value))


def _day(text: str) -> str:
    try:
        return str(date_format(date.fromisoformat(text), "j F Y"))
    except ValueError:
        return text


def answer_in_words(question: Question, answer: object, language: str = "") -> list[str]:
    """Return an answer in lines; a ranked one with its places."""
    values = list(answer) if isinstance(answer, list | tuple) else [answer]
    told = [value_in_words(question, value, language) for value in values if value is not None]
    if question.kind is Kind.RANKED:
        return [f"{place}. {words}" for place, words in enumerate(told, 1)]
    return told


def condition_in_words(question: Question, form: Form) -> str:
    """Return of whom a question is asked, in a sentence; nothing where it is asked of everybody."""
    condition = question.condition
    if condition is None:
        return ""
    lead = next((each for each in form if each.key == condition.question), None)
    if lead is None:
        return _("Asked only after a question that is not there any more.")
    facts = {
        "question": label_of(lead) or name_of(lead),
        "values": quoted([value_in_words(lead, value) for value in condition.values]),
    }
    return _("Asked only of those who answer %(values)s to “%(question)s”.") % facts


def quoted(words: Iterable[str]) -> str:
    return get_text_list([_("“%(word)s”") % {"word": word} for word in words], _("or"))

"""The catalogues say what the sources say, and what Django reads is what the catalogues say.

Whoever changes a sentence runs `./lodestar words`; these tests remind them.
"""

import re
from pathlib import Path

import pytest

from lodestar.config import catalogues
from lodestar.config.catalogues import Differences
from lodestar.config.sentences import (
    Sentence,
    UnreadableError,
    in_python,
    in_template,
    sentences_in,
)

LANGUAGES = catalogues.languages()
PLACE = re.compile(r"%\((\w+)\)[sd]|%[sd]")


@pytest.fixture(scope="module")
def said():
    return sentences_in(catalogues.TREE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_has_every_sentence_and_no_other(language, said):
    catalogue = catalogues.opened(catalogues.path_of(language))

    assert catalogues.differences(catalogue, said) == Differences(), "run ./lodestar words"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_fresh(language):
    assert catalogues.is_fresh(language), "run ./lodestar words"


def places(text: str) -> list[str]:
    return sorted(m[0] for m in PLACE.finditer(text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_same_places_for_facts(language):
    wrong = []
    for entry in catalogues.opened(catalogues.path_of(language)).translated_entries():
        wanted = {*places(entry.msgid), *places(entry.msgid_plural)}
        for said in [entry.msgstr, *entry.msgstr_plural.values()]:
            if said and not (
                set(places(entry.msgid)) & wanted <= set(places(said)) | counted(entry)
            ):
                wrong.append(said)
            if not set(places(said)) <= wanted:
                wrong.append(said)

    assert wrong == []


def counted(entry) -> set[str]:
    """The number itself may be a word in one of the forms: "one day"."""
    if not entry.msgid_plural:
        return set()
    return {*places(entry.msgid_plural)} ^ {*places(entry.msgid)} | {"%(count)d", "%(count)s"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_same_tags(language):
    def tags(text):
        return sorted(re.findall(r"</?\w+[^>]*>", text))

    catalogue = catalogues.opened(catalogues.path_of(language))

    assert [
        e.msgstr
        for e in catalogue.translated_entries()
        if e.msgstr and tags(e.msgid) != tags(e.msgstr)
    ] == []


def test_sentences_are_read_from_python():
    text = """
_("One"), gettext_lazy("Tw" "o"), ngettext("%(n)d day", "%(n)d days", n), pgettext("time", "so many")
_(name), other("not ours")
"""

    assert list(in_python(text, "a.py")) == [
        Sentence("One"),
        Sentence("Two"),
        Sentence("%(n)d day", "%(n)d days"),
        Sentence("so many", context="time"),
    ]


@pytest.mark.parametrize("glued", ['_(f"Dear {name}")', '_("Dear " + name)', '_("Dear %s" % name)'])
def test_a_sentence_that_is_glued_together_is_refused(glued):
    with pytest.raises(UnreadableError, match=r"a.py:1"):
        list(in_python(glued, "a.py"))


def test_sentences_are_read_from_templates():
    text = """
{% translate "It’s (almost) 5 o'clock" %} <c-button label="{% translate 'Go' %}" />
{% blocktranslate count n=days %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}
{% blocktranslate trimmed %}Dear
  {{ name }}{% endblocktranslate %} {{ _("Yes") }}
"""

    assert list(in_template(text, "a.html")) == [
        Sentence("It’s (almost) 5 o'clock"),
        Sentence("Go"),
        Sentence("%(n)s day", "%(n)s days"),
        Sentence("Dear %(name)s"),
        Sentence("Yes"),
    ]


def test_one_sentence_is_counted_in_one_way(tmp_path: Path):
    (tmp_path / "a.py").write_text('ngettext("a day", "%(n)d days", 2)')
    (tmp_path / "b.py").write_text('ngettext("a day", "%(n)s days", 2), _("a day")')
    assert list(sentences_in(tmp_path)) == [Sentence("a day", "%(n)d days")]

    (tmp_path / "c.py").write_text('ngettext("a day", "%(n)s whole days", 2)')

    with pytest.raises(UnreadableError, match=r"c.py counts 'a day' in a second way"):
        sentences_in(tmp_path)


def test_a_sentence_worded_otherwise_keeps_its_translation_as_a_proposal(tmp_path, monkeypatch):
    monkeypatch.setattr(catalogues, "TREE", tmp_path)
    catalogues.renew("fr", {Sentence("You have one open question."): ["a.py"], Sentence("Yes"): []})
    path = catalogues.path_of("fr")
    catalogue = catalogues.opened(path)
    catalogue[0].msgstr, catalogue[1].msgstr = "Une question est ouverte.", "Oui"
    catalogue.save(str(path))

    found = catalogues.renew(
        "fr", {Sentence("You have an open question."): ["a.py"], Sentence("Yes"): []}
    )

    changed, yes = catalogues.opened(path)
    assert found == Differences(["You have an open question."], ["You have one open question."])
    assert (changed.msgstr, changed.fuzzy) == ("Une question est ouverte.", True)
    assert (yes.msgstr, yes.fuzzy) == ("Oui", False)
    assert b"Une question" not in path.with_suffix(".mo").read_bytes()
    assert catalogues.is_fresh("fr")

"""What we draw in our own way says the same as Django's own way."""

from django import forms
from django.forms.renderers import DjangoTemplates

CHOICES = [
    ("", "–"),
    ("Europe", [("Europe/Berlin", "Berlin"), ("Europe/Kyiv", "Kyiv <new>")]),
    ("Africa", [("Africa/Lagos", "Lagos & around")]),
]


class Zones(forms.Form):
    one = forms.ChoiceField(choices=CHOICES)
    some = forms.MultipleChoiceField(choices=CHOICES, widget=forms.SelectMultiple({"size": 4}))
    perhaps = forms.NullBooleanField()


class DjangosZones(Zones):
    default_renderer = DjangoTemplates()


def test_a_list_of_choices_reads_as_djangos_own():
    said = {"one": "Europe/Kyiv", "some": ["", "Africa/Lagos"]}
    ours, theirs = Zones(said), DjangosZones(said)

    for name in ours.fields:
        assert str(ours[name]).split() == str(theirs[name]).split()
    assert "selected>Kyiv &lt;new&gt;</option>" in str(ours["one"])

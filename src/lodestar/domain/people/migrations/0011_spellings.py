"""How a name is spelled, kept with it."""

import lodestar.domain.people.models.people
from django.db import migrations


def fill(apps, _editor):
    """Keep each person anew: the field reckons itself from the name."""
    for person in apps.get_model("people", "Person").objects.iterator():
        person.save(update_fields=["spellings"])


class Migration(migrations.Migration):

    dependencies = [("people", "0001_squashed_0010_vocabulary")]

    operations = [
        migrations.AddField(
            model_name="person",
            name="spellings",
            field=lodestar.domain.people.models.people.Spellings(blank=True, default="", editable=False),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]

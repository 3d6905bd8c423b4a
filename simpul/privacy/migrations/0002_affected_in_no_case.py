from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("persons", "0001_initial"), ("privacy", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(model_name="affected", name="affected_is_a_person_in_a_case_or_a_reporter"),
        migrations.AddConstraint(
            model_name="affected",
            constraint=models.CheckConstraint(
                name="affected_is_a_person_or_a_reporter",
                condition=models.Q(person__isnull=False, report=None)
                | models.Q(person=None, case=None, report__isnull=False),
            ),
        ),
        migrations.AddConstraint(
            model_name="affected",
            constraint=models.UniqueConstraint(
                name="person_in_no_case_is_affected_once", fields=["breach", "person"], condition=models.Q(case=None)
            ),
        ),
    ]

from django.db import migrations, models
from django.db.models.functions import Coalesce


class Migration(migrations.Migration):
    dependencies = [
        ("survey", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="wave",
            name="incoming",
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name="wave",
            name="incoming_name",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="wave",
            name="percent",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="wave",
            name="printed",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="wave",
            name="questionnaire_name",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="wave",
            name="recodes",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="wave",
            name="replaced",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="wave",
            name="step",
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name="waveproblem",
            name="every",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="waveproblem",
            name="question",
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AlterModelOptions(
            name="wave",
            options={"ordering": [models.OrderBy(Coalesce("closes", "opens"), nulls_first=True), "code"]},
        ),
    ]

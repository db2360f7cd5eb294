"""People who are sent a code, and the mailings to them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("area", "0001_initial"),
        ("asking", "0002_epochs"),
    ]

    operations = [
        migrations.AddField(
            model_name="asking",
            name="closed",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="asking",
            name="doubles",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="asking",
            name="invited",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.CreateModel(
            name="Mailing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(default=0)),
                ("link", models.CharField(max_length=300)),
                ("begun", models.DateTimeField()),
                ("beat", models.DateTimeField()),
                ("ended", models.DateTimeField(null=True)),
                ("fault", models.CharField(blank=True, max_length=200)),
                (
                    "asking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mailings",
                        to="asking.asking",
                    ),
                ),
            ],
            options={
                "db_table": "mailing",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Invitee",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("address", models.EmailField(max_length=254)),
                ("name", models.CharField(blank=True, max_length=120)),
                ("state", models.CharField(default="waiting", max_length=10)),
                ("message", models.CharField(max_length=32, unique=True)),
                ("codes", models.PositiveSmallIntegerField(default=0)),
                ("claimed", models.DateTimeField(null=True)),
                ("due", models.DateTimeField(null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("reminded", models.PositiveSmallIntegerField(default=0)),
                ("asked", models.BooleanField(default=False)),
                ("fault", models.CharField(blank=True, max_length=200)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="area.area"
                    ),
                ),
                (
                    "asking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitees",
                        to="asking.asking",
                    ),
                ),
            ],
            options={
                "db_table": "invitee",
                "ordering": ["address"],
                "indexes": [models.Index(fields=["asking", "state"], name="invitee_by_state")],
                "constraints": [
                    models.UniqueConstraint(fields=("asking", "address"), name="invitee_once_in_asking")
                ],
            },
        ),
    ]

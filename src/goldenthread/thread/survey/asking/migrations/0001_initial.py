"""The tables of waves asked here; those an answer passes through in plain SQL (models.py says why)."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Model

ASKING = "asking_id bigint NOT NULL REFERENCES asking (id) DEFERRABLE INITIALLY DEFERRED"
CHANNEL = "channel_id bigint NOT NULL REFERENCES channel (id) DEFERRABLE INITIALLY DEFERRED"
TABLES = {
    "ballot": f"hash varchar(64) NOT NULL PRIMARY KEY, {ASKING}",
    "sent": f"hash varchar(64) NOT NULL PRIMARY KEY, {ASKING}",
    "intake": f"id varchar(32) NOT NULL PRIMARY KEY, {ASKING}, {CHANNEL}, answers text NOT NULL",
    "answered": f"id varchar(32) NOT NULL PRIMARY KEY, {ASKING}, answers text NOT NULL",
}


def make(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the four tables, without the hidden order that SQLite gives every other table."""
    del apps
    without = " WITHOUT ROWID" if schema_editor.connection.vendor == "sqlite" else ""
    for name, columns in TABLES.items():
        schema_editor.execute(f"CREATE TABLE {name} ({columns}){without}")


def unmake(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take them out again."""
    del apps
    for name in reversed(TABLES):
        schema_editor.execute(f"DROP TABLE {name}")


def asking() -> models.ForeignKey[Model, Model]:
    """The column that names the wave."""
    return models.ForeignKey(
        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="asking.asking"
    )


class Migration(migrations.Migration):
    initial = True

    dependencies = [("survey", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Asking",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("open-link", "open-link"),
                            ("personal-code", "personal-code"),
                            ("confidential", "confidential"),
                        ],
                        default="open-link",
                        max_length=20,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "draft"), ("open", "open"), ("closed", "closed")],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("draft", models.TextField(blank=True)),
                ("least", models.PositiveSmallIntegerField(default=20)),
                ("mixed", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "wave",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="asking", to="survey.wave"
                    ),
                ),
            ],
            options={"db_table": "asking"},
        ),
        migrations.CreateModel(
            name="Channel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=16, unique=True)),
                ("label", models.CharField(max_length=80)),
                ("came", models.PositiveIntegerField(default=0)),
                ("made", models.DateTimeField()),
                (
                    "asking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="channels",
                        to="asking.asking",
                    ),
                ),
            ],
            options={
                "db_table": "channel",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("asking", "label"), name="channel_label_in_asking")
                ],
            },
        ),
        migrations.CreateModel(
            name="EarlierDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("text", models.TextField(blank=True)),
                ("words", models.CharField(max_length=300)),
                (
                    "asking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="earlier",
                        to="asking.asking",
                    ),
                ),
            ],
            options={
                "db_table": "earlier_draft",
                "ordering": ["-version"],
                "constraints": [
                    models.UniqueConstraint(fields=("asking", "version"), name="earlier_draft_once")
                ],
            },
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(make, unmake)],
            state_operations=[
                migrations.CreateModel(
                    name="Ballot",
                    fields=[
                        ("hash", models.CharField(max_length=64, primary_key=True, serialize=False)),
                        ("asking", asking()),
                    ],
                    options={"db_table": "ballot"},
                ),
                migrations.CreateModel(
                    name="Sent",
                    fields=[
                        ("hash", models.CharField(max_length=64, primary_key=True, serialize=False)),
                        ("asking", asking()),
                    ],
                    options={"db_table": "sent"},
                ),
                migrations.CreateModel(
                    name="Intake",
                    fields=[
                        ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                        ("answers", models.TextField()),
                        ("asking", asking()),
                        (
                            "channel",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="asking.channel",
                            ),
                        ),
                    ],
                    options={"db_table": "intake"},
                ),
                migrations.CreateModel(
                    name="Answered",
                    fields=[
                        ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                        ("answers", models.TextField()),
                        ("asking", asking()),
                    ],
                    options={"db_table": "answered"},
                ),
            ],
        ),
    ]

"""What waits is sealed under the key of its stretch of time; each row names the stretch."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def name_it(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Rows that wait already are not sealed: the stretch without a name."""
    del apps
    schema_editor.execute("ALTER TABLE intake ADD COLUMN epoch varchar(32) DEFAULT '' NOT NULL")


def unname_it(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the name out again."""
    del apps
    schema_editor.execute("ALTER TABLE intake DROP COLUMN epoch")


class Migration(migrations.Migration):
    dependencies = [("asking", "0001_initial")]

    operations = [
        migrations.AddField("asking", "epoch", models.CharField(blank=True, default="", max_length=32)),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(name_it, unname_it)],
            state_operations=[
                migrations.AddField("intake", "epoch", models.CharField(default="", max_length=32)),
            ],
        ),
    ]

"""The journal begins, and the database itself refuses to change or remove an entry."""

from django.db import migrations

REFUSAL = "The journal is append-only: an entry is never changed or removed."

SQLITE = {
    f"journal_refuses_{action.lower()}": f"""
        CREATE TRIGGER journal_refuses_{action.lower()} BEFORE {action} ON journal_entry
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
    """
    for action in ("UPDATE", "DELETE")
}
# INSERT OR REPLACE removes a row without asking the trigger on DELETE.
SQLITE["journal_refuses_replace"] = f"""
    CREATE TRIGGER journal_refuses_replace BEFORE INSERT ON journal_entry
    WHEN EXISTS (SELECT 1 FROM journal_entry WHERE number = NEW.number)
    BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
"""
POSTGRESQL = f"""
    CREATE FUNCTION journal_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$;
    CREATE TRIGGER journal_refuses_change BEFORE UPDATE OR DELETE ON journal_entry
    FOR EACH ROW EXECUTE FUNCTION journal_refuses();
    CREATE TRIGGER journal_refuses_truncation BEFORE TRUNCATE ON journal_entry
    FOR EACH STATEMENT EXECUTE FUNCTION journal_refuses();
"""
POSTGRESQL_BACK = """
    DROP TRIGGER journal_refuses_change ON journal_entry;
    DROP TRIGGER journal_refuses_truncation ON journal_entry;
    DROP FUNCTION journal_refuses();
"""


def refuse(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for statement in SQLITE.values():
            schema_editor.execute(statement)
    else:
        schema_editor.execute(POSTGRESQL, params=None)


def allow(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for name in SQLITE:
            schema_editor.execute(f"DROP TRIGGER {name}")
    else:
        schema_editor.execute(POSTGRESQL_BACK, params=None)


def begin(apps, schema_editor):
    """The one row that tells where the chain ends; before the first entry it is 32 zero bytes."""
    apps.get_model("journal", "Head").objects.get_or_create(id=1, defaults={"number": 0, "link": bytes(32)})


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [
        migrations.RunPython(begin, migrations.RunPython.noop),
        migrations.RunPython(refuse, allow),
    ]

"""Row-level security, and messages that nobody changes afterwards."""

from django.db import migrations

from valinta.organisers.schema import append_only, tenant_tables


class Migration(migrations.Migration):
    dependencies = [("messages", "0001_initial")]

    operations = [
        tenant_tables(
            "messages_thread",
            "messages_message",
            "messages_attachment",
            "messages_glance",
            "messages_noticechoice",
            "messages_notice",
        ),
        append_only("messages_message", "messages_attachment"),
    ]

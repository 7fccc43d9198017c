"""Row-level security and what else the database itself keeps true in this room."""

from django.db import migrations

from valinta.organisers.schema import append_only, tenant_tables


class Migration(migrations.Migration):
    dependencies = [("wishes", "0001_initial")]

    operations = [
        tenant_tables(
            "wishes_basket", "wishes_basketline", "wishes_trayrequest", "wishes_requeststep"
        ),
        append_only("wishes_requeststep"),
    ]

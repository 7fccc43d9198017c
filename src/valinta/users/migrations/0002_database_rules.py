"""Row-level security and what else the database itself keeps true in this room."""

from django.db import migrations

from valinta.organisers.schema import tenant_tables


class Migration(migrations.Migration):
    dependencies = [("users", "0001_initial")]

    operations = [
        tenant_tables("users_holding", also_read="user_id = valinta_user()"),
    ]

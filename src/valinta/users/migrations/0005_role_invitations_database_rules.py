"""Row-level security for invitations to a role; who holds the code reads the one made for it."""

from django.db import migrations

from valinta.organisers.schema import READ_BY_CODE, tenant_tables


class Migration(migrations.Migration):
    dependencies = [
        ("organisers", "0003_public_reading"),
        ("users", "0004_role_invitations"),
    ]

    operations = [tenant_tables("users_roleinvitation", also_read=READ_BY_CODE)]

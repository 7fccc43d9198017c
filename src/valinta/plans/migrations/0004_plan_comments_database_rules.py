"""Row-level security for comments on plans; what was said stays said."""

from django.db import migrations

from valinta.organisers.schema import append_only, tenant_tables


class Migration(migrations.Migration):
    dependencies = [("plans", "0003_support_plan_drafts_and_comments")]

    operations = [
        tenant_tables("plans_plancomment"),
        append_only("plans_plancomment"),
    ]

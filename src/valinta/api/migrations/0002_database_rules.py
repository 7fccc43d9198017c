"""Row-level security, and events for those who subscribe, made with the audit log's rows."""

from django.db import migrations

from valinta.api.events_sql import READ_BY_IDENTIFIER, TELL_OF_EVENTS, TELL_OF_EVENTS_BACK
from valinta.organisers.schema import tenant_tables


class Migration(migrations.Migration):
    dependencies = [
        ("api", "0001_initial"),
        ("audit", "0002_database_rules"),
        ("orders", "0002_database_rules"),
        ("visits", "0002_database_rules"),
        ("settlements", "0002_database_rules"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]

    operations = [
        tenant_tables("api_apiclient", also_read=READ_BY_IDENTIFIER),
        tenant_tables(
            "api_usage", "api_keptanswer", "api_subscription", "api_event", "api_sending"
        ),
        migrations.RunSQL(TELL_OF_EVENTS, TELL_OF_EVENTS_BACK),
    ]

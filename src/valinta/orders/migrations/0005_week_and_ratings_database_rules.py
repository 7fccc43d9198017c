"""Row-level security for the ratings; a week that is kept with an order can be read again."""

from django.db import migrations

from valinta.organisers.schema import tenant_tables

# What is sound is counted, not what is wrong: what lacks a part answers neither yes nor no.
_VISIT = (
    '@.type() == "object" && @.weekday.type() == "number"'
    " && @.weekday >= 1 && @.weekday <= 7 && @.weekday.floor() == @.weekday"
    ' && @.starts like_regex "^([01][0-9]|2[0-3]):[0-5][0-9]$"'
    ' && ((@.minutes.type() == "number" && @.minutes >= 1 && @.minutes <= 1440'
    " && (exists (@.quantity)) is unknown)"
    ' || (@.quantity.type() == "number" && @.quantity >= 1 && (exists (@.minutes)) is unknown))'
)
PATTERN = f"""
ALTER TABLE orders_order ADD CONSTRAINT pattern_is_a_week_of_visits CHECK (
    jsonb_typeof(pattern) = 'array' AND jsonb_array_length(pattern) = jsonb_array_length(
        jsonb_path_query_array(pattern, 'strict $[*] ? ({_VISIT})'))
)
"""
PATTERN_BACK = "ALTER TABLE orders_order DROP CONSTRAINT pattern_is_a_week_of_visits"


class Migration(migrations.Migration):
    dependencies = [("orders", "0004_week_and_ratings")]

    operations = [
        tenant_tables("orders_rating"),
        migrations.RunSQL(PATTERN, PATTERN_BACK),
    ]

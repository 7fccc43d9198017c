"""Row-level security for passports and for changes of bank accounts."""

from django.db import migrations

from valinta.organisers.schema import tenant_tables

# The keeper's own; and the company's administrators', when an administrator keeps it. Subqueries
# read the setting once. A database rule cannot know the organiser's day: the verb looks at it.
OWN = """
    keeper_id = (SELECT valinta_user())
    OR EXISTS (
        SELECT 1 FROM providers_worker mine
        JOIN providers_worker theirs ON theirs.provider_id = mine.provider_id
        JOIN providers_provider company ON company.id = mine.provider_id
        WHERE mine.user_id = (SELECT valinta_user()) AND mine.level = 'admin'
            AND theirs.user_id = keeper_id AND theirs.level = 'admin'
            AND company.business_id = providers_passport.business_id
    )
"""
# The policy of passports holds inside this subquery too.
OF_A_PASSPORT = (
    "EXISTS (SELECT 1 FROM providers_passport own"
    " WHERE own.id = providers_passportpaper.passport_id)"
)
FORWARD = f"""
ALTER TABLE providers_passport ENABLE ROW LEVEL SECURITY;
CREATE POLICY passport_of_its_company ON providers_passport
    USING ({OWN}) WITH CHECK ({OWN});
ALTER TABLE providers_passportpaper ENABLE ROW LEVEL SECURITY;
CREATE POLICY passport_of_its_company ON providers_passportpaper
    USING ({OF_A_PASSPORT}) WITH CHECK ({OF_A_PASSPORT});
"""
BACKWARD = """
DROP POLICY passport_of_its_company ON providers_passportpaper;
ALTER TABLE providers_passportpaper DISABLE ROW LEVEL SECURITY;
DROP POLICY passport_of_its_company ON providers_passport;
ALTER TABLE providers_passport DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("providers", "0007_passports_and_the_company")]

    operations = [
        tenant_tables("providers_accountchange"),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]

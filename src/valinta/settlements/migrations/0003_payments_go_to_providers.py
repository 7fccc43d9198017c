"""A payment goes to the bank account of its statement's provider, and never to another (HAM-8)."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION payment_goes_to_the_provider() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (OLD.organiser_id, OLD.statement_id, OLD.iban, OLD.bic, OLD.creditor_name, OLD.reference,
                OLD.cents)
            IS DISTINCT FROM (NEW.organiser_id, NEW.statement_id, NEW.iban, NEW.bic,
                NEW.creditor_name, NEW.reference, NEW.cents) THEN
            RAISE EXCEPTION 'payment %: receiver and sum are never changed', OLD.id
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    ELSIF NOT EXISTS (
        SELECT 1 FROM settlements_statement t JOIN providers_provider p ON p.id = t.provider_id
        WHERE t.id = NEW.statement_id AND p.iban = NEW.iban AND t.payment_cents = NEW.cents) THEN
        RAISE EXCEPTION 'a payment goes to the account of its statement''s provider'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER payment_goes_to_the_provider BEFORE INSERT OR UPDATE ON settlements_payment
    FOR EACH ROW EXECUTE FUNCTION payment_goes_to_the_provider();
"""
BACKWARD = """
DROP TRIGGER payment_goes_to_the_provider ON settlements_payment;
DROP FUNCTION payment_goes_to_the_provider();
"""


class Migration(migrations.Migration):
    dependencies = [("settlements", "0002_database_rules")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]

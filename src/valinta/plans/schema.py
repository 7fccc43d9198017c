"""SQL that keeps decisions as they were made, whoever asks for a change."""

from __future__ import annotations

# An end is no edit: it says that the decision holds no more, or from which day on it will not.
# `to_jsonb` compares all columns, those of later migrations too.
DECISIONS_STAND = """
CREATE FUNCTION decision_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE'
        AND to_jsonb(NEW) - '{state,ended_at,valid}'::text[]
            = to_jsonb(OLD) - '{state,ended_at,valid}'::text[]
        AND OLD.state = 'in_force' AND NEW.state IN ('in_force', 'ended')
        AND lower(NEW.valid) = lower(OLD.valid) AND NEW.valid <@ OLD.valid
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'decision_stands: a decision is never changed; make a new one'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'decision_stands';
END $$;
CREATE TRIGGER decision_stands BEFORE UPDATE OR DELETE ON plans_decision
    FOR EACH ROW EXECUTE FUNCTION decision_stands();
CREATE TRIGGER decisions_stay BEFORE TRUNCATE ON plans_decision
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""
DECISIONS_STAND_BACK = """
DROP TRIGGER decisions_stay ON plans_decision;
DROP TRIGGER decision_stands ON plans_decision;
DROP FUNCTION decision_stands;
"""

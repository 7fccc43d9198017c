-- The schema as the migrations below make it. Written by `make schema`; do not edit.
-- migration organisers 0001_initial
-- migration users 0001_initial
-- migration ledger 0001_initial
-- migration programmes 0001_initial
-- migration providers 0001_initial
-- migration providers 0002_database_rules
-- migration clients 0001_initial
-- migration catalogue 0001_initial
-- migration needs 0001_initial
-- migration plans 0001_initial
-- migration budgets 0001_initial
-- migration orders 0001_initial
-- migration orders 0002_database_rules
-- migration clients 0002_database_rules
-- migration catalogue 0002_database_rules
-- migration visits 0001_initial
-- migration visits 0002_database_rules
-- migration organisers 0002_database_rules
-- migration ledger 0002_database_rules
-- migration ledger 0003_held_money_has_a_floor
-- migration programmes 0002_database_rules
-- migration clients 0003_with_its_client
-- migration catalogue 0003_with_its_service
-- migration plans 0002_database_rules
-- migration budgets 0002_database_rules
-- migration budgets 0003_with_their_accounts
-- migration orders 0003_whole_keys
-- migration orders 0004_week_and_ratings
-- migration orders 0005_week_and_ratings_database_rules
-- migration visits 0003_visit_codes
-- migration organisers 0003_public_reading
-- migration visits 0004_codes_and_their_visits
-- migration visits 0005_visits_that_need_a_person
-- migration providers 0003_pages_and_areas
-- migration programmes 0003_public_reading
-- migration organisers 0004_closed_caseload
-- migration programmes 0004_drafts_letters_and_imports
-- migration programmes 0005_drafts_letters_and_imports_database_rules
-- migration providers 0004_applications_and_registers
-- migration providers 0005_applications_database_rules
-- migration providers 0006_levels_inside_a_company
-- migration organisers 0005_sandbox
-- migration clients 0004_interest
-- migration clients 0005_invitations_and_access_codes
-- migration clients 0006_deeds_need_sight
-- migration clients 0007_caseload_openings_contacts
-- migration clients 0008_caseload_database_rules
-- migration clients 0009_day_of_death
-- migration orders 0006_changes_on_the_way
-- migration orders 0007_changes_database_rules
-- migration catalogue 0004_capacity_and_listings
-- migration catalogue 0005_search
-- migration visits 0006_visits_on_a_phone
-- migration visits 0007_large_files_and_checks
-- migration providers 0007_passports_and_the_company
-- migration providers 0008_passports_database_rules
-- migration providers 0009_units
-- migration clients 0010_queues
-- migration orders 0008_workers_of_clients
-- migration orders 0009_workers_of_clients_database_rules
-- migration orders 0010_units
-- migration settlements 0001_initial
-- migration settlements 0002_database_rules
-- migration procrastinate 0001_initial
-- migration procrastinate 0002_drop_started_at_column
-- migration procrastinate 0003_drop_started_at_column
-- migration procrastinate 0004_drop_procrastinate_version_table
-- migration procrastinate 0005_fix_procrastinate_fetch_job
-- migration procrastinate 0006_fix_trigger_status_events_insert
-- migration procrastinate 0007_add_queueing_lock_column
-- migration procrastinate 0008_close_fetch_job_race_condition
-- migration procrastinate 0009_add_defer_job_function
-- migration procrastinate 0010_add_procrastinate_periodic_defers
-- migration procrastinate 0011_add_foreign_key_index
-- migration procrastinate 0012_add_locks_to_periodic_defer
-- migration procrastinate 0013_fix_procrastinate_defer_periodic_job
-- migration procrastinate 0014_add_finish_job_and_retry_job_functions
-- migration procrastinate 0015_add_trigger_on_job_deletion
-- migration procrastinate 0016_delete_finished_jobs
-- migration procrastinate 0017_add_checks_to_finish_job
-- migration procrastinate 0018_add_checks_to_retry_job
-- migration procrastinate 0019_fix_finish_job_compat_issue
-- migration procrastinate 0020_add_index_on_procrastinate_jobs
-- migration procrastinate 0021_add_kwargs_to_defer_periodic_job
-- migration procrastinate 0022_null_locks_excluded
-- migration procrastinate 0023_remove_old_finish_job_function
-- migration procrastinate 0024_job_id_bigint
-- migration procrastinate 0025_add_models
-- migration procrastinate 0026_add_job_priority
-- migration procrastinate 0027_add_periodic_job_priority
-- migration procrastinate 0028_add_cancel_states
-- migration procrastinate 0029_add_additional_params_to_retry_job
-- migration procrastinate 0030_alter_procrastinateevent_options
-- migration procrastinate 0031_add_indexes_for_fetch_job
-- migration procrastinate 0032_pre_cancel_notification
-- migration procrastinate 0033_post_cancel_notification
-- migration procrastinate 0034_pre_add_heartbeat
-- migration procrastinate 0035_post_add_heartbeat
-- migration procrastinate 0036_add_worker_model
-- migration procrastinate 0037_pre_batch_defer_jobs
-- migration procrastinate 0038_post_batch_defer_jobs
-- migration procrastinate 0039_pre_priority_lock_fetch_job
-- migration procrastinate 0040_pre_retry_failed_job
-- migration procrastinate 0041_post_retry_failed_job
-- migration audit 0001_initial
-- migration audit 0002_database_rules
-- migration api 0001_initial
-- migration api 0002_database_rules
-- migration api 0003_sandboxes_are_not_public
-- migration api 0004_units
-- migration api 0005_checks
-- migration audit 0003_keys_at_once
-- migration contenttypes 0001_initial
-- migration contenttypes 0002_remove_content_type_name
-- migration auth 0001_initial
-- migration auth 0002_alter_permission_name_max_length
-- migration auth 0003_alter_user_email_max_length
-- migration auth 0004_alter_user_username_opts
-- migration auth 0005_alter_user_last_login_null
-- migration auth 0006_require_contenttypes_0002
-- migration auth 0007_alter_validators_add_error_messages
-- migration auth 0008_alter_user_username_max_length
-- migration auth 0009_alter_user_last_name_max_length
-- migration auth 0010_alter_group_name_max_length
-- migration auth 0011_update_proxy_permissions
-- migration auth 0012_alter_user_first_name_max_length
-- migration budgets 0004_voucher_information
-- migration budgets 0005_voucher_information_database_rules
-- migration budgets 0006_information_in_person_or_by_post
-- migration budgets 0007_pots_by_day
-- migration clients 0011_mendings
-- migration evaluation 0001_initial
-- migration evaluation 0002_database_rules
-- migration ledger 0004_accounts_move_in_one_pass
-- migration ledger 0005_keys_at_once
-- migration messages 0001_initial
-- migration messages 0002_database_rules
-- migration messages 0003_talk_about_a_visit
-- migration messages 0004_confirmed_addresses
-- migration needs 0002_database_rules
-- migration needs 0003_joining_and_assessment
-- migration needs 0004_joining_and_assessment_database_rules
-- migration orders 0011_lacking_at_new_prices
-- migration plans 0003_support_plan_drafts_and_comments
-- migration plans 0004_plan_comments_database_rules
-- migration plans 0005_decisions_prepared_delivered_and_claimed
-- migration plans 0006_decisions_database_rules
-- migration plans 0007_plans_that_wait
-- migration providers 0010_withdrawals_under_way
-- migration providers 0011_drafts_keep_nobody_away
-- migration sessions 0001_initial
-- migration settlements 0003_payments_go_to_providers
-- migration users 0002_database_rules
-- migration users 0003_tries
-- migration users 0004_role_invitations
-- migration users 0005_role_invitations_database_rules
-- migration wishes 0001_initial
-- migration wishes 0002_database_rules
-- migration wishes 0003_what_came_of_requests
SET LOCAL check_function_bodies = false;
SET LOCAL search_path = '';

CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;

CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;

CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA public;

CREATE TYPE public.procrastinate_job_event_type AS ENUM (
    'deferred',
    'started',
    'deferred_for_retry',
    'failed',
    'succeeded',
    'cancelled',
    'abort_requested',
    'aborted',
    'scheduled',
    'retried'
);

CREATE TYPE public.procrastinate_job_status AS ENUM (
    'todo',
    'doing',
    'succeeded',
    'failed',
    'cancelled',
    'aborting',
    'aborted'
);

CREATE TYPE public.procrastinate_job_to_defer_v1 AS (
	queue_name character varying,
	task_name character varying,
	priority integer,
	lock text,
	queueing_lock text,
	args jsonb,
	scheduled_at timestamp with time zone
);

CREATE FUNCTION public.api_tell_of_events() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    jobs bigint[];
BEGIN
    -- Most organisers have nobody who listens: then this is all there is to do.
    IF NOT EXISTS (
        SELECT FROM api_subscription s
        WHERE s.ended_at IS NULL AND s.organiser_id IN (SELECT a.organiser_id FROM added a)
    ) THEN
        RETURN NULL;
    END IF;
    WITH happened AS (
        SELECT a.organiser_id, o.provider_id, o.unit_id, k.kind, 'order' AS about, o.id, a.at
        FROM added a JOIN (VALUES ('place_order', 'order.placed'), ('accept_order', 'order.accepted'), ('decline_order', 'order.declined'), ('shorten_order', 'order.changed'), ('keep_week', 'order.changed'), ('take_again', 'order.changed'), ('reopen_order', 'order.changed'), ('carry_order', 'order.changed'), ('end_order', 'order.ended'), ('cancel_visit', 'visit.called_off'), ('call_visit_back', 'order.changed'), ('give_to_unit', 'order.changed')) k (verb, kind) ON k.verb = a.verb
        JOIN orders_order o ON o.id = a.subject_id
        WHERE a.subject_kind = 'order'
        UNION
        SELECT a.organiser_id, v.provider_id, w.unit_id, k.kind, 'visit', v.id, a.at
        FROM added a JOIN (VALUES ('confirm_visit', 'visit.confirmed'), ('dispute_visit', 'visit.disputed'), ('accept_reviewed', 'visit.accepted'), ('reject_reviewed', 'visit.rejected'), ('correct_visit', 'visit.corrected')) k (verb, kind) ON k.verb = a.verb
        JOIN visits_visit v ON v.id = a.subject_id
        JOIN orders_order w ON w.id = v.order_id
        WHERE a.subject_kind = 'visit'
        UNION
        SELECT a.organiser_id, c.provider_id, w.unit_id, k.kind, 'visit', c.visit_id, a.at
        FROM added a JOIN (VALUES ('draw_checks', 'visit.drawn'), ('answer_check', 'visit.checked')) k (verb, kind) ON k.verb = a.verb
        JOIN visits_check c ON (a.subject_kind = 'drawing' AND c.drawing_id = a.subject_id)
            OR (a.subject_kind = 'check' AND c.id = a.subject_id)
        JOIN visits_visit v ON v.id = c.visit_id
        JOIN orders_order w ON w.id = v.order_id
        UNION
        SELECT a.organiser_id, t.provider_id, NULL, 'statement.approved', 'statement', t.id, a.at
        FROM added a JOIN settlements_statement t ON t.run_id = a.subject_id
        WHERE a.subject_kind = 'run' AND a.verb = 'approve_run'
        UNION
        SELECT a.organiser_id, t.provider_id, NULL, k.kind, 'statement', t.id, a.at
        FROM added a JOIN (VALUES ('paid', 'payment.paid'), ('returned', 'payment.returned')) k (after, kind) ON k.after = a.after
        JOIN settlements_payment p ON p.id = a.subject_id
        JOIN settlements_statement t ON t.id = p.statement_id
        WHERE a.subject_kind = 'payment'
    ), listening AS (
        -- A system that is bound to a unit is told of what is of the unit.
        SELECT s.id, s.organiser_id, s.provider_id, c.unit_id, s.kinds
        FROM api_subscription s JOIN api_apiclient c ON c.id = s.client_id
        WHERE s.ended_at IS NULL
    ), heard AS (
        SELECT nextval('api_event_id_seq'::regclass) AS event, h.* FROM happened h
        WHERE EXISTS (
            SELECT FROM listening l WHERE l.organiser_id = h.organiser_id
                AND l.provider_id = h.provider_id AND h.kind = ANY (l.kinds)
                AND coalesce(l.unit_id = h.unit_id, l.unit_id IS NULL))
    ), kept AS (
        INSERT INTO api_event (id, organiser_id, provider_id, kind, subject_kind, subject_id, at)
        SELECT h.event, h.organiser_id, h.provider_id, h.kind, h.about, h.id, h.at FROM heard h
    ), sendings AS (
        INSERT INTO api_sending (organiser_id, subscription_id, event_id, state, tries, outcome)
        SELECT h.organiser_id, l.id, h.event, 'waiting', 0, ''
        FROM heard h JOIN listening l ON l.organiser_id = h.organiser_id
            AND l.provider_id = h.provider_id AND h.kind = ANY (l.kinds)
            AND coalesce(l.unit_id = h.unit_id, l.unit_id IS NULL)
        RETURNING id, organiser_id
    )
    SELECT procrastinate_defer_jobs_v1(array_agg(ROW('webhooks', 'send_event', 0, NULL, NULL,
        jsonb_build_object('organiser_id', organiser_id, 'sending_id', id), NULL
        )::procrastinate_job_to_defer_v1))
    INTO jobs FROM sendings;
    RETURN NULL;
END $$;

CREATE FUNCTION public.catalogue_alike(words text[]) RETURNS tsquery
    LANGUAGE plpgsql STABLE PARALLEL SAFE
    AS $$
DECLARE
    word text;
    alike text;
    one tsquery;
    sought tsquery := ''::tsquery;
BEGIN
    FOREACH word IN ARRAY words LOOP
        CONTINUE WHEN array_length(words, 1) > 1 AND (
            numnode(plainto_tsquery('finnish', word)) = 0
            OR numnode(plainto_tsquery('swedish', word)) = 0);
        one := catalogue_sought(ARRAY[word]);
        FOR alike IN
            SELECT text FROM catalogue_tray_word WHERE text % lower(unaccent(word))
            ORDER BY similarity(text, lower(unaccent(word))) DESC, text LIMIT 5
        LOOP
            one := one || plainto_tsquery('simple', alike);
        END LOOP;
        sought := sought && one;
    END LOOP;
    RETURN sought;
END $$;

CREATE FUNCTION public.catalogue_follow_facts() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
    touched bigint[];
BEGIN
    IF TG_TABLE_NAME = 'catalogue_offer' THEN
        SELECT array_agg(c.id) INTO touched FROM changed c;
    ELSIF TG_TABLE_NAME = 'providers_approval' THEN
        SELECT array_agg(o.id) INTO touched
        FROM catalogue_offer o JOIN changed c ON c.id = o.approval_id;
    ELSIF TG_TABLE_NAME = 'providers_provider' THEN
        SELECT array_agg(o.id) INTO touched FROM catalogue_offer o
        JOIN providers_approval a ON a.id = o.approval_id JOIN changed c ON c.id = a.provider_id;
    ELSIF TG_TABLE_NAME = 'catalogue_service' THEN
        SELECT array_agg(o.id) INTO touched
        FROM catalogue_offer o JOIN changed c ON c.id = o.service_id;
    ELSIF TG_TABLE_NAME = 'programmes_programme' THEN
        SELECT array_agg(o.id) INTO touched FROM catalogue_offer o
        JOIN catalogue_service s ON s.id = o.service_id JOIN changed c ON c.id = s.programme_id;
    ELSE
        SELECT array_agg(o.id) INTO touched FROM catalogue_offer o
        JOIN catalogue_service s ON s.id = o.service_id
        WHERE s.programme_id IN (SELECT programme_id FROM changed);
    END IF;
    IF touched IS NULL THEN
        RETURN NULL;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('catalogue_listing'));
    DELETE FROM catalogue_listing l WHERE l.offer_id = ANY (touched)
        AND NOT EXISTS (SELECT 1 FROM catalogue_offer o WHERE o.id = l.offer_id);

    INSERT INTO catalogue_listingkind (organiser_id, service_id, sector, languages, municipality_codes)
    SELECT DISTINCT organiser_id, service_id, sector, languages, municipality_codes FROM catalogue_listing_derived
    WHERE offer_id = ANY (touched) ON CONFLICT (service_id, sector, languages, municipality_codes) DO NOTHING;
    INSERT INTO catalogue_trayword (text)
    SELECT DISTINCT one FROM catalogue_listing_derived, regexp_split_to_table(plain, '[^a-z]+') one
    WHERE offer_id = ANY (touched) AND length(one) > 2 ON CONFLICT (text) DO NOTHING;
    INSERT INTO catalogue_listing (offer_id, organiser_id, programme_id, provider_id, starts_on, ends_on, takes_new_clients, rating_sum, rating_count, words, kind_id)
    SELECT d.offer_id, d.organiser_id, programme_id, provider_id, starts_on, ends_on, takes_new_clients, rating_sum, rating_count, words, k.id
    FROM catalogue_listing_derived d JOIN catalogue_listingkind k USING (service_id, sector, languages, municipality_codes)
    WHERE d.offer_id = ANY (touched)
    ON CONFLICT (offer_id) DO UPDATE SET (organiser_id, programme_id, provider_id, starts_on, ends_on, takes_new_clients, rating_sum, rating_count, words, kind_id) = (excluded.organiser_id, excluded.programme_id, excluded.provider_id, excluded.starts_on, excluded.ends_on, excluded.takes_new_clients, excluded.rating_sum, excluded.rating_count, excluded.words, excluded.kind_id);

    RETURN NULL;
END $$;

CREATE FUNCTION public.catalogue_no_sandbox() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NEW.organiser_id = ANY (valinta_sandboxes()) THEN
        RETURN NULL; -- an offer of a sandbox is in nobody's tray
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION public.catalogue_sought(words text[]) RETURNS tsquery
    LANGUAGE plpgsql STABLE PARALLEL SAFE
    AS $$
DECLARE
    word text;
    plain text;
    finnish tsquery;
    swedish tsquery;
    sought tsquery := ''::tsquery;
BEGIN
    FOR place IN 1 .. coalesce(array_length(words, 1), 0) LOOP
        word := words[place];
        -- Some signs become more than letters: a half becomes 1/2.
        plain := regexp_replace(unaccent(word), '\W', '', 'g');
        finnish := plainto_tsquery('finnish', word);
        swedish := plainto_tsquery('swedish', word);
        CONTINUE WHEN array_length(words, 1) > 1
            AND (numnode(finnish) = 0 OR numnode(swedish) = 0 OR plain = '');
        sought := sought && (finnish || swedish
            || plainto_tsquery('finnish', plain) || plainto_tsquery('swedish', plain)
            || plainto_tsquery('english', word) || to_tsquery('simple', plain || ':*'));
    END LOOP;
    RETURN sought;
END $$;

CREATE FUNCTION public.catalogue_words(fi text, sv text, en text) RETURNS tsvector
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN strip((((((to_tsvector('finnish'::regconfig, fi) || to_tsvector('finnish'::regconfig, public.unaccent(fi))) || to_tsvector('swedish'::regconfig, sv)) || to_tsvector('swedish'::regconfig, public.unaccent(sv))) || to_tsvector('english'::regconfig, en)) || to_tsvector('simple'::regconfig, public.unaccent(concat_ws(' '::text, fi, sv, en)))));

CREATE FUNCTION public.decision_stands() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION public.ledger_account_opens_empty() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'account_opens_empty' USING ERRCODE = 'check_violation';
END $$;

CREATE FUNCTION public.ledger_follow_transfers() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    SET enable_hashjoin TO 'off'
    SET enable_mergejoin TO 'off'
    SET enable_seqscan TO 'off'
    SET enable_bitmapscan TO 'off'
    AS $$
DECLARE
    one record;
    wrong boolean;
BEGIN
    SELECT count(*) AS rows, min(organiser_id) AS organiser_id, min(kind) AS kind,
        min(debit_id) AS debit_id, min(credit_id) AS credit_id, min(cents) AS cents
        INTO one FROM posted;
    IF one.rows = 0 THEN
        RETURN NULL;
    ELSIF one.rows = 1 THEN
        PERFORM 
        FROM ledger_account d, ledger_account c, ledger_route r
        WHERE d.id = one.debit_id AND d.organiser_id = one.organiser_id
            AND c.id = one.credit_id AND c.organiser_id = one.organiser_id
            AND r.kind = one.kind AND r.debit_kind = d.kind AND r.credit_kind = c.kind;
        IF FOUND THEN
            
            UPDATE ledger_account SET
                debits = debits + CASE WHEN id = one.debit_id THEN one.cents ELSE 0 END,
                credits = credits + CASE WHEN id = one.credit_id THEN one.cents ELSE 0 END
            WHERE id IN (one.debit_id, one.credit_id);
            RETURN NULL;
        END IF;
    END IF;
    
    WITH sides AS MATERIALIZED (
        SELECT s.id, s.went, s.came, a.organiser_id, a.kind
        FROM (SELECT id, sum(went)::bigint AS went, sum(came)::bigint AS came
              FROM (SELECT debit_id AS id, cents AS went, 0 AS came FROM posted
                    UNION ALL SELECT credit_id, 0, cents FROM posted) each_side
              GROUP BY id ORDER BY id) s
        JOIN ledger_account a ON a.id = s.id
    ), checked AS MATERIALIZED (
        SELECT EXISTS (SELECT FROM posted p WHERE NOT EXISTS (
            SELECT FROM ledger_route r WHERE r.kind = p.kind
                AND ((p.debit_id, p.organiser_id, r.debit_kind)
                    IN (SELECT id, organiser_id, kind FROM sides)) IS TRUE
                AND ((p.credit_id, p.organiser_id, r.credit_kind)
                    IN (SELECT id, organiser_id, kind FROM sides)) IS TRUE)) AS refused
    ), moved AS (
        UPDATE ledger_account a
        SET debits = a.debits + s.went, credits = a.credits + s.came
        FROM sides s WHERE a.id = s.id AND NOT (SELECT c.refused FROM checked c)
    )
    SELECT c.refused INTO wrong FROM checked c;
    IF wrong THEN
        RAISE EXCEPTION 'transfer_follows_a_known_route: %', (
        SELECT format('%s from %s to %s', p.kind, coalesce(d.kind, 'an unknown account'),
                      coalesce(c.kind, 'an unknown account'))
        FROM posted p
        LEFT JOIN ledger_account d ON d.id = p.debit_id AND d.organiser_id = p.organiser_id
        LEFT JOIN ledger_account c ON c.id = p.credit_id AND c.organiser_id = p.organiser_id
        LEFT JOIN ledger_route r
            ON r.kind = p.kind AND r.debit_kind = d.kind AND r.credit_kind = c.kind
        WHERE r.kind IS NULL LIMIT 1)
            USING ERRCODE = 'check_violation', CONSTRAINT = 'transfer_follows_a_known_route';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION public.organiser_changes_in_scope() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF current_user = 'valinta_app' AND NOT OLD.id = ANY (valinta_organisers()) THEN
        RAISE EXCEPTION 'organiser_changes_in_scope: organiser % is not in scope', OLD.id
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION public.payment_goes_to_the_provider() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
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

CREATE FUNCTION public.procrastinate_cancel_job_v1(job_id bigint, abort boolean, delete_job boolean) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status = 'todo'
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        IF abort THEN
            UPDATE procrastinate_jobs
            SET abort_requested = true,
                status = CASE status
                    WHEN 'todo' THEN 'cancelled'::procrastinate_job_status ELSE status
                END
            WHERE id = job_id AND status IN ('todo', 'doing')
            RETURNING id INTO _job_id;
        ELSE
            UPDATE procrastinate_jobs
            SET status = 'cancelled'::procrastinate_job_status
            WHERE id = job_id AND status = 'todo'
            RETURNING id INTO _job_id;
        END IF;
    END IF;
    RETURN _job_id;
END;
$$;

CREATE FUNCTION public.procrastinate_defer_jobs_v1(jobs public.procrastinate_job_to_defer_v1[]) RETURNS bigint[]
    LANGUAGE plpgsql
    AS $$
DECLARE
    job_ids bigint[];
BEGIN
    WITH inserted_jobs AS (
        INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock, queueing_lock, args, scheduled_at)
        SELECT (job).queue_name,
               (job).task_name,
               (job).priority,
               (job).lock,
               (job).queueing_lock,
               (job).args,
               (job).scheduled_at
        FROM unnest(jobs) AS job
        RETURNING id
    )
    SELECT array_agg(id) FROM inserted_jobs INTO job_ids;

    RETURN job_ids;
END;
$$;

CREATE FUNCTION public.procrastinate_defer_periodic_job_v2(_queue_name character varying, _lock character varying, _queueing_lock character varying, _task_name character varying, _priority integer, _periodic_id character varying, _defer_timestamp bigint, _args jsonb) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
	_job_id bigint;
	_defer_id bigint;
BEGIN
    INSERT
        INTO procrastinate_periodic_defers (task_name, periodic_id, defer_timestamp)
        VALUES (_task_name, _periodic_id, _defer_timestamp)
        ON CONFLICT DO NOTHING
        RETURNING id into _defer_id;

    IF _defer_id IS NULL THEN
        RETURN NULL;
    END IF;

    UPDATE procrastinate_periodic_defers
        SET job_id = (
            SELECT COALESCE((
                SELECT unnest(procrastinate_defer_jobs_v1(
                    ARRAY[
                        ROW(
                            _queue_name,
                            _task_name,
                            _priority,
                            _lock,
                            _queueing_lock,
                            _args,
                            NULL::timestamptz
                        )
                    ]::procrastinate_job_to_defer_v1[]
                ))
            ), NULL)
        )
        WHERE id = _defer_id
        RETURNING job_id INTO _job_id;

    DELETE
        FROM procrastinate_periodic_defers
        USING (
            SELECT id
            FROM procrastinate_periodic_defers
            WHERE procrastinate_periodic_defers.task_name = _task_name
            AND procrastinate_periodic_defers.periodic_id = _periodic_id
            AND procrastinate_periodic_defers.defer_timestamp < _defer_timestamp
            ORDER BY id
            FOR UPDATE
        ) to_delete
        WHERE procrastinate_periodic_defers.id = to_delete.id;

    RETURN _job_id;
END;
$$;

CREATE TABLE public.procrastinate_jobs (
    id bigint NOT NULL,
    queue_name character varying(128) NOT NULL,
    task_name character varying(128) NOT NULL,
    lock text,
    args jsonb DEFAULT '{}'::jsonb NOT NULL,
    status public.procrastinate_job_status DEFAULT 'todo'::public.procrastinate_job_status NOT NULL,
    scheduled_at timestamp with time zone,
    attempts integer DEFAULT 0 NOT NULL,
    queueing_lock text,
    priority integer DEFAULT 0 NOT NULL,
    abort_requested boolean DEFAULT false NOT NULL,
    worker_id bigint,
    CONSTRAINT check_not_todo_abort_requested CHECK ((NOT ((status = 'todo'::public.procrastinate_job_status) AND (abort_requested = true))))
);

CREATE FUNCTION public.procrastinate_fetch_job_v2(target_queue_names character varying[], p_worker_id bigint) RETURNS public.procrastinate_jobs
    LANGUAGE plpgsql
    AS $$
DECLARE
	found_jobs procrastinate_jobs;
BEGIN
    WITH candidate AS (
        SELECT jobs.*
            FROM procrastinate_jobs AS jobs
            WHERE
                -- reject the job if its lock has earlier or higher priority jobs
                NOT EXISTS (
                    SELECT 1
                        FROM procrastinate_jobs AS other_jobs
                        WHERE
                            jobs.lock IS NOT NULL
                            AND other_jobs.lock = jobs.lock
                            AND (
                                -- job with same lock is already running
                                other_jobs.status = 'doing'
                                OR
                                -- job with same lock is waiting and has higher priority (or same priority but was queued first)
                                (
                                    other_jobs.status = 'todo'
                                    AND (
                                        other_jobs.priority > jobs.priority
                                        OR (
                                        other_jobs.priority = jobs.priority
                                        AND other_jobs.id < jobs.id
                                        )
                                    )
                                )
                            )
                )
                AND jobs.status = 'todo'
                AND (target_queue_names IS NULL OR jobs.queue_name = ANY( target_queue_names ))
                AND (jobs.scheduled_at IS NULL OR jobs.scheduled_at <= now())
            ORDER BY jobs.priority DESC, jobs.id ASC LIMIT 1
            FOR UPDATE OF jobs SKIP LOCKED
    )
    UPDATE procrastinate_jobs
        SET status = 'doing', worker_id = p_worker_id
        FROM candidate
        WHERE procrastinate_jobs.id = candidate.id
        RETURNING procrastinate_jobs.* INTO found_jobs;

 RETURN found_jobs;
END;
$$;

CREATE FUNCTION public.procrastinate_finish_job_v1(job_id bigint, end_status public.procrastinate_job_status, delete_job boolean) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF end_status NOT IN ('succeeded', 'failed', 'aborted') THEN
        RAISE 'End status should be either "succeeded", "failed" or "aborted" (job id: %)', job_id;
    END IF;
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = end_status,
            abort_requested = false,
            attempts = CASE status
                WHEN 'doing' THEN attempts + 1 ELSE attempts
            END
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" or "todo" status (job id: %)', job_id;
    END IF;
END;
$$;

CREATE FUNCTION public.procrastinate_notify_queue_abort_job_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'abort_job_requested', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;

CREATE FUNCTION public.procrastinate_notify_queue_job_inserted_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'job_inserted', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;

CREATE FUNCTION public.procrastinate_prune_stalled_workers_v1(seconds_since_heartbeat double precision) RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN QUERY
    DELETE FROM procrastinate_workers
    WHERE last_heartbeat < NOW() - (seconds_since_heartbeat || 'SECOND')::INTERVAL
    RETURNING procrastinate_workers.id;
END;
$$;

CREATE FUNCTION public.procrastinate_register_worker_v1() RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
    AS $$
BEGIN
    RETURN QUERY
    INSERT INTO procrastinate_workers DEFAULT VALUES
    RETURNING procrastinate_workers.id;
END;
$$;

CREATE FUNCTION public.procrastinate_retry_job_v1(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
BEGIN
    SELECT abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status = 'doing'
    FOR UPDATE
    INTO _abort_requested;
    IF _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    END IF;

    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" status (job id: %)', job_id;
    END IF;
END;
$$;

CREATE FUNCTION public.procrastinate_retry_job_v2(job_id bigint, retry_at timestamp with time zone, new_priority integer, new_queue_name character varying, new_lock character varying) RETURNS void
    LANGUAGE plpgsql
    AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
    _current_status procrastinate_job_status;
BEGIN
    SELECT status, abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status IN ('doing', 'failed')
    FOR UPDATE
    INTO _current_status, _abort_requested;
    IF _current_status = 'doing' AND _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status IN ('doing', 'failed')
        RETURNING id INTO _job_id;
    END IF;

    IF _job_id IS NULL THEN
        RAISE 'Job was not found or has an invalid status to retry (job id: %)', job_id;
    END IF;

END;
$$;

CREATE FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'abort_requested'::procrastinate_job_event_type);
    RETURN NEW;
END;
$$;

CREATE FUNCTION public.procrastinate_trigger_function_scheduled_events_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type, at)
        VALUES (NEW.id, 'scheduled'::procrastinate_job_event_type, NEW.scheduled_at);

	RETURN NEW;
END;
$$;

CREATE FUNCTION public.procrastinate_trigger_function_status_events_insert_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'deferred'::procrastinate_job_event_type);
	RETURN NEW;
END;
$$;

CREATE FUNCTION public.procrastinate_trigger_function_status_events_update_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    WITH t AS (
        SELECT CASE
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND NEW.status = 'doing'::procrastinate_job_status
                THEN 'started'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'deferred_for_retry'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'failed'::procrastinate_job_status
                THEN 'failed'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'succeeded'::procrastinate_job_status
                THEN 'succeeded'::procrastinate_job_event_type
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND (
                    NEW.status = 'cancelled'::procrastinate_job_status
                    OR NEW.status = 'failed'::procrastinate_job_status
                    OR NEW.status = 'succeeded'::procrastinate_job_status
                )
                THEN 'cancelled'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'aborted'::procrastinate_job_status
                THEN 'aborted'::procrastinate_job_event_type
            WHEN OLD.status = 'failed'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'retried'::procrastinate_job_event_type
            ELSE NULL
        END as event_type
    )
    INSERT INTO procrastinate_events(job_id, type)
        SELECT NEW.id, t.event_type
        FROM t
        WHERE t.event_type IS NOT NULL;
	RETURN NEW;
END;
$$;

CREATE FUNCTION public.procrastinate_unlink_periodic_defers_v1() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_periodic_defers
    SET job_id = NULL
    WHERE job_id = OLD.id;
    RETURN OLD;
END;
$$;

CREATE FUNCTION public.procrastinate_unregister_worker_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    DELETE FROM procrastinate_workers
    WHERE id = worker_id;
END;
$$;

CREATE FUNCTION public.procrastinate_update_heartbeat_v1(worker_id bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    UPDATE procrastinate_workers
    SET last_heartbeat = NOW()
    WHERE id = worker_id;
END;
$$;

CREATE FUNCTION public.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: a row is never changed or removed', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION public.valinta_organisers() RETURNS bigint[]
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT coalesce(nullif(current_setting('valinta.organisers', true), ''), '{}')
        ::bigint[] $$;

CREATE FUNCTION public.valinta_public() RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT coalesce(current_setting('valinta.public', true), '') = 'on' $$;

CREATE FUNCTION public.valinta_sandboxes() RETURNS bigint[]
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT coalesce(array_agg(id), '{}') FROM organisers_organiser WHERE sandbox $$;

CREATE FUNCTION public.valinta_user() RETURNS bigint
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT nullif(current_setting('valinta.user', true), '')::bigint $$;

CREATE FUNCTION public.visit_code_is_of_its_visits_order() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.visit_id IS NOT NULL
        AND NEW.visit_id IS DISTINCT FROM OLD.visit_id THEN
        RAISE EXCEPTION 'visit code %: the visit that it confirms is never changed', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.visit_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM visits_visit v
        WHERE v.id = NEW.visit_id AND v.order_id = NEW.order_id
            AND v.organiser_id = NEW.organiser_id) THEN
        RAISE EXCEPTION 'a visit code confirms a visit of its own order'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TABLE public.api_apiclient (
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    identifier character varying(40) NOT NULL,
    scopes character varying(20)[] NOT NULL,
    secret_digest character varying(64) NOT NULL,
    former_digest character varying(64) NOT NULL,
    former_until timestamp with time zone,
    generation integer NOT NULL,
    made_at timestamp with time zone NOT NULL,
    made_by_id bigint,
    ends_on date NOT NULL,
    revoked_at timestamp with time zone,
    revoked_by_id bigint,
    organiser_id bigint NOT NULL,
    provider_id bigint NOT NULL,
    user_id bigint NOT NULL,
    unit_id bigint,
    CONSTRAINT api_apiclient_generation_check CHECK ((generation >= 0)),
    CONSTRAINT api_client_has_known_scopes CHECK (((scopes <@ ARRAY['orders:read'::character varying(20), 'orders:answer'::character varying(20), 'visits:read'::character varying(20), 'visits:write'::character varying(20), 'statements:read'::character varying(20), 'prices:read'::character varying(20), 'prices:write'::character varying(20), 'webhooks:manage'::character varying(20)]) AND (
CASE
    WHEN (scopes IS NULL) THEN NULL::integer
    ELSE COALESCE(array_length(scopes, 1), 0)
END > 0))),
    CONSTRAINT former_secret_works_for_a_while CHECK (((((former_digest)::text = ''::text) AND (former_until IS NULL)) OR ((NOT ((former_digest)::text = ''::text)) AND (former_until IS NOT NULL))))
);

ALTER TABLE public.api_apiclient ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.api_apiclient_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.api_event (
    id bigint NOT NULL,
    kind character varying(20) NOT NULL,
    subject_kind character varying(40) NOT NULL,
    subject_id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    organiser_id bigint NOT NULL,
    provider_id bigint NOT NULL
);

ALTER TABLE public.api_event ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.api_event_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.api_keptanswer (
    id bigint NOT NULL,
    key character varying(100) NOT NULL,
    fingerprint character varying(64) NOT NULL,
    status smallint,
    content_type character varying(60) NOT NULL,
    body bytea NOT NULL,
    made_at timestamp with time zone NOT NULL,
    client_id bigint NOT NULL,
    organiser_id bigint NOT NULL,
    CONSTRAINT api_keptanswer_status_check CHECK ((status >= 0))
);

ALTER TABLE public.api_keptanswer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.api_keptanswer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.api_sending (
    id bigint NOT NULL,
    state character varying(8) NOT NULL,
    tries smallint NOT NULL,
    outcome character varying(40) NOT NULL,
    tried_at timestamp with time zone,
    next_at timestamp with time zone,
    event_id bigint NOT NULL,
    organiser_id bigint NOT NULL,
    subscription_id bigint NOT NULL,
    CONSTRAINT api_sending_tries_check CHECK ((tries >= 0))
);

ALTER TABLE public.api_sending ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.api_sending_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.api_subscription (
    id bigint NOT NULL,
    address character varying(500) NOT NULL,
    kinds character varying(20)[] NOT NULL,
    generation integer NOT NULL,
    made_at timestamp with time zone NOT NULL,
    paused_at timestamp with time zone,
    ended_at timestamp with time zone,
    client_id bigint NOT NULL,
    organiser_id bigint NOT NULL,
    provider_id bigint NOT NULL,
    CONSTRAINT api_subscription_generation_check CHECK ((generation >= 0)),
    CONSTRAINT subscription_is_for_known_events CHECK (((kinds <@ ARRAY['order.placed'::character varying(20), 'order.accepted'::character varying(20), 'order.declined'::character varying(20), 'order.changed'::character varying(20), 'order.ended'::character varying(20), 'visit.called_off'::character varying(20), 'visit.confirmed'::character varying(20), 'visit.disputed'::character varying(20), 'visit.accepted'::character varying(20), 'visit.rejected'::character varying(20), 'visit.corrected'::character varying(20), 'visit.drawn'::character varying(20), 'visit.checked'::character varying(20), 'statement.approved'::character varying(20), 'payment.paid'::character varying(20), 'payment.returned'::character varying(20), 'test'::character varying(20)]) AND (
CASE
    WHEN (kinds IS NULL) THEN NULL::integer
    ELSE COALESCE(array_length(kinds, 1), 0)
END > 0)))
);

ALTER TABLE public.api_subscription ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.api_subscription_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.api_usage (
    client_id bigint NOT NULL,
    since timestamp with time zone NOT NULL,
    requests integer NOT NULL,
    organiser_id bigint NOT NULL,
    CONSTRAINT api_usage_requests_check CHECK ((requests >= 0))
);

CREATE TABLE public.audit_entry (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    by_id bigint,
    verb character varying(40) NOT NULL,
    subject_kind character varying(40) NOT NULL,
    subject_id bigint NOT NULL,
    before character varying(30) NOT NULL,
    after character varying(30) NOT NULL,
    client_id bigint,
    purpose character varying(200) NOT NULL,
    facts jsonb NOT NULL,
    organiser_id bigint NOT NULL,
    CONSTRAINT audit_entry_says_what_was_done CHECK ((NOT ((verb)::text = ''::text)))
);

ALTER TABLE public.audit_entry ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.audit_entry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.auth_group (
    id integer NOT NULL,
    name character varying(150) NOT NULL
);

ALTER TABLE public.auth_group ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.auth_group_permissions (
    id bigint NOT NULL,
    group_id integer NOT NULL,
    permission_id integer NOT NULL
);

ALTER TABLE public.auth_group_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.auth_permission (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    content_type_id integer NOT NULL,
    codename character varying(100) NOT NULL
);

ALTER TABLE public.auth_permission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_permission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.budgets_budget (
    id bigint NOT NULL,
    state character varying(10) NOT NULL,
    monthly_cents bigint NOT NULL,
    valid daterange NOT NULL,
    decision_id bigint NOT NULL,
    enrolment_id bigint NOT NULL,
    organiser_id bigint NOT NULL
);

ALTER TABLE public.budgets_budget ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.budgets_budget_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.budgets_pot (
    id bigint NOT NULL,
    granted_cents bigint NOT NULL,
    valid daterange NOT NULL,
    account_id bigint NOT NULL,
    budget_id bigint NOT NULL,
    organiser_id bigint NOT NULL,
    service_id bigint,
    starts_on date GENERATED ALWAYS AS (lower(valid)) STORED,
    ends_on date GENERATED ALWAYS AS (upper(valid)) STORED
);

ALTER TABLE public.budgets_pot ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.budgets_pot_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.budgets_voucher (
    id bigint NOT NULL,
    state character varying(10) NOT NULL,
    quantity_hundredths integer NOT NULL,
    granted_cents bigint NOT NULL,
    refusal_reason text NOT NULL,
    valid daterange NOT NULL,
    account_id bigint NOT NULL,
    decision_id bigint NOT NULL,
    enrolment_id bigint NOT NULL,
    organiser_id bigint NOT NULL,
    service_id bigint NOT NULL,
    CONSTRAINT budgets_voucher_quantity_hundredths_check CHECK ((quantity_hundredths >= 0))
);

ALTER TABLE public.budgets_voucher ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.budgets_voucher_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.budgets_voucherinformation (
    id bigint NOT NULL,
    language character varying(2) NOT NULL,
    content jsonb NOT NULL,
    sha256 character varying(64) NOT NULL,
    given_at timestamp with time zone NOT NULL,
    given_to_id bigint,
    organiser_id bigint NOT NULL,
    voucher_id bigint NOT NULL,
    recorded_by_id bigint,
    way character varying(9) NOT NULL,
    CONSTRAINT information_given_by_a_worker_says_by_whom CHECK ((((recorded_by_id IS NULL) AND ((way)::text = 'portal'::text)) OR ((NOT ((way)::text = 'portal'::text)) AND (recorded_by_id IS NOT NULL))))
);

ALTER TABLE public.budgets_voucherinformation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.budgets_voucherinformation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.budgets_voucherunit (
    id bigint NOT NULL,
    cents integer NOT NULL,
    band_id bigint NOT NULL,
    organiser_id bigint NOT NULL,
    voucher_id bigint NOT NULL,
    CONSTRAINT budgets_voucherunit_cents_check CHECK ((cents >= 0)),
    CONSTRAINT voucher_value_is_above_zero CHECK ((cents > 0))
);

ALTER TABLE public.budgets_voucherunit ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.budgets_voucherunit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.catalogue_listing (
    offer_id bigint NOT NULL,
    organiser_id bigint NOT NULL,
    programme_id bigint NOT NULL,
    provider_id bigint NOT NULL,
    kind_id bigint NOT NULL,
    starts_on date NOT NULL,
    ends_on date,
    takes_new_clients boolean NOT NULL,
    rating_sum integer NOT NULL,
    rating_count integer NOT NULL,
    words tsvector NOT NULL,
    CONSTRAINT catalogue_listing_rating_count_check CHECK ((rating_count >= 0)),
    CONSTRAINT catalogue_listing_rating_sum_check CHECK ((rating_sum >= 0))
)
WITH (toast_tuple_target='128');

CREATE TABLE public.catalogue_offer (
    id bigint NOT NULL,
    valid daterange NOT NULL,
    approval_id bigint NOT NULL,
    organiser_id bigint NOT NULL,
    service_id bigint NOT NULL,
    next_free_on date,
    takes_new_clients boolean NOT NULL,
    rating_sum integer NOT NULL,
    rating_count integer NOT NULL,
    CONSTRAINT catalogue_offer_rating_count_check CHECK ((rating_count >= 0)),
    CONSTRAINT catalogue_offer_rating_sum_check CHECK ((rating_sum >= 0)),
    CONSTRAINT rating_is_one_to_five_stars CHECK (((rating_sum >= rating_count) AND (rating_sum <= (rating_count * 5))))
);

CREATE TABLE public.catalogue_service (
    id bigint NOT NULL,
    code character varying(60) NOT NULL,
    names jsonb NOT NULL,
    easy jsonb NOT NULL,
    sector character varying(10) NOT NULL,
    unit character varying(10) NOT NULL,
    legal_basis jsonb NOT NULL,
    duty character varying(14) NOT NULL,
    fee_type character varying(20) NOT NULL,
    can_be_mandatory boolean NOT NULL,
    instruments character varying(10)[] NOT NULL,
    ways character varying(20)[] NOT NULL,
    organiser_id bigint NOT NULL,
    programme_id bigint NOT NULL,
    CONSTRAINT duty_is_known CHECK (((duty)::text = ANY (ARRAY[('universal'::character varying)::text, ('appropriation'::character varying)::text, ('subjective'::character varying)::text])))
);

CREATE TABLE public.programmes_municipality (
    id bigint NOT NULL,
    code character varying(3) NOT NULL,
    names jsonb NOT NULL,
    population integer NOT NULL,
    population_year smallint NOT NULL,
    valid daterange,
    organiser_id bigint NOT NULL,
    programme_id bigint NOT NULL,
    CONSTRAINT programmes_municipality_population_check CHECK ((population >= 0)),
    CONSTRAINT programmes_municipality_population_year_check CHECK ((population_year >= 0))
);

CREATE TABLE public.programmes_programme (
    id bigint NOT NULL,
    code character varying(40) NOT NULL,
    names jsonb NOT NULL,
    language character varying(2) NOT NULL,
    terms jsonb NOT NULL,
    funding_account_id bigint NOT NULL,
    organiser_id bigint NOT NULL
);

CREATE TABLE public.providers_approval (
    id bigint NOT NULL,
    rulebook_accepted_at timestamp with time zone NOT NULL,
    register character varying(40) NOT NULL,
    register_number character varying(40) NOT NULL,
    approved_at timestamp with time zone NOT NULL,
    approved_by_id bigint,
    valid daterange NOT NULL,
    organiser_id bigint NOT NULL,
    programme_id bigint NOT NULL,
    rulebook_id bigint NOT NULL,
    provider_id bigint NOT NULL,
    municipality_codes character varying(3)[],
    end_reason character varying(400) NOT NULL,
    suspended_on date,
    CONSTRAINT approved_provider_is_in_a_register CHECK ((NOT ((register_number)::text = ''::text)))
);

CREATE TABLE public.providers_provider (
    id bigint NOT NULL,
    business_id character varying(9) NOT NULL,
    name character varying(140) NOT NULL,
    sector character varying(12) NOT NULL,
    size_class character varying(10) NOT NULL,
    founded_year smallint NOT NULL,
    languages character varying(3)[] NOT NULL,
    iban character varying(34) NOT NULL,
    bic character varying(11) NOT NULL,
    postal_address jsonb NOT NULL,
    descriptions jsonb NOT NULL,
    contact jsonb NOT NULL,
    CONSTRAINT provider_business_id_has_its_shape CHECK (((business_id)::text ~ '^\d{7}-\d$'::text)),
    CONSTRAINT provider_sector_is_known CHECK (((sector)::text = ANY (ARRAY[('public'::character varying)::text, ('private'::character varying)::text, ('third_sector'::character varying)::text]))),
    CONSTRAINT providers_provider_founded_year_check CHECK ((founded_year >= 0))
);

CREATE VIEW public.catalogue_listing_derived WITH (security_invoker='true') AS
 SELECT o.id AS offer_id,
    o.organiser_id,
    s.programme_id,
    a.provider_id,
    GREATEST(lower(o.valid), lower(a.valid)) AS starts_on,
    LEAST(upper(o.valid), upper(a.valid)) AS ends_on,
    o.takes_new_clients,
    o.rating_sum,
    o.rating_count,
    s.id AS service_id,
    p.sector,
    p.languages,
    (COALESCE(area.codes, '{}'::character varying[]))::character varying(3)[] AS municipality_codes,
    public.catalogue_words(concat_ws(' '::text, p.name, (s.names ->> 'fi'::text), (s.easy ->> 'fi'::text), (p.descriptions ->> 'fi'::text), area.fi, (g.names ->> 'fi'::text)), concat_ws(' '::text, p.name, (s.names ->> 'sv'::text), (s.easy ->> 'sv'::text), (p.descriptions ->> 'sv'::text), area.sv, (g.names ->> 'sv'::text)), concat_ws(' '::text, p.name, (s.names ->> 'en'::text), (p.descriptions ->> 'en'::text), area.en, (g.names ->> 'en'::text))) AS words,
    lower(public.unaccent(concat_ws(' '::text, p.name, (s.names ->> 'fi'::text), (s.names ->> 'sv'::text), (s.names ->> 'en'::text), area.fi, area.sv))) AS plain
   FROM (((((public.catalogue_offer o
     JOIN public.catalogue_service s ON ((s.id = o.service_id)))
     JOIN public.programmes_programme g ON ((g.id = s.programme_id)))
     JOIN public.providers_approval a ON ((a.id = o.approval_id)))
     JOIN public.providers_provider p ON ((p.id = a.provider_id)))
     LEFT JOIN LATERAL ( SELECT array_agg(m.code ORDER BY m.code) AS codes,
            string_agg(m.fi, ' '::text ORDER BY m.code) AS fi,
            string_agg(m.sv, ' '::text ORDER BY m.code) AS sv,
            string_agg(m.en, ' '::text ORDER BY m.code) AS en
           FROM ( SELECT DISTINCT ON (programmes_municipality.code) programmes_municipality.code,
                    (programmes_municipality.names ->> 'fi'::text) AS fi,
                    (programmes_municipality.names ->> 'sv'::text) AS sv,
                    (programmes_municipality.names ->> 'en'::text) AS en
                   FROM public.programmes_municipality
                  WHERE ((programmes_municipality.programme_id = s.programme_id) AND (programmes_municipality.valid IS NOT NULL) AND ((a.municipality_codes IS NULL) OR ((programmes_municipality.code)::text = ANY ((a.municipality_codes)::text[]))))
                  ORDER BY programmes_municipality.code, programmes_municipality.id) m) area ON (true));

CREATE TABLE public.catalogue_listingkind (
    id bigint NOT NULL,
    organiser_id bigint NOT NULL,
    service_id bigint NOT NULL,
    sector character varying(12) NOT NULL,
    languages character varying(3)[] NOT NULL,
    municipality_codes character varying(3)[] NOT NULL
);

ALTER TABLE public.catalogue_listingkind ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.catalogue_listingkind_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.catalogue_offer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.catalogue_offer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.catalogue_price (
    id bigint NOT NULL,
    cents integer NOT NULL,
    valid daterange NOT NULL,
    known_at timestamp with time zone NOT NULL,
    superseded_at timestamp with time zone,
    offer_id bigint NOT NULL,
    organiser_id bigint NOT NULL,
    band_id bigint NOT NULL,
    CONSTRAINT catalogue_price_cents_check CHECK ((cents >= 0)),
    CONSTRAINT price_is_above_zero CHECK ((cents > 0))
);

ALTER TABLE public.catalogue_price ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.catalogue_price_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.catalogue_referenceprice (
    id bigint NOT NULL,
    kind character varying(10) NOT NULL,
    cents integer NOT NULL,
    source character varying(400) NOT NULL,
    assumed boolean NOT NULL,
    valid daterange NOT NULL,
    organiser_id bigint NOT NULL,
    service_id bigint NOT NULL,
    band_id bigint NOT NULL,
    CONSTRAINT catalogue_referenceprice_cents_check CHECK ((cents >= 0))
);

ALTER TABLE public.catalogue_referenceprice ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.catalogue_referenceprice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.catalogue_service ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.catalogue_service_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.catalogue_timeband (
    id bigint NOT NULL,
    code character varying(40) NOT NULL,
    names jsonb NOT NULL,
    rule jsonb NOT NULL,
    organiser_id bigint NOT NULL,
    programme_id bigint NOT NULL
);

ALTER TABLE public.catalogue_timeband ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.catalogue_timeband_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE VIEW public.catalogue_tray AS
 SELECT offer_id,
    organiser_id,
    programme_id,
    provider_id,
    kind_id,
    starts_on,
    ends_on,
    takes_new_clients,
    rating_sum,
    rating_count,
    words
   FROM public.catalogue_listing
  WHERE public.valinta_public();

CREATE VIEW public.catalogue_tray_kind AS
 SELECT id,
    organiser_id,
    service_id,
    sector,
    languages,
    municipality_codes
   FROM public.catalogue_listingkind
  WHERE public.valinta_public();

CREATE VIEW public.catalogue_tray_price AS
 SELECT offer_id,
    band_id,
    cents,
    valid
   FROM public.catalogue_price
  WHERE ((superseded_at IS NULL) AND public.valinta_public());

CREATE TABLE public.catalogue_trayword (
    text text NOT NULL
);

CREATE VIEW public.catalogue_tray_word AS
 SELECT text
   FROM public.catalogue_trayword
  WHERE public.valinta_public();

CREATE TABLE public.catalogue_vouchervalue (
    id bigint NOT NULL,
    cents integer NOT NULL,
    income_tested boolean NOT NULL,
    source character varying(400) NOT NULL,
    least_cents integer,
    assumed boolean NOT NULL,
    valid daterange NOT NULL,
    band_id bigint NOT NULL,
    organiser_id bigint NOT NULL,
    service_id bigint NOT NULL,
    CONSTRAINT catalogue_vouchervalue_cents_check CHECK ((cents >= 0)),
    CONSTRAINT catalogue_vouchervalue_least_cents_check CHECK ((least_cents >= 0))
);

ALTER TABLE public.catalogue_vouchervalue ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.catalogue_vouchervalue_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.clients_absence (
    id bigint NOT NULL,
    kind character varying(20) NOT NULL,
    valid daterange NOT NULL,
    organiser_id bigint NOT NULL,
    client_id bigint NOT NULL
);

ALTER TABLE public.clients_absence ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.clients_absence_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.clients_accesscode (
    id bigint NOT NULL,
    code_digest character varying(64) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    made_by_id bigint,
    expires_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    wrong_tries smallint NOT NULL,
    client_id bigint NOT NULL,
    organiser_id bigint NOT NULL,
    CONSTRAINT clients_accesscode_wrong_tries_check CHECK ((wrong_tries >= 0))
);

ALTER TABLE public.clients_accesscode ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.clients_accesscode_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.clients_accessgrant (
    id bigint NOT NULL,
    scope character varying(8) NOT NULL,
    reason character varying(400) NOT NULL,
    valid daterange NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    client_id bigint NOT NULL,
    organiser_id bigint NOT NULL,
    user_id bigint NOT NULL,
    CONSTRAINT opening_has_its_reason CHECK ((NOT ((reason)::text = ''::text))),
    CONSTRAINT opening_is_of_a_known_scope CHECK (((scope)::text = ANY (ARRAY[('pages'::character varying)::text, ('contact'::character varying)::text])))
);

ALTER TABLE public.clients_accessgrant ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.clients_accessgrant_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.clients_client (
    id bigint NOT NULL,
    given_name character varying(80) NOT NULL,
    family_name character varying(80) NOT NULL,
    identity_code character varying(11) NOT NULL,
    born_on date NOT NULL,
    language character varying(2) NOT NULL,
    municipality_code character varying(3) NOT NULL,
    non_disclosure boolean NOT NULL,
    contact jsonb NOT NULL,
    case_manager_id bigint,
    organiser_id bigint NOT NULL,
    user_id bigint,
    search_name text GENERATED ALWAYS AS (translate(lower((COALESCE(' '::text, ''::text) || COALESCE(((COALESCE(family_name, ''::character varying))::text || COALESCE((COALESCE(' '::text, ''::text) || (COALESCE(given_name, ''::character varying))::text), ''::text)), ''::text))), 'ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝŠŽČĆĐŁŃŚŹŻĘĄŐŰŘĚŮŤĎŇĽĹŔŞŢĂĀĒĪŌŪĢĶĻŅàáâãäåæçèéêëìíîïðñòóôõöøùúûüýšžčćđłńśźżęąőűřěůťďňľĺŕşţăāēīōūģķļņ-''’´`.,'::text, 'aaaaaaaceeeeiiiidnoooooouuuuyszccdlnszzeaoureutdnllrstaaeiougklnaaaaaaaceeeeiiiidnoooooouuuuyszccdlnszzeaoureutdnllrstaaeiougkln       '::text)) STORED,
    died_on date
);

ALTER TABLE public.clients_client ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.clients_client_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.clients_contact (
    id bigint NOT NULL,
    kind character varying(60) NOT NULL,
    purpose character varying(60) NOT NULL,
    minutes smallint NOT NULL,
    happened_at timestamp with time zone NOT NULL,
    with_whom character varying(120) NOT NULL,
    words character varying(500) NOT NULL,
    logged_at timestamp with time zone NOT NULL,
    cancelled_at timestamp with time zone,
    client_id bigint NOT NULL,
    logged_by_id bigint NOT NULL,
    organiser_id bigint NOT NULL,
    CONSTRAINT clients_contact_minutes_check CHECK ((minutes >= 0)),
    CONSTRAINT contact_takes_a_minute_to_a_day CHECK (((minutes >= 1) AND (minutes <= 1440)))
);

ALTER TABLE public.clients_contact ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.clients_contact_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.clients_cover (
    id bigint NOT NULL,
    valid daterange NOT NULL,
    made_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    covered_by_id bigint NOT NULL,
    organiser_id bigint NOT NULL,
    user_id bigint NOT NULL,
    CONSTRAINT nobody_covers_for_themselves CHECK ((NOT (user_id = covered_by_id)))
);

ALTER TABLE public.clients_cover ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.clients_cover_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.clients_enrolment (
    id bigint NOT NULL,
    state character varying(12) NOT NULL,
    applied_at timestamp with time zone NOT NULL,
    started_on date,
    ended_on date,
    end_reason character varying(200) NOT NULL,
    consent_items character varying(40)[] NOT NULL,
    consent_given_at timestamp with time zone,
    consent_withdrawn_at timestamp with time zone,
    client_id bigint NOT NULL,
    municipality_id bigint NOT NULL,
    organiser_id bigint NOT NULL,
    programme_id bigint NOT NULL,
    target_group_id bigint NOT NULL,
    CONSTRAINT enrolled_client_has_a_start_and_a_consent CHECK (((NOT ((state)::text = 'enrolled'::text)) OR ((consent_given_at IS NOT NULL) AND (started_on IS NOT NULL)))),
    CONSTRAINT withdrawn_or_ended_enrolment_has_an_end CHECK (((NOT ((state)::text = ANY (ARRAY[('ended'::character varying)::text, ('withdrawn'::character varying)::text]))) OR (ended_on IS NOT NULL)))
);

ALTER TABLE public.clients_enrolment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.clients_enrolment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.clients_handover (
    id bigint NOT NULL,
    words character varying(500) NOT NULL,
    handed_at timestamp with time zone NOT NULL,
    client_id bigint NOT NULL,
    from_user_id bigint,
    given_by_id bigint,
    organiser_id bigint NOT NULL,
    to_user_id bigint NOT NULL,
    CONSTRAINT hand_over_says_why CHECK ((NOT ((words)::text = ''::text)))
);

ALTER TABLE public.clients_handover ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.clients_handover_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.clients_interest (
    id bigint NOT NULL,
    state character varying(10) NOT NULL,
    name character varying(120) NOT NULL,
    phone character varying(40) NOT NULL,
    email character varying(254) NOT NULL,
    call_times character varying(200) NOT NULL,
    language character varying(2) NOT NULL,
    for_name character varying(120) NOT NULL,
    agreed boolean NOT NULL,
    words text NOT NULL,
    form_key uuid NOT NULL,
    came_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    earlier_id bigint,
    municipality_id bigint NOT NULL,
    organiser_id bigint NOT NULL,
    programme_id bigint NOT NULL,
    target_group_id bigint,
    taken_by_id bigint,
    CONSTRAINT another_is_named_with_their_consent CHECK ((((for_name)::text = ''::text) OR agreed)),
    CONSTRAINT closed_interest_has_its_moment CHECK ((((closed_at IS NULL) AND ((state)::text = ANY (ARRAY[('received'::character varying)::text, ('contacted'::character varying)::text]))) OR ((closed_at IS NOT NULL) AND ((state)::text = ANY (ARRAY[('enrolled'::character varying)::text, ('closed'::character varying)::text]))))),
    CONSTRAINT who_comes_forward_can_be_reached CHECK (((NOT ((phone)::text = ''::text)) OR (NOT ((email)::text = ''::text))))
);

ALTER TABLE public.clients_interest ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.clients_interest_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.clients_invitation (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    kind character varying(20) NOT NULL,
    scope character varying(10)[] NOT NULL,
    ends_on date NOT NULL,
    code_digest character varying(64) NOT NULL,
    state character varying(9) NOT NULL,
    invited_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    answered_at timestamp with time zone,
    client_id bigint NOT NULL,
    invited_by_id bigint,
    mandate_id bigint,
    organiser_id bigint NOT NULL,
    CONSTRAINT accepted_invitation_has_its_mandate CHECK ((((mandate_id IS NOT NULL) AND ((state)::text = 'accepted'::text)) OR ((NOT ((state)::text = 'accepted'::text)) AND (mandate_id IS NULL)))),
    CONSTRAINT invitation_is_in_a_kept_state CHECK (((state)::text = ANY (ARRAY[('sent'::character varying)::text, ('accepted'::character varying)::text, ('withdrawn'::character varying)::text])))
);

ALTER TABLE public.clients_invitation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.clients_invitation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.clients_mandate (
    id bigint NOT NULL,
    kind character varying(20) NOT NULL,
    scope character varying(10)[] NOT NULL,
    valid daterange NOT NULL,
    ended_at timestamp with time zone,
    client_id bigint NOT NULL,
    organiser_id bigint NOT NULL,
    user_id bigint NOT NULL,
    CONSTRAINT mandate_has_known_scopes CHECK ((scope <@ ARRAY['see'::character varying(10), 'see_plan'::character varying(10), 'see_budget'::character varying(10), 'write'::character varying(10), 'plan'::character varying(10), 'order'::character varying(10), 'confirm'::character varying(10)])),
    CONSTRAINT mandate_is_of_a_known_kind CHECK (((kind)::text = ANY (ARRAY[('guardian'::character varying)::text, ('authorised'::character varying)::text, ('supporter_close'::character varying)::text, ('supporter_expert'::character varying)::text, ('supporter_worker'::character varying)::text]))),
    CONSTRAINT nobody_does_for_another_what_they_may_not_see CHECK ((((NOT (scope && ARRAY['write'::character varying(10), 'plan'::character varying(10)])) OR (scope && ARRAY['see'::character varying(10), 'see_plan'::character varying(10)])) AND ((NOT (scope && ARRAY['order'::character varying(10), 'confirm'::character varying(10)])) OR (scope && ARRAY['see'::character varying(10), 'see_budget'::character varying(10)]))))
);

ALTER TABLE public.clients_mandate ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.clients_mandate_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.clients_mending (
    id bigint NOT NULL,
    version integer NOT NULL,
    changes jsonb NOT NULL,
    reason character varying(400) NOT NULL,
    mended_at timestamp with time zone NOT NULL,
    client_id bigint NOT NULL,
    mended_by_id bigint,
    organiser_id bigint NOT NULL,
    CONSTRAINT clients_mending_version_check CHECK ((version >= 0))
);

ALTER TABLE public.clients_mending ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.clients_mending_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.clients_reception (
    id bigint NOT NULL,
    municipality_code character varying(3) NOT NULL,
    valid daterange NOT NULL,
    organiser_id bigint NOT NULL,
    user_id bigint NOT NULL
);

ALTER TABLE public.clients_reception ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.clients_reception_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.django_content_type (
    id integer NOT NULL,
    app_label character varying(100) NOT NULL,
    model character varying(100) NOT NULL
);

ALTER TABLE public.django_content_type ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_content_type_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.django_migrations (
    id bigint NOT NULL,
    app character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied timestamp with time zone NOT NULL
);

ALTER TABLE public.django_migrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_migrations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.django_session (
    session_key character varying(40) NOT NULL,
    session_data text NOT NULL,
    expire_date timestamp with time zone NOT NULL
);

CREATE TABLE public.evaluation_answer (
    id bigint NOT NULL,
    code character varying(60) NOT NULL,
    number smallint,
    text text NOT NULL,
    left_out boolean NOT NULL,
    given_at timestamp with time zone NOT NULL,
    by_proxy boolean NOT NULL,
    given_by_id bigint NOT NULL,
    organiser_id bigint NOT NULL,
    round_id bigint NOT NULL,
    CONSTRAINT answer_says_something_or_is_left_out CHECK (((left_out AND (number IS NULL) AND (text = ''::text)) OR ((NOT left_out) AND ((number IS NOT NULL) OR (NOT (text = ''::text)))))),
    CONSTRAINT evaluation_answer_number_check CHECK ((number >= 0))
);

ALTER TABLE public.evaluation_answer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.evaluation_answer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.evaluation_answersshown (
    id bigint NOT NULL,
    shown boolean NOT NULL,
    chosen_at timestamp with time zone NOT NULL,
    chosen_by_id bigint NOT NULL,
    client_id bigint NOT NULL,
    organiser_id bigint NOT NULL
);

ALTER TABLE public.evaluation_answersshown ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.evaluation_answersshown_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.evaluation_round (
    id bigint NOT NULL,
    measure_code character varying(60) NOT NULL,
    measure_version character varying(40) NOT NULL,
    names jsonb NOT NULL,
    questions jsonb NOT NULL,
    moment character varying(6) NOT NULL,
    number smallint NOT NULL,
    due_on date NOT NULL,
    opens_on date NOT NULL,
    closes_on date NOT NULL,
    state character varying(8) NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    answered_at timestamp with time zone,
    by_proxy boolean NOT NULL,
    answered_by_id bigint,
    client_id bigint NOT NULL,
    enrolment_id bigint NOT NULL,
    organiser_id bigint NOT NULL,
    CONSTRAINT answered_round_says_when_and_by_whom CHECK (((NOT ((state)::text = 'answered'::text)) OR ((answered_at IS NOT NULL) AND (answered_by_id IS NOT NULL)))),
    CONSTRAINT evaluation_round_number_check CHECK ((number >= 0)),
    CONSTRAINT only_rounds_during_are_counted CHECK (((((moment)::text = 'during'::text) AND (number >= 1)) OR (((moment)::text = ANY (ARRAY[('before'::character varying)::text, ('after'::character varying)::text])) AND (number = 0)))),
    CONSTRAINT round_closes_after_it_opens CHECK ((closes_on > opens_on)),
    CONSTRAINT round_state_is_known CHECK (((state)::text = ANY (ARRAY[('open'::character varying)::text, ('paused'::character varying)::text, ('answered'::character varying)::text, ('skipped'::character varying)::text, ('expired'::character varying)::text])))
);

ALTER TABLE public.evaluation_round ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.evaluation_round_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ledger_account (
    id bigint NOT NULL,
    kind character varying(16) NOT NULL,
    debits bigint NOT NULL,
    credits bigint NOT NULL,
    floor bigint,
    organiser_id bigint NOT NULL,
    CONSTRAINT account_kind_is_known CHECK (((kind)::text = ANY (ARRAY[('funding'::character varying)::text, ('pot'::character varying)::text, ('voucher'::character varying)::text, ('hold'::character varying)::text, ('payable'::character varying)::text, ('in_transit'::character varying)::text, ('paid'::character varying)::text, ('fee_receivable'::character varying)::text]))),
    CONSTRAINT account_of_held_money_has_a_floor CHECK ((((kind)::text = ANY (ARRAY[('funding'::character varying)::text, ('payable'::character varying)::text])) OR ((floor >= 0) AND (floor IS NOT NULL)))),
    CONSTRAINT account_stays_at_or_above_its_floor CHECK (((floor IS NULL) OR (credits >= (debits + floor))))
)
WITH (fillfactor='70');

ALTER TABLE public.ledger_account ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.ledger_account_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.ledger_route (
    kind text NOT NULL,
    debit_kind text NOT NULL,
    credit_kind text NOT NULL
);

CREATE TABLE public.ledger_transfer (
    id bigint NOT NULL,
    cents bigint NOT NULL,
    kind character varying(8) NOT NULL,
    happened_at timestamp with time zone NOT NULL,
    posted_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    by_id bigint,
    cause_kind character varying(10) NOT NULL,
    cause_id bigint NOT NULL,
    key character varying(80) NOT NULL,
    credit_id bigint NOT NULL,
    debit_id bigint NOT NULL,
    organiser_id bigint NOT NULL,
    CONSTRAINT transfer_goes_to_another_account CHECK ((NOT (debit_id = credit_id))),
    CONSTRAINT transfer_kind_is_known CHECK (((kind)::text = ANY (ARRAY[('grant'::character varying)::text, ('reserve'::character varying)::text, ('capture'::character varying)::text, ('release'::character varying)::text, ('settle'::character varying)::text, ('pay'::character varying)::text, ('return'::character varying)::text, ('expire'::character varying)::text, ('correct'::character varying)::text]))),
    CONSTRAINT transfer_moves_at_least_a_cent CHECK ((cents > 0))
);

ALTER TABLE public.ledger_transfer ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.ledger_transfer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.messages_attachment (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    kind character varying(20) NOT NULL,
    size integer NOT NULL,
    content bytea NOT NULL,
    organiser_id bigint NOT NULL,
    message_id bigint NOT NULL,
    CONSTRAINT attachment_kind_is_known CHECK (((kind)::text = ANY (ARRAY[('application/pdf'::character varying)::text, ('image/png'::character varying)::text, ('image/jpeg'::character varying)::text]))),
    CONSTRAINT messages_attachment_size_check CHECK ((size >= 0))
);

ALTER TABLE public.messages_attachment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.messages_attachment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.messages_glance (
    id bigint NOT NULL,
    read_at timestamp with time zone NOT NULL,
    organiser_id bigint NOT NULL,
    user_id bigint NOT NULL,
    thread_id bigint NOT NULL
);

ALTER TABLE public.messages_glance ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.messages_glance_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.messages_message (
    id bigint NOT NULL,
    side character varying(6) NOT NULL,
    words text NOT NULL,
    written_at timestamp with time zone NOT NULL,
    organiser_id bigint NOT NULL,
    written_by_id bigint NOT NULL,
    thread_id bigint NOT NULL,
    CONSTRAINT message_says_something CHECK ((NOT (words = ''::text)))
);

ALTER TABLE public.messages_message ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.messages_message_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.messages_notice (
    id bigint NOT NULL,
    made_at timestamp with time zone NOT NULL,
    taken_at timestamp with time zone,
    sent_at timestamp with time zone,
    tries smallint NOT NULL,
    organiser_id bigint NOT NULL,
    user_id bigint NOT NULL,
    kind character varying(4) NOT NULL,
    CONSTRAINT messages_notice_tries_check CHECK ((tries >= 0))
);

ALTER TABLE public.messages_notice ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.messages_notice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.messages_noticechoice (
    id bigint NOT NULL,
    email character varying(254) NOT NULL,
    chosen_at timestamp with time zone NOT NULL,
    organiser_id bigint NOT NULL,
    user_id bigint NOT NULL,
    confirmed_at timestamp with time zone,
    nonce character varying(32) NOT NULL,
    CONSTRAINT unconfirmed_address_waits_for_a_code CHECK (((confirmed_at IS NOT NULL) OR (NOT ((nonce)::text = ''::text))))
);

ALTER TABLE public.messages_noticechoice ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.messages_noticechoice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.messages_thread (
    id bigint NOT NULL,
    route character varying(12) NOT NULL,
    subject character varying(120) NOT NULL,
    opened_at timestamp with time zone NOT NULL,
    opened_by_id bigint,
    last_at timestamp with time zone NOT NULL,
    client_id bigint NOT NULL,
    organiser_id bigint NOT NULL,
    provider_id bigint,
    visit_id bigint,
    CONSTRAINT talk_about_a_visit_names_it CHECK (((NOT ((route)::text = 'visit'::text)) OR (visit_id IS NOT NULL))),
    CONSTRAINT thread_has_a_subject CHECK ((NOT ((subject)::text = ''::text))),
    CONSTRAINT thread_leads_to_a_provider_where_its_route_does CHECK ((((provider_id IS NOT NULL) AND ((route)::text = ANY (ARRAY[('provider'::character varying)::text, ('visit'::character varying)::text]))) OR ((provider_id IS NULL) AND ((route)::text = ANY (ARRAY[('case_manager'::character varying)::text, ('office'::character varying)::text])))))
);

ALTER TABLE public.messages_thread ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.messages_thread_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.needs_allocation (
    id bigint NOT NULL,
    total_cents bigint NOT NULL,
    made_at timestamp with time zone NOT NULL,
    made_by_id bigint,
    organiser_id bigint NOT NULL,
    rule_id bigint NOT NULL,
    assessment_id bigint NOT NULL,
    CONSTRAINT allocation_is_not_negative CHECK ((total_cents >= 0))
);

ALTER TABLE public.needs_allocation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.needs_allocation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.needs_allocationline (
    id bigint NOT NULL,
    number smallint NOT NULL,
    explanation character varying(40) NOT NULL,
    quantity_hundredths bigint NOT NULL,
    unit_cents bigint,
    cents bigint NOT NULL,
    mandatory boolean NOT NULL,
    reason text NOT NULL,
    allocation_id bigint NOT NULL,
    organiser_id bigint NOT NULL,
    service_id bigint NOT NULL,
    CONSTRAINT adjustment_has_its_reason CHECK (((NOT ((explanation)::text = 'adjustment'::text)) OR (NOT (reason = ''::text)))),
    CONSTRAINT needs_allocationline_number_check CHECK ((number >= 0))
);

ALTER TABLE public.needs_allocationline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.needs_allocationline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.needs_assessment (
    id bigint NOT NULL,
    state character varying(10) NOT NULL,
    participants jsonb NOT NULL,
    goals jsonb NOT NULL,
    started_at timestamp with time zone NOT NULL,
    completed_at timestamp with time zone,
    assessed_by_id bigint,
    enrolment_id bigint NOT NULL,
    organiser_id bigint NOT NULL,
    answers jsonb NOT NULL,
    notes text NOT NULL,
    version integer NOT NULL,
    CONSTRAINT completed_assessment_has_its_moment CHECK ((((completed_at IS NULL) AND ((state)::text = 'started'::text)) OR ((completed_at IS NOT NULL) AND ((state)::text = 'completed'::text)))),
    CONSTRAINT needs_assessment_version_check CHECK ((version >= 0))
);

ALTER TABLE public.needs_assessment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.needs_assessment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.needs_assessmentsave (
    id bigint NOT NULL,
    version integer NOT NULL,
    changes jsonb NOT NULL,
    sitting character varying(36) NOT NULL,
    saved_at timestamp with time zone NOT NULL,
    saved_by_id bigint,
    assessment_id bigint NOT NULL,
    organiser_id bigint NOT NULL,
    CONSTRAINT needs_assessmentsave_version_check CHECK ((version >= 0))
);

ALTER TABLE public.needs_assessmentsave ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.needs_assessmentsave_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.needs_consentpoint (
    id bigint NOT NULL,
    item character varying(40) NOT NULL,
    text text NOT NULL,
    language character varying(2) NOT NULL,
    given_by character varying(14) NOT NULL,
    gone_at timestamp with time zone NOT NULL,
    gone_by_id bigint,
    enrolment_id bigint NOT NULL,
    organiser_id bigint NOT NULL
);

ALTER TABLE public.needs_consentpoint ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.needs_consentpoint_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.needs_eligibilitycheck (
    id bigint NOT NULL,
    leg character varying(40) NOT NULL,
    met boolean NOT NULL,
    ground text NOT NULL,
    checked_at timestamp with time zone NOT NULL,
    checked_by_id bigint,
    enrolment_id bigint NOT NULL,
    organiser_id bigint NOT NULL,
    act character varying(60) NOT NULL,
    CONSTRAINT leg_has_its_ground CHECK ((NOT (ground = ''::text)))
);

ALTER TABLE public.needs_eligibilitycheck ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.needs_eligibilitycheck_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.needs_instrumentresult (
    id bigint NOT NULL,
    instrument character varying(60) NOT NULL,
    version character varying(60) NOT NULL,
    done_on date NOT NULL,
    done_by character varying(120) NOT NULL,
    scores jsonb NOT NULL,
    taken_in_at timestamp with time zone NOT NULL,
    taken_in_by_id bigint,
    enrolment_id bigint NOT NULL,
    organiser_id bigint NOT NULL
);

ALTER TABLE public.needs_instrumentresult ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.needs_instrumentresult_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.needs_need (
    id bigint NOT NULL,
    quantity_hundredths integer NOT NULL,
    points integer,
    mandatory boolean NOT NULL,
    assessment_id bigint NOT NULL,
    band_id bigint,
    organiser_id bigint NOT NULL,
    service_id bigint NOT NULL,
    reason text NOT NULL,
    CONSTRAINT needs_need_points_check CHECK ((points >= 0)),
    CONSTRAINT needs_need_quantity_hundredths_check CHECK ((quantity_hundredths >= 0))
);

ALTER TABLE public.needs_need ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.needs_need_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.orders_assignment (
    id bigint NOT NULL,
    valid daterange NOT NULL,
    made_at timestamp with time zone NOT NULL,
    made_by_id bigint,
    client_id bigint NOT NULL,
    organiser_id bigint NOT NULL,
    provider_id bigint NOT NULL,
    user_id bigint NOT NULL
);

ALTER TABLE public.orders_assignment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orders_assignment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.orders_cancellation (
    id bigint NOT NULL,
    served_on date NOT NULL,
    cancelled_at timestamp with time zone NOT NULL,
    in_time boolean NOT NULL,
    cancelled_by_id bigint,
    organiser_id bigint NOT NULL,
    order_id bigint NOT NULL
);

ALTER TABLE public.orders_cancellation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orders_cancellation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.orders_change (
    id bigint NOT NULL,
    kind character varying(13) NOT NULL,
    starts_on date NOT NULL,
    ends_on date,
    reason character varying(500) NOT NULL,
    proof character varying(500) NOT NULL,
    facts jsonb NOT NULL,
    made_at timestamp with time zone NOT NULL,
    made_by_id bigint,
    finished_at timestamp with time zone,
    undone_at timestamp with time zone,
    undone_by_id bigint,
    undone_reason character varying(500) NOT NULL,
    client_id bigint NOT NULL,
    enrolment_id bigint,
    organiser_id bigint NOT NULL,
    CONSTRAINT change_ends_after_it_begins CHECK (((ends_on IS NULL) OR (ends_on > starts_on))),
    CONSTRAINT change_is_of_a_known_kind CHECK (((kind)::text = ANY (ARRAY[('interruption'::character varying)::text, ('move'::character varying)::text, ('death'::character varying)::text, ('withdrawal'::character varying)::text, ('programme_end'::character varying)::text]))),
    CONSTRAINT change_taken_back_has_its_reason CHECK ((((undone_at IS NULL) AND ((undone_reason)::text = ''::text)) OR ((undone_at IS NOT NULL) AND (NOT ((undone_reason)::text = ''::text)))))
);

ALTER TABLE public.orders_change ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orders_change_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.orders_moving (
    id bigint NOT NULL,
    ends_on date NOT NULL,
    was_until date,
    reason character varying(500) NOT NULL,
    begun_at timestamp with time zone NOT NULL,
    begun_by_id bigint,
    words character varying(500) NOT NULL,
    settled_at timestamp with time zone,
    settled_by_id bigint,
    client_id bigint NOT NULL,
    new_order_id bigint,
    order_id bigint NOT NULL,
    organiser_id bigint NOT NULL,
    CONSTRAINT moving_has_its_reason CHECK ((NOT ((reason)::text = ''::text))),
    CONSTRAINT settled_moving_has_an_order_or_words CHECK ((((new_order_id IS NULL) AND (settled_at IS NULL) AND ((words)::text = ''::text)) OR ((settled_at IS NOT NULL) AND ((new_order_id IS NOT NULL) OR (NOT ((words)::text = ''::text))))))
);

ALTER TABLE public.orders_moving ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orders_moving_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.orders_order (
    id bigint NOT NULL,
    kind character varying(8) NOT NULL,
    state character varying(8) NOT NULL,
    placed_at timestamp with time zone NOT NULL,
    placed_by_id bigint,
    closed_at timestamp with time zone,
    close_reason text NOT NULL,
    valid daterange NOT NULL,
    client_id bigint NOT NULL,
    enrolment_id bigint NOT NULL,
    offer_id bigint NOT NULL,
    organiser_id bigint NOT NULL,
    provider_id bigint NOT NULL,
    service_id bigint NOT NULL,
    pattern jsonb DEFAULT '[]'::jsonb NOT NULL,
    unit_id bigint,
    CONSTRAINT closed_order_has_its_moment CHECK ((((closed_at IS NULL) AND ((state)::text = ANY (ARRAY[('placed'::character varying)::text, ('accepted'::character varying)::text]))) OR ((closed_at IS NOT NULL) AND ((state)::text = ANY (ARRAY[('declined'::character varying)::text, ('ended'::character varying)::text]))))),
    CONSTRAINT pattern_is_a_week_of_visits CHECK (((jsonb_typeof(pattern) = 'array'::text) AND (jsonb_array_length(pattern) = jsonb_array_length(jsonb_path_query_array(pattern, 'strict $[*]?((((((@.type() == "object" && @."weekday".type() == "number") && @."weekday" >= 1) && @."weekday" <= 7) && @."weekday".floor() == @."weekday") && @."starts" like_regex "^([01][0-9]|2[0-3]):[0-5][0-9]$") && (((@."minutes".type() == "number" && @."minutes" >= 1) && @."minutes" <= 1440) && (exists (@."quantity")) is unknown || (@."quantity".type() == "number" && @."quantity" >= 1) && (exists (@."minutes")) is unknown))'::jsonpath)))))
);

ALTER TABLE public.orders_order ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orders_order_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.orders_rating (
    id bigint NOT NULL,
    stars smallint NOT NULL,
    words text NOT NULL,
    given_at timestamp with time zone NOT NULL,
    given_by_id bigint,
    superseded_at timestamp with time zone,
    order_id bigint NOT NULL,
    organiser_id bigint NOT NULL,
    CONSTRAINT orders_rating_stars_check CHECK ((stars >= 0)),
    CONSTRAINT stars_are_one_to_five CHECK (((stars >= 1) AND (stars <= 5)))
);

ALTER TABLE public.orders_rating ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orders_rating_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.orders_slice (
    id bigint NOT NULL,
    quantity_hundredths integer NOT NULL,
    reserved_cents bigint NOT NULL,
    valid daterange NOT NULL,
    hold_id bigint NOT NULL,
    order_id bigint NOT NULL,
    organiser_id bigint NOT NULL,
    pot_id bigint,
    source_id bigint NOT NULL,
    voucher_id bigint,
    lacking_cents bigint DEFAULT 0 NOT NULL,
    CONSTRAINT orders_slice_quantity_hundredths_check CHECK ((quantity_hundredths >= 0)),
    CONSTRAINT slice_is_paid_by_a_pot_or_a_voucher CHECK ((((pot_id IS NOT NULL) AND (voucher_id IS NULL)) OR ((pot_id IS NULL) AND (voucher_id IS NOT NULL)))),
    CONSTRAINT slice_lacks_no_less_than_nothing CHECK ((lacking_cents >= 0)),
    CONSTRAINT slice_orders_something CHECK ((quantity_hundredths > 0))
);

ALTER TABLE public.orders_slice ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.orders_slice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.organisers_organiser (
    id bigint NOT NULL,
    code character varying(40) NOT NULL,
    name_fi character varying(200) NOT NULL,
    name_sv character varying(200) NOT NULL,
    business_id character varying(9) NOT NULL,
    ovt character varying(17) NOT NULL,
    einvoice_operator_name character varying(100) NOT NULL,
    einvoice_operator_code character varying(35) NOT NULL,
    scanning_address character varying(100)[] NOT NULL,
    paying_iban character varying(34) NOT NULL,
    paying_bic character varying(11) NOT NULL,
    postal_address jsonb NOT NULL,
    language character varying(2) NOT NULL,
    demo_today date,
    closed_caseload boolean NOT NULL,
    opening_days smallint NOT NULL,
    sandbox boolean NOT NULL,
    CONSTRAINT organiser_business_id_has_its_shape CHECK (((business_id)::text ~ '^\d{7}-\d$'::text)),
    CONSTRAINT organisers_organiser_opening_days_check CHECK ((opening_days >= 0))
);

ALTER TABLE public.organisers_organiser ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.organisers_organiser_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.plans_claim (
    id bigint NOT NULL,
    state character varying(8) NOT NULL,
    way character varying(6) NOT NULL,
    words text NOT NULL,
    made_by_id bigint NOT NULL,
    received_at timestamp with time zone NOT NULL,
    received_on date NOT NULL,
    due_on date,
    decided_by_id bigint,
    taken_at timestamp with time zone,
    taken_by_id bigint,
    outcome character varying(12) NOT NULL,
    answer text NOT NULL,
    body character varying(160) NOT NULL,
    answered_at timestamp with time zone,
    answered_by_id bigint,
    decision_id bigint NOT NULL,
    new_decision_id bigint,
    organiser_id bigint NOT NULL,
    paper_id bigint,
    CONSTRAINT answered_claim_has_its_answer CHECK ((((answered_at IS NOT NULL) AND (answered_by_id IS NOT NULL) AND ((outcome)::text = ANY (ARRAY[('changed'::character varying)::text, ('upheld'::character varying)::text, ('not_examined'::character varying)::text])) AND ((state)::text = 'answered'::text) AND (NOT (answer = ''::text))) OR ((NOT ((state)::text = 'answered'::text)) AND (answered_at IS NULL) AND ((outcome)::text = ''::text)))),
    CONSTRAINT changed_decision_is_a_new_one CHECK ((((new_decision_id IS NOT NULL) AND ((outcome)::text = 'changed'::text)) OR ((NOT ((outcome)::text = 'changed'::text)) AND (new_decision_id IS NULL)))),
    CONSTRAINT claim_says_something CHECK ((NOT (words = ''::text))),
    CONSTRAINT who_decided_does_not_answer_the_claim CHECK (((answered_by_id IS NULL) OR (decided_by_id IS NULL) OR (NOT ((answered_by_id = decided_by_id) AND (answered_by_id IS NOT NULL) AND (decided_by_id IS NOT NULL)))))
);

ALTER TABLE public.plans_claim ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.plans_claim_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.plans_decision (
    id bigint NOT NULL,
    state character varying(10) NOT NULL,
    monthly_cents bigint NOT NULL,
    legal_basis jsonb NOT NULL,
    made_at timestamp with time zone NOT NULL,
    made_by_id bigint,
    ended_at timestamp with time zone,
    valid daterange NOT NULL,
    enrolment_id bigint NOT NULL,
    organiser_id bigint NOT NULL,
    plan_id bigint,
    grounds text NOT NULL,
    prepared_by_id bigint,
    CONSTRAINT ended_decision_has_its_moment CHECK ((((ended_at IS NULL) AND ((state)::text = ANY (ARRAY[('in_force'::character varying)::text, ('refused'::character varying)::text]))) OR ((ended_at IS NOT NULL) AND ((state)::text = 'ended'::text)))),
    CONSTRAINT refusal_has_grounds_and_no_money CHECK ((((monthly_cents = 0) AND ((state)::text = 'refused'::text) AND (NOT (grounds = ''::text))) OR ((NOT ((state)::text = 'refused'::text)) AND (plan_id IS NOT NULL)))),
    CONSTRAINT who_prepared_a_decision_does_not_make_it CHECK (((prepared_by_id IS NULL) OR (made_by_id IS NULL) OR (NOT ((prepared_by_id = made_by_id) AND (prepared_by_id IS NOT NULL) AND (made_by_id IS NOT NULL)))))
);

ALTER TABLE public.plans_decision ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.plans_decision_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.plans_decisiondocument (
    id bigint NOT NULL,
    language character varying(2) NOT NULL,
    content bytea NOT NULL,
    sha256 character varying(64) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    claim_id bigint,
    decision_id bigint NOT NULL,
    organiser_id bigint NOT NULL
);

ALTER TABLE public.plans_decisiondocument ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.plans_decisiondocument_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.plans_decisionpower (
    id bigint NOT NULL,
    monthly_limit_cents bigint,
    given_at timestamp with time zone NOT NULL,
    given_by_id bigint,
    valid daterange NOT NULL,
    organiser_id bigint NOT NULL,
    user_id bigint NOT NULL,
    CONSTRAINT power_to_decide_is_not_negative CHECK (((monthly_limit_cents IS NULL) OR (monthly_limit_cents >= 0)))
);

ALTER TABLE public.plans_decisionpower ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.plans_decisionpower_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.plans_decisionproposal (
    id bigint NOT NULL,
    kind character varying(6) NOT NULL,
    state character varying(8) NOT NULL,
    monthly_cents bigint NOT NULL,
    income_tested jsonb NOT NULL,
    ends_orders jsonb NOT NULL,
    grounds text NOT NULL,
    prepared_at timestamp with time zone NOT NULL,
    prepared_by_id bigint NOT NULL,
    answered_at timestamp with time zone,
    answered_by_id bigint,
    return_reason text NOT NULL,
    valid daterange NOT NULL,
    decision_id bigint,
    enrolment_id bigint NOT NULL,
    organiser_id bigint NOT NULL,
    plan_id bigint,
    CONSTRAINT answered_proposal_says_by_whom CHECK ((((answered_at IS NULL) AND (answered_by_id IS NULL) AND ((state)::text = 'prepared'::text)) OR ((NOT ((state)::text = 'prepared'::text)) AND (answered_at IS NOT NULL) AND (answered_by_id IS NOT NULL)))),
    CONSTRAINT decided_proposal_has_its_decision CHECK ((((decision_id IS NOT NULL) AND ((state)::text = 'decided'::text)) OR ((NOT ((state)::text = 'decided'::text)) AND (decision_id IS NULL)))),
    CONSTRAINT proposal_says_what_is_granted_or_why_not CHECK (((((kind)::text = 'grant'::text) AND (plan_id IS NOT NULL)) OR (((kind)::text = 'refuse'::text) AND (NOT (grounds = ''::text))))),
    CONSTRAINT returned_proposal_has_a_reason CHECK (((NOT ((state)::text = 'returned'::text)) OR (NOT (return_reason = ''::text)))),
    CONSTRAINT who_prepared_a_proposal_does_not_decide_on_it CHECK (((NOT ((state)::text = 'decided'::text)) OR (NOT ((prepared_by_id = answered_by_id) AND (answered_by_id IS NOT NULL)))))
);

ALTER TABLE public.plans_decisionproposal ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.plans_decisionproposal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.plans_delivery (
    id bigint NOT NULL,
    way character varying(9) NOT NULL,
    language character varying(2) NOT NULL,
    queued_at timestamp with time zone NOT NULL,
    queued_by_id bigint NOT NULL,
    sent_at timestamp with time zone,
    sent_by_id bigint,
    received_on date,
    read_at timestamp with time zone,
    claim_id bigint,
    decision_id bigint NOT NULL,
    organiser_id bigint NOT NULL,
    CONSTRAINT sent_letter_has_its_day_of_receipt CHECK ((((received_on IS NULL) AND (sent_at IS NULL) AND (sent_by_id IS NULL) AND ((way)::text = 'post'::text)) OR ((received_on IS NOT NULL) AND (sent_at IS NOT NULL) AND (sent_by_id IS NOT NULL))))
);

ALTER TABLE public.plans_delivery ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.plans_delivery_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.plans_paper (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    content_type character varying(20) NOT NULL,
    content bytea NOT NULL,
    sha256 character varying(64) NOT NULL,
    kept_at timestamp with time zone NOT NULL,
    kept_by_id bigint NOT NULL,
    enrolment_id bigint NOT NULL,
    organiser_id bigint NOT NULL
);

ALTER TABLE public.plans_paper ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.plans_paper_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.plans_plancomment (
    id bigint NOT NULL,
    text text NOT NULL,
    written_as character varying(14) NOT NULL,
    written_at timestamp with time zone NOT NULL,
    written_by_id bigint NOT NULL,
    organiser_id bigint NOT NULL,
    plan_id bigint NOT NULL,
    CONSTRAINT comment_says_something CHECK ((NOT (text = ''::text))),
    CONSTRAINT writer_of_a_comment_is_known CHECK (((written_as)::text = ANY (ARRAY[('client'::character varying)::text, ('representative'::character varying)::text, ('worker'::character varying)::text])))
);

ALTER TABLE public.plans_plancomment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.plans_plancomment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.plans_planline (
    id bigint NOT NULL,
    way character varying(20) NOT NULL,
    quantity_hundredths integer NOT NULL,
    monthly_cents bigint NOT NULL,
    mandatory boolean NOT NULL,
    refused_way character varying(20) NOT NULL,
    reason text NOT NULL,
    organiser_id bigint NOT NULL,
    service_id bigint NOT NULL,
    plan_id bigint NOT NULL,
    CONSTRAINT plans_planline_quantity_hundredths_check CHECK ((quantity_hundredths >= 0)),
    CONSTRAINT refused_way_is_not_the_way_taken CHECK ((NOT ((refused_way)::text = (way)::text))),
    CONSTRAINT way_is_known CHECK (((way)::text = ANY (ARRAY[('budget'::character varying)::text, ('voucher'::character varying)::text, ('own_service'::character varying)::text, ('purchased_service'::character varying)::text, ('employer_model'::character varying)::text])))
);

ALTER TABLE public.plans_planline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.plans_planline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.plans_serviceplan (
    id bigint NOT NULL,
    version smallint NOT NULL,
    state character varying(10) NOT NULL,
    written_at timestamp with time zone NOT NULL,
    written_by_id bigint,
    allocation_id bigint NOT NULL,
    enrolment_id bigint NOT NULL,
    organiser_id bigint NOT NULL,
    support_plan_id bigint,
    CONSTRAINT plans_serviceplan_version_check CHECK ((version >= 0))
);

ALTER TABLE public.plans_serviceplan ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.plans_serviceplan_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.plans_signature (
    id bigint NOT NULL,
    signer character varying(14) NOT NULL,
    signed_at timestamp with time zone NOT NULL,
    signed_by_id bigint,
    organiser_id bigint NOT NULL,
    plan_id bigint NOT NULL,
    archive_mark character varying(80) NOT NULL,
    name character varying(120) NOT NULL,
    recorded_by_id bigint,
    signed_on date,
    way character varying(6) NOT NULL,
    paper_id bigint,
    CONSTRAINT paper_signature_can_be_found CHECK ((((way)::text = 'portal'::text) OR (NOT ((archive_mark)::text = ''::text)) OR (paper_id IS NOT NULL))),
    CONSTRAINT signature_says_who_signed_and_how CHECK ((((recorded_by_id IS NULL) AND (signed_by_id IS NOT NULL) AND ((way)::text = 'portal'::text)) OR ((recorded_by_id IS NOT NULL) AND (signed_by_id IS NULL) AND (signed_on IS NOT NULL) AND ((signer)::text = ANY (ARRAY[('client'::character varying)::text, ('representative'::character varying)::text])) AND ((way)::text = 'paper'::text) AND (NOT ((name)::text = ''::text)))))
);

ALTER TABLE public.plans_signature ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.plans_signature_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.plans_supportplan (
    id bigint NOT NULL,
    version smallint NOT NULL,
    sections jsonb NOT NULL,
    helpers jsonb NOT NULL,
    written_at timestamp with time zone NOT NULL,
    written_by_id bigint,
    enrolment_id bigint NOT NULL,
    organiser_id bigint NOT NULL,
    finished_at timestamp with time zone,
    CONSTRAINT plans_supportplan_version_check CHECK ((version >= 0))
);

ALTER TABLE public.plans_supportplan ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.plans_supportplan_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.procrastinate_events (
    id bigint NOT NULL,
    job_id bigint NOT NULL,
    type public.procrastinate_job_event_type,
    at timestamp with time zone DEFAULT now()
);

CREATE SEQUENCE public.procrastinate_events_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.procrastinate_events_id_seq OWNED BY public.procrastinate_events.id;

CREATE SEQUENCE public.procrastinate_jobs_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.procrastinate_jobs_id_seq OWNED BY public.procrastinate_jobs.id;

CREATE TABLE public.procrastinate_periodic_defers (
    id bigint NOT NULL,
    task_name character varying(128) NOT NULL,
    defer_timestamp bigint,
    job_id bigint,
    periodic_id character varying(128) DEFAULT ''::character varying NOT NULL
);

CREATE SEQUENCE public.procrastinate_periodic_defers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

ALTER SEQUENCE public.procrastinate_periodic_defers_id_seq OWNED BY public.procrastinate_periodic_defers.id;

CREATE TABLE public.procrastinate_workers (
    id bigint NOT NULL,
    last_heartbeat timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE public.procrastinate_workers ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.procrastinate_workers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programmes_allocationrule (
    id bigint NOT NULL,
    model character varying(40) NOT NULL,
    parameters jsonb NOT NULL,
    valid daterange NOT NULL,
    organiser_id bigint NOT NULL,
    programme_id bigint NOT NULL
);

ALTER TABLE public.programmes_allocationrule ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programmes_allocationrule_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programmes_fundingshare (
    id bigint NOT NULL,
    source character varying(40) NOT NULL,
    names jsonb NOT NULL,
    share integer NOT NULL,
    valid daterange NOT NULL,
    organiser_id bigint NOT NULL,
    programme_id bigint NOT NULL,
    CONSTRAINT programmes_fundingshare_share_check CHECK ((share >= 0)),
    CONSTRAINT share_is_at_most_everything CHECK ((share <= 10000))
);

ALTER TABLE public.programmes_fundingshare ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programmes_fundingshare_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programmes_importrun (
    id bigint NOT NULL,
    kind character varying(20) NOT NULL,
    state character varying(7) NOT NULL,
    content text NOT NULL,
    lines integer NOT NULL,
    good integer NOT NULL,
    written integer NOT NULL,
    faults jsonb NOT NULL,
    tried_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    by_id bigint,
    organiser_id bigint NOT NULL,
    programme_id bigint NOT NULL,
    CONSTRAINT closed_import_keeps_no_file CHECK ((((closed_at IS NULL) AND ((state)::text = 'tried'::text)) OR ((closed_at IS NOT NULL) AND (content = ''::text) AND (NOT ((state)::text = 'tried'::text))))),
    CONSTRAINT programmes_importrun_good_check CHECK ((good >= 0)),
    CONSTRAINT programmes_importrun_lines_check CHECK ((lines >= 0)),
    CONSTRAINT programmes_importrun_written_check CHECK ((written >= 0))
);

ALTER TABLE public.programmes_importrun ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programmes_importrun_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programmes_lettertext (
    id bigint NOT NULL,
    kind character varying(40) NOT NULL,
    language character varying(2) NOT NULL,
    key character varying(60) NOT NULL,
    text text NOT NULL,
    starts_on date NOT NULL,
    written_at timestamp with time zone NOT NULL,
    by_id bigint,
    organiser_id bigint NOT NULL,
    programme_id bigint NOT NULL
);

ALTER TABLE public.programmes_lettertext ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programmes_lettertext_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.programmes_municipality ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programmes_municipality_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programmes_packdraft (
    id bigint NOT NULL,
    files jsonb NOT NULL,
    sha256 character varying(64) NOT NULL,
    former_sha256 character varying(64) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    by_id bigint,
    taken_at timestamp with time zone,
    organiser_id bigint NOT NULL,
    programme_id bigint NOT NULL
);

ALTER TABLE public.programmes_packdraft ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programmes_packdraft_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programmes_packload (
    id bigint NOT NULL,
    sha256 character varying(64) NOT NULL,
    content jsonb NOT NULL,
    loaded_at timestamp with time zone NOT NULL,
    by_id bigint,
    organiser_id bigint NOT NULL,
    programme_id bigint NOT NULL
);

ALTER TABLE public.programmes_packload ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programmes_packload_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programmes_phase (
    id bigint NOT NULL,
    code character varying(40) NOT NULL,
    status character varying(40) NOT NULL,
    names jsonb NOT NULL,
    valid daterange NOT NULL,
    organiser_id bigint NOT NULL,
    programme_id bigint NOT NULL
);

ALTER TABLE public.programmes_phase ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programmes_phase_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.programmes_programme ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programmes_programme_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programmes_quota (
    id bigint NOT NULL,
    municipality_code character varying(3) NOT NULL,
    target_group_code character varying(40) NOT NULL,
    places integer NOT NULL,
    valid daterange NOT NULL,
    organiser_id bigint NOT NULL,
    programme_id bigint NOT NULL,
    CONSTRAINT programmes_quota_places_check CHECK ((places >= 0))
);

ALTER TABLE public.programmes_quota ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programmes_quota_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programmes_rulebook (
    id bigint NOT NULL,
    version character varying(40) NOT NULL,
    approved_on date NOT NULL,
    approved_by_body character varying(200) NOT NULL,
    parameters jsonb NOT NULL,
    valid daterange NOT NULL,
    organiser_id bigint NOT NULL,
    programme_id bigint NOT NULL
);

ALTER TABLE public.programmes_rulebook ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programmes_rulebook_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.programmes_targetgroup (
    id bigint NOT NULL,
    code character varying(40) NOT NULL,
    names jsonb NOT NULL,
    municipality_codes character varying(3)[],
    organiser_id bigint NOT NULL,
    programme_id bigint NOT NULL
);

ALTER TABLE public.programmes_targetgroup ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.programmes_targetgroup_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.providers_accountchange (
    id bigint NOT NULL,
    iban character varying(34) NOT NULL,
    bic character varying(11) NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    asked_by_id bigint,
    confirmed_at timestamp with time zone,
    confirmed_by_id bigint,
    takes_effect_on date,
    applied_at timestamp with time zone,
    withdrawn_at timestamp with time zone,
    withdrawn_by_id bigint,
    organiser_id bigint NOT NULL,
    provider_id bigint NOT NULL,
    CONSTRAINT account_change_has_two_people CHECK (((confirmed_at IS NULL) OR (asked_by_id IS NULL) OR (confirmed_by_id IS NULL) OR (NOT ((confirmed_by_id = asked_by_id) AND (confirmed_by_id IS NOT NULL) AND (asked_by_id IS NOT NULL))))),
    CONSTRAINT account_change_is_applied_after_both CHECK (((applied_at IS NULL) OR ((confirmed_at IS NOT NULL) AND (withdrawn_at IS NULL)))),
    CONSTRAINT account_change_waits_from_its_confirmation CHECK ((((confirmed_at IS NULL) AND (takes_effect_on IS NULL)) OR ((confirmed_at IS NOT NULL) AND (takes_effect_on IS NOT NULL))))
);

ALTER TABLE public.providers_accountchange ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.providers_accountchange_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.providers_application (
    id bigint NOT NULL,
    state character varying(13) NOT NULL,
    version integer NOT NULL,
    business_id character varying(9) NOT NULL,
    name character varying(140) NOT NULL,
    sector character varying(12) NOT NULL,
    size_class character varying(10) NOT NULL,
    founded_year smallint,
    languages character varying(3)[] NOT NULL,
    iban character varying(34) NOT NULL,
    bic character varying(11) NOT NULL,
    postal_address jsonb NOT NULL,
    contact jsonb NOT NULL,
    municipality_codes character varying(3)[],
    register character varying(40) NOT NULL,
    register_number character varying(40) NOT NULL,
    rulebook_accepted_at timestamp with time zone,
    rulebook_accepted_by_id bigint,
    started_at timestamp with time zone NOT NULL,
    sent_at timestamp with time zone,
    decide_by date,
    decided_at timestamp with time zone,
    decided_by_id bigint,
    grounds text NOT NULL,
    appeal jsonb NOT NULL,
    applicant_id bigint,
    approval_id bigint,
    organiser_id bigint NOT NULL,
    programme_id bigint NOT NULL,
    rulebook_id bigint,
    company_register jsonb NOT NULL,
    signer_name character varying(120) NOT NULL,
    signer_right character varying(10) NOT NULL,
    CONSTRAINT applicant_has_a_business_id CHECK (((business_id)::text ~ '^\d{7}-\d$'::text)),
    CONSTRAINT application_state_is_known CHECK (((state)::text = ANY (ARRAY[('draft'::character varying)::text, ('sent'::character varying)::text, ('clarification'::character varying)::text, ('approved'::character varying)::text, ('refused'::character varying)::text, ('withdrawn'::character varying)::text]))),
    CONSTRAINT approved_application_has_its_approval CHECK ((((approval_id IS NOT NULL) AND ((state)::text = 'approved'::text)) OR ((NOT ((state)::text = 'approved'::text)) AND (approval_id IS NULL)))),
    CONSTRAINT providers_application_founded_year_check CHECK ((founded_year >= 0)),
    CONSTRAINT providers_application_version_check CHECK ((version >= 0)),
    CONSTRAINT refused_application_has_its_grounds CHECK (((NOT ((state)::text = 'refused'::text)) OR (NOT (grounds = ''::text)))),
    CONSTRAINT sent_application_has_its_moment CHECK ((((state)::text = ANY (ARRAY[('draft'::character varying)::text, ('withdrawn'::character varying)::text])) OR ((decide_by IS NOT NULL) AND (sent_at IS NOT NULL))))
);

ALTER TABLE public.providers_application ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.providers_application_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.providers_applicationline (
    id bigint NOT NULL,
    service_code character varying(60) NOT NULL,
    prices jsonb NOT NULL,
    approved boolean,
    application_id bigint NOT NULL,
    organiser_id bigint NOT NULL
);

ALTER TABLE public.providers_applicationline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.providers_applicationline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.providers_approval ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.providers_approval_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.providers_clarification (
    id bigint NOT NULL,
    questions text NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    asked_by_id bigint,
    answer_by date NOT NULL,
    answer text NOT NULL,
    answered_at timestamp with time zone,
    answered_by_id bigint,
    application_id bigint NOT NULL,
    organiser_id bigint NOT NULL,
    CONSTRAINT answered_clarification_has_its_answer CHECK ((((answer = ''::text) AND (answered_at IS NULL)) OR ((answered_at IS NOT NULL) AND (NOT (answer = ''::text))))),
    CONSTRAINT clarification_asks_something CHECK ((NOT (questions = ''::text)))
);

ALTER TABLE public.providers_clarification ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.providers_clarification_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.providers_evidence (
    id bigint NOT NULL,
    condition character varying(60) NOT NULL,
    words text NOT NULL,
    name character varying(120) NOT NULL,
    content_type character varying(20) NOT NULL,
    content bytea NOT NULL,
    sha256 character varying(64) NOT NULL,
    issued_on date,
    valid_until date,
    state character varying(8) NOT NULL,
    answer text NOT NULL,
    handed_at timestamp with time zone NOT NULL,
    handed_by_id bigint,
    judged_at timestamp with time zone,
    judged_by_id bigint,
    application_id bigint NOT NULL,
    organiser_id bigint NOT NULL,
    CONSTRAINT evidence_ends_after_it_begins CHECK (((valid_until IS NULL) OR (issued_on IS NULL) OR (valid_until >= issued_on))),
    CONSTRAINT evidence_is_a_file_or_words CHECK (((NOT (words = ''::text)) OR ((NOT ((name)::text = ''::text)) AND (NOT ((sha256)::text = ''::text)) AND (issued_on IS NOT NULL)))),
    CONSTRAINT refused_evidence_says_why CHECK (((NOT ((state)::text = 'refused'::text)) OR (NOT (answer = ''::text))))
);

ALTER TABLE public.providers_evidence ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.providers_evidence_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.providers_passport (
    id bigint NOT NULL,
    business_id character varying(9) NOT NULL,
    facts jsonb NOT NULL,
    kept_at timestamp with time zone NOT NULL,
    keeper_id bigint NOT NULL,
    CONSTRAINT passport_has_a_business_id CHECK (((business_id)::text ~ '^\d{7}-\d$'::text))
);

ALTER TABLE public.providers_passport ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.providers_passport_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.providers_passportpaper (
    id bigint NOT NULL,
    condition character varying(60) NOT NULL,
    words text NOT NULL,
    name character varying(120) NOT NULL,
    content_type character varying(20) NOT NULL,
    content bytea NOT NULL,
    sha256 character varying(64) NOT NULL,
    issued_on date,
    valid_until date,
    kept_at timestamp with time zone NOT NULL,
    passport_id bigint NOT NULL,
    CONSTRAINT passport_paper_is_a_file_or_words CHECK (((NOT (words = ''::text)) OR ((NOT ((name)::text = ''::text)) AND (NOT ((sha256)::text = ''::text)) AND (issued_on IS NOT NULL))))
);

ALTER TABLE public.providers_passportpaper ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.providers_passportpaper_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE public.providers_provider ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.providers_provider_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.providers_provideraccount (
    id bigint NOT NULL,
    organiser_id bigint NOT NULL,
    payable_id bigint NOT NULL,
    provider_id bigint NOT NULL
);

ALTER TABLE public.providers_provideraccount ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.providers_provideraccount_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.providers_registerentry (
    id bigint NOT NULL,
    register character varying(40) NOT NULL,
    keeper character varying(9) NOT NULL,
    business_id character varying(9) NOT NULL,
    name character varying(140) NOT NULL,
    number character varying(40) NOT NULL,
    state character varying(11) NOT NULL,
    municipality_codes character varying(3)[],
    service_codes character varying(60)[] NOT NULL,
    words text NOT NULL,
    noted_at timestamp with time zone NOT NULL,
    noted_by_id bigint,
    valid daterange NOT NULL,
    organiser_id bigint NOT NULL,
    CONSTRAINT register_entry_has_a_number CHECK ((NOT ((number)::text = ''::text))),
    CONSTRAINT register_entry_state_is_known CHECK (((state)::text = ANY (ARRAY[('may_operate'::character varying)::text, ('registered'::character varying)::text, ('refused'::character varying)::text, ('removed'::character varying)::text]))),
    CONSTRAINT registered_company_has_a_business_id CHECK (((business_id)::text ~ '^\d{7}-\d$'::text))
);

ALTER TABLE public.providers_registerentry ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.providers_registerentry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.providers_suspension (
    id bigint NOT NULL,
    starts_on date NOT NULL,
    reason text NOT NULL,
    begun_at timestamp with time zone NOT NULL,
    begun_by_id bigint,
    ended_at timestamp with time zone,
    ended_by_id bigint,
    end_words text NOT NULL,
    approval_id bigint NOT NULL,
    organiser_id bigint NOT NULL,
    CONSTRAINT suspension_has_a_reason CHECK ((NOT (reason = ''::text)))
);

ALTER TABLE public.providers_suspension ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.providers_suspension_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.providers_unit (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    address character varying(200) NOT NULL,
    phone character varying(30) NOT NULL,
    valid daterange NOT NULL,
    provider_id bigint NOT NULL,
    CONSTRAINT unit_has_a_name CHECK ((NOT ((name)::text = ''::text)))
);

ALTER TABLE public.providers_unit ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.providers_unit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.providers_withdrawalwork (
    id bigint NOT NULL,
    ends_on date NOT NULL,
    reason character varying(500) NOT NULL,
    words text NOT NULL,
    tells boolean NOT NULL,
    by_company boolean NOT NULL,
    begun_at timestamp with time zone NOT NULL,
    begun_by_id bigint,
    orders integer NOT NULL,
    done integer NOT NULL,
    finished_at timestamp with time zone,
    approval_id bigint NOT NULL,
    organiser_id bigint NOT NULL,
    CONSTRAINT providers_withdrawalwork_done_check CHECK ((done >= 0)),
    CONSTRAINT providers_withdrawalwork_orders_check CHECK ((orders >= 0)),
    CONSTRAINT withdrawal_ends_no_more_orders_than_there_are CHECK ((done <= orders))
);

ALTER TABLE public.providers_withdrawalwork ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.providers_withdrawalwork_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.providers_worker (
    id bigint NOT NULL,
    valid daterange NOT NULL,
    provider_id bigint NOT NULL,
    user_id bigint NOT NULL,
    level character varying(6) NOT NULL,
    unit_id bigint,
    CONSTRAINT administrator_is_of_the_whole_company CHECK (((unit_id IS NULL) OR (NOT ((level)::text = 'admin'::text)))),
    CONSTRAINT worker_level_is_known CHECK (((level)::text = ANY (ARRAY[('worker'::character varying)::text, ('office'::character varying)::text, ('admin'::character varying)::text])))
);

ALTER TABLE public.providers_worker ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.providers_worker_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.settlements_payment (
    id bigint NOT NULL,
    state character varying(10) NOT NULL,
    creditor_name character varying(140) NOT NULL,
    iban character varying(34) NOT NULL,
    bic character varying(11) NOT NULL,
    postal_address jsonb NOT NULL,
    reference character varying(25) NOT NULL,
    cents bigint NOT NULL,
    answered_at timestamp with time zone,
    return_reason character varying(140) NOT NULL,
    organiser_id bigint NOT NULL,
    repaid_in_id bigint,
    statement_id bigint NOT NULL,
    CONSTRAINT answered_payment_has_its_moment CHECK ((((state)::text = 'in_transit'::text) OR (answered_at IS NOT NULL))),
    CONSTRAINT only_a_returned_payment_is_paid_again CHECK (((repaid_in_id IS NULL) OR ((state)::text = 'returned'::text))),
    CONSTRAINT payment_is_above_zero CHECK ((cents > 0))
);

ALTER TABLE public.settlements_payment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.settlements_payment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.settlements_run (
    id bigint NOT NULL,
    cut_off_on date NOT NULL,
    execute_on date NOT NULL,
    state character varying(9) NOT NULL,
    prepared_at timestamp with time zone NOT NULL,
    prepared_by_id bigint NOT NULL,
    approved_at timestamp with time zone,
    approved_by_id bigint,
    sent_at timestamp with time zone,
    file_sha256 character varying(64) NOT NULL,
    in_transit_id bigint,
    organiser_id bigint NOT NULL,
    paid_id bigint,
    programme_id bigint NOT NULL,
    CONSTRAINT approved_run_has_its_approver CHECK ((((state)::text = ANY (ARRAY[('prepared'::character varying)::text, ('cancelled'::character varying)::text])) OR ((approved_at IS NOT NULL) AND (approved_by_id IS NOT NULL)))),
    CONSTRAINT sent_run_has_its_moment CHECK (((NOT ((state)::text = 'sent'::text)) OR (sent_at IS NOT NULL))),
    CONSTRAINT who_prepares_a_run_does_not_approve_it CHECK (((approved_by_id IS NULL) OR (NOT ((approved_by_id = prepared_by_id) AND (approved_by_id IS NOT NULL)))))
);

ALTER TABLE public.settlements_run ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.settlements_run_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.settlements_runcorrection (
    correction_id bigint NOT NULL,
    organiser_id bigint NOT NULL,
    run_id bigint NOT NULL
);

CREATE TABLE public.settlements_runvisit (
    visit_id bigint NOT NULL,
    organiser_id bigint NOT NULL,
    run_id bigint NOT NULL
);

CREATE TABLE public.settlements_statement (
    id bigint NOT NULL,
    visits integer NOT NULL,
    work_cents bigint NOT NULL,
    correction_cents bigint NOT NULL,
    returned_cents bigint NOT NULL,
    carried_in_cents bigint NOT NULL,
    payment_cents bigint NOT NULL,
    carried_out_cents bigint NOT NULL,
    organiser_id bigint NOT NULL,
    provider_id bigint NOT NULL,
    run_id bigint NOT NULL,
    CONSTRAINT settlements_statement_visits_check CHECK ((visits >= 0)),
    CONSTRAINT statement_adds_up CHECK ((payment_cents = ((((work_cents + correction_cents) + returned_cents) + carried_in_cents) - carried_out_cents))),
    CONSTRAINT statement_pays_or_carries CHECK ((((carried_out_cents = 0) AND (payment_cents >= 0)) OR ((carried_out_cents < 0) AND (payment_cents = 0))))
);

ALTER TABLE public.settlements_statement ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.settlements_statement_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.settlements_statementline (
    id bigint NOT NULL,
    price_cents integer NOT NULL,
    visits integer NOT NULL,
    quantity_hundredths bigint NOT NULL,
    cents bigint NOT NULL,
    band_id bigint NOT NULL,
    order_id bigint NOT NULL,
    organiser_id bigint NOT NULL,
    service_id bigint NOT NULL,
    statement_id bigint NOT NULL,
    CONSTRAINT settlements_statementline_price_cents_check CHECK ((price_cents >= 0)),
    CONSTRAINT settlements_statementline_visits_check CHECK ((visits >= 0))
);

ALTER TABLE public.settlements_statementline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.settlements_statementline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.users_holding (
    id bigint NOT NULL,
    role character varying(20) NOT NULL,
    valid daterange NOT NULL,
    organiser_id bigint NOT NULL,
    user_id bigint NOT NULL,
    CONSTRAINT nobody_holds_the_system_role CHECK ((NOT ((role)::text = 'system'::text)))
);

ALTER TABLE public.users_holding ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.users_holding_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.users_roleinvitation (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    role character varying(20) NOT NULL,
    starts_on date NOT NULL,
    ends_on date,
    code_digest character varying(64) NOT NULL,
    invited_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    withdrawn_at timestamp with time zone,
    accepted_at timestamp with time zone,
    accepted_by_id bigint,
    invited_by_id bigint,
    organiser_id bigint NOT NULL,
    CONSTRAINT nobody_is_invited_to_the_system_role CHECK ((NOT ((role)::text = 'system'::text))),
    CONSTRAINT role_invitation_is_answered_once CHECK (((accepted_at IS NULL) OR (withdrawn_at IS NULL)))
);

ALTER TABLE public.users_roleinvitation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.users_roleinvitation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.users_tries (
    id bigint NOT NULL,
    mark character varying(64) NOT NULL,
    count integer NOT NULL,
    last_at timestamp with time zone NOT NULL,
    locked_until timestamp with time zone,
    CONSTRAINT users_tries_count_check CHECK ((count >= 0))
);

ALTER TABLE public.users_tries ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.users_tries_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.users_user (
    id bigint NOT NULL,
    password character varying(128) NOT NULL,
    last_login timestamp with time zone,
    username character varying(80) NOT NULL,
    display_name character varying(120) NOT NULL,
    language character varying(2) NOT NULL,
    is_active boolean NOT NULL,
    made_for_demo boolean NOT NULL
);

ALTER TABLE public.users_user ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.users_user_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.visits_batch (
    id bigint NOT NULL,
    door character varying(10) NOT NULL,
    received_at timestamp with time zone NOT NULL,
    received_by_id bigint,
    finished_at timestamp with time zone,
    taken integer NOT NULL,
    in_review integer NOT NULL,
    refused integer NOT NULL,
    repeated integer NOT NULL,
    organiser_id bigint NOT NULL,
    provider_id bigint NOT NULL,
    drawing_id bigint,
    CONSTRAINT visits_batch_in_review_check CHECK ((in_review >= 0)),
    CONSTRAINT visits_batch_refused_check CHECK ((refused >= 0)),
    CONSTRAINT visits_batch_repeated_check CHECK ((repeated >= 0)),
    CONSTRAINT visits_batch_taken_check CHECK ((taken >= 0))
);

ALTER TABLE public.visits_batch ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.visits_batch_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.visits_check (
    id bigint NOT NULL,
    chance integer NOT NULL,
    number integer NOT NULL,
    by_gap boolean NOT NULL,
    risks jsonb NOT NULL,
    found character varying(5) NOT NULL,
    found_at timestamp with time zone,
    found_by_id bigint,
    words text NOT NULL,
    organiser_id bigint NOT NULL,
    provider_id bigint NOT NULL,
    visit_id bigint NOT NULL,
    drawing_id bigint NOT NULL,
    CONSTRAINT check_is_drawn_by_number_or_by_gap CHECK ((by_gap OR (number < chance))),
    CONSTRAINT check_with_a_finding_has_its_moment CHECK (((((found)::text = ''::text) AND (found_at IS NULL)) OR ((NOT ((found)::text = ''::text)) AND (found_at IS NOT NULL)))),
    CONSTRAINT visits_check_chance_check CHECK ((chance >= 0)),
    CONSTRAINT visits_check_number_check CHECK ((number >= 0))
);

ALTER TABLE public.visits_check ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.visits_check_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.visits_correction (
    id bigint NOT NULL,
    cents bigint NOT NULL,
    cause character varying(40) NOT NULL,
    reason text NOT NULL,
    known_at timestamp with time zone NOT NULL,
    known_by_id bigint,
    organiser_id bigint NOT NULL,
    visit_id bigint NOT NULL,
    CONSTRAINT correction_changes_something CHECK ((NOT (cents = 0)))
);

ALTER TABLE public.visits_correction ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.visits_correction_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.visits_drawing (
    id bigint NOT NULL,
    drawn_at timestamp with time zone NOT NULL,
    seed character varying(64) NOT NULL,
    looked_at integer NOT NULL,
    drawn integer NOT NULL,
    waiting jsonb NOT NULL,
    organiser_id bigint NOT NULL,
    CONSTRAINT visits_drawing_drawn_check CHECK ((drawn >= 0)),
    CONSTRAINT visits_drawing_looked_at_check CHECK ((looked_at >= 0))
);

ALTER TABLE public.visits_drawing ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.visits_drawing_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.visits_filepiece (
    id bigint NOT NULL,
    part character varying(7) NOT NULL,
    number integer NOT NULL,
    content bytea NOT NULL,
    organiser_id bigint NOT NULL,
    file_id bigint NOT NULL,
    CONSTRAINT visits_filepiece_number_check CHECK ((number >= 0))
);
ALTER TABLE ONLY public.visits_filepiece ALTER COLUMN content SET STORAGE EXTERNAL;

ALTER TABLE public.visits_filepiece ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.visits_filepiece_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.visits_mending (
    id bigint NOT NULL,
    made_at timestamp with time zone NOT NULL,
    made_by_id bigint,
    organiser_id bigint NOT NULL,
    refused_id bigint,
    visit_id bigint,
    withdrawn_id bigint,
    CONSTRAINT mending_is_about_a_line_or_a_visit CHECK ((((refused_id IS NOT NULL) AND (withdrawn_id IS NULL)) OR ((refused_id IS NULL) AND (withdrawn_id IS NOT NULL))))
);

ALTER TABLE public.visits_mending ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.visits_mending_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.visits_refusedline (
    id bigint NOT NULL,
    line integer NOT NULL,
    reference character varying(60) NOT NULL,
    code character varying(40) NOT NULL,
    facts jsonb NOT NULL,
    sent jsonb NOT NULL,
    batch_id bigint NOT NULL,
    organiser_id bigint NOT NULL,
    CONSTRAINT visits_refusedline_line_check CHECK ((line >= 0))
);

ALTER TABLE public.visits_refusedline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.visits_refusedline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.visits_startedvisit (
    id bigint NOT NULL,
    user_id bigint NOT NULL,
    reference character varying(60) NOT NULL,
    started_at timestamp with time zone NOT NULL,
    kept_at timestamp with time zone NOT NULL,
    closed_at timestamp with time zone,
    order_id bigint NOT NULL,
    organiser_id bigint NOT NULL,
    provider_id bigint NOT NULL
);

ALTER TABLE public.visits_startedvisit ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.visits_startedvisit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.visits_visit (
    id bigint NOT NULL,
    reference character varying(60) NOT NULL,
    worker character varying(40) NOT NULL,
    served_on date NOT NULL,
    started_at timestamp with time zone,
    ended_at timestamp with time zone,
    quantity_hundredths integer NOT NULL,
    price_cents integer NOT NULL,
    payable_cents bigint NOT NULL,
    self_pay_cents bigint NOT NULL,
    state character varying(9) NOT NULL,
    code character varying(40) NOT NULL,
    over_budget boolean NOT NULL,
    free_by_law boolean NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    decided_by_id bigint,
    reason text NOT NULL,
    band_id bigint NOT NULL,
    batch_id bigint NOT NULL,
    client_id bigint NOT NULL,
    order_id bigint NOT NULL,
    organiser_id bigint NOT NULL,
    provider_id bigint NOT NULL,
    slice_id bigint NOT NULL,
    withdrawn_at timestamp with time zone,
    CONSTRAINT disputed_or_rejected_visit_has_its_reason CHECK (((NOT ((state)::text = ANY (ARRAY[('disputed'::character varying)::text, ('rejected'::character varying)::text]))) OR (NOT (reason = ''::text)) OR (withdrawn_at IS NOT NULL))),
    CONSTRAINT service_free_by_law_costs_the_client_nothing CHECK (((NOT free_by_law) OR (self_pay_cents = 0))),
    CONSTRAINT visit_amounts_are_sane CHECK (((quantity_hundredths > 0) AND (payable_cents >= 0) AND (self_pay_cents >= 0))),
    CONSTRAINT visit_decided_by_a_person_has_its_moment CHECK ((((state)::text = ANY (ARRAY[('accepted'::character varying)::text, ('in_review'::character varying)::text])) OR (decided_at IS NOT NULL))),
    CONSTRAINT visit_ends_after_it_starts CHECK ((((ended_at IS NULL) AND (started_at IS NULL)) OR (ended_at > started_at))),
    CONSTRAINT visits_visit_price_cents_check CHECK ((price_cents >= 0)),
    CONSTRAINT visits_visit_quantity_hundredths_check CHECK ((quantity_hundredths >= 0)),
    CONSTRAINT withdrawn_visit_is_rejected CHECK (((withdrawn_at IS NULL) OR ((state)::text = 'rejected'::text)))
);

ALTER TABLE public.visits_visit ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.visits_visit_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.visits_visitcode (
    id bigint NOT NULL,
    digest character varying(64) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    made_by_id bigint,
    expires_at timestamp with time zone NOT NULL,
    tries smallint NOT NULL,
    closed_at timestamp with time zone,
    used_at timestamp with time zone,
    used_by_id bigint,
    order_id bigint NOT NULL,
    organiser_id bigint NOT NULL,
    visit_id bigint,
    CONSTRAINT only_a_used_code_confirms_a_visit CHECK (((visit_id IS NULL) OR (used_at IS NOT NULL))),
    CONSTRAINT used_visit_code_is_closed CHECK (((used_at IS NULL) OR (closed_at = used_at))),
    CONSTRAINT visits_visitcode_tries_check CHECK ((tries >= 0))
);

ALTER TABLE public.visits_visitcode ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.visits_visitcode_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.visits_visitfile (
    id bigint NOT NULL,
    name character varying(120) NOT NULL,
    kind character varying(6) NOT NULL,
    sha256 character varying(64) NOT NULL,
    bytes_sent bigint NOT NULL,
    bytes_kept bigint NOT NULL,
    lines integer NOT NULL,
    state character varying(7) NOT NULL,
    at_byte bigint NOT NULL,
    at_line integer NOT NULL,
    lines_done integer NOT NULL,
    chunks integer NOT NULL,
    moved_at timestamp with time zone NOT NULL,
    purged_at timestamp with time zone,
    batch_id bigint NOT NULL,
    organiser_id bigint NOT NULL,
    programme_id bigint NOT NULL,
    provider_id bigint NOT NULL,
    CONSTRAINT file_is_read_within_itself CHECK (((at_byte >= 0) AND (at_byte <= bytes_kept))),
    CONSTRAINT visits_visitfile_at_line_check CHECK ((at_line >= 0)),
    CONSTRAINT visits_visitfile_chunks_check CHECK ((chunks >= 0)),
    CONSTRAINT visits_visitfile_lines_check CHECK ((lines >= 0)),
    CONSTRAINT visits_visitfile_lines_done_check CHECK ((lines_done >= 0))
);

ALTER TABLE public.visits_visitfile ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.visits_visitfile_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wishes_basket (
    id bigint NOT NULL,
    name character varying(60) NOT NULL,
    state character varying(9) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    made_by_id bigint,
    wished_at timestamp with time zone,
    words text NOT NULL,
    client_id bigint NOT NULL,
    enrolment_id bigint NOT NULL,
    organiser_id bigint NOT NULL,
    CONSTRAINT basket_has_a_name CHECK ((NOT ((name)::text = ''::text))),
    CONSTRAINT basket_state_is_known CHECK (((state)::text = ANY (ARRAY[('draft'::character varying)::text, ('wish'::character varying)::text, ('ordered'::character varying)::text, ('discarded'::character varying)::text]))),
    CONSTRAINT wished_basket_has_its_moment CHECK (((NOT ((state)::text = 'wish'::text)) OR (wished_at IS NOT NULL)))
);

ALTER TABLE public.wishes_basket ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wishes_basket_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wishes_basketline (
    id bigint NOT NULL,
    quantities jsonb NOT NULL,
    each_month boolean NOT NULL,
    first_month date NOT NULL,
    months smallint NOT NULL,
    ordered_at timestamp with time zone,
    basket_id bigint NOT NULL,
    offer_id bigint,
    organiser_id bigint NOT NULL,
    service_id bigint NOT NULL,
    CONSTRAINT basket_line_begins_on_the_first_of_a_month CHECK ((EXTRACT(day FROM first_month) = (1)::numeric)),
    CONSTRAINT basket_line_is_for_a_month_or_more CHECK (((months >= 1) AND (each_month OR (months = 1)))),
    CONSTRAINT wishes_basketline_months_check CHECK ((months >= 0))
);

ALTER TABLE public.wishes_basketline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wishes_basketline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wishes_requeststep (
    id bigint NOT NULL,
    state character varying(12) NOT NULL,
    taken_at timestamp with time zone NOT NULL,
    organiser_id bigint NOT NULL,
    taken_by_id bigint,
    request_id bigint NOT NULL
);

ALTER TABLE public.wishes_requeststep ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wishes_requeststep_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.wishes_trayrequest (
    id bigint NOT NULL,
    kind character varying(8) NOT NULL,
    words text NOT NULL,
    municipality_code character varying(3) NOT NULL,
    state character varying(12) NOT NULL,
    answer text NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    client_id bigint NOT NULL,
    enrolment_id bigint NOT NULL,
    organiser_id bigint NOT NULL,
    application_id bigint,
    offer_id bigint,
    CONSTRAINT answered_request_has_its_answer CHECK ((((answer = ''::text) AND ((state)::text = ANY (ARRAY[('received'::character varying)::text, ('looking'::character varying)::text]))) OR (((state)::text = ANY (ARRAY[('found'::character varying)::text, ('not_possible'::character varying)::text])) AND (NOT (answer = ''::text))))),
    CONSTRAINT request_says_what_is_wanted CHECK ((NOT (words = ''::text))),
    CONSTRAINT request_state_is_known CHECK (((state)::text = ANY (ARRAY[('received'::character varying)::text, ('looking'::character varying)::text, ('found'::character varying)::text, ('not_possible'::character varying)::text])))
);

ALTER TABLE public.wishes_trayrequest ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wishes_trayrequest_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE ONLY public.procrastinate_events ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_events_id_seq'::regclass);

ALTER TABLE ONLY public.procrastinate_jobs ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_jobs_id_seq'::regclass);

ALTER TABLE ONLY public.procrastinate_periodic_defers ALTER COLUMN id SET DEFAULT nextval('public.procrastinate_periodic_defers_id_seq'::regclass);

-- Data for Name: api_apiclient; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: api_event; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: api_keptanswer; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: api_sending; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: api_subscription; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: api_usage; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: audit_entry; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: auth_group; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: auth_group_permissions; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: budgets_budget; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: budgets_pot; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: budgets_voucher; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: budgets_voucherinformation; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: budgets_voucherunit; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: catalogue_listing; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: catalogue_listingkind; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: catalogue_offer; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: catalogue_price; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: catalogue_referenceprice; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: catalogue_service; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: catalogue_timeband; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: catalogue_trayword; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: catalogue_vouchervalue; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: clients_absence; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: clients_accesscode; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: clients_accessgrant; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: clients_client; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: clients_contact; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: clients_cover; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: clients_enrolment; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: clients_handover; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: clients_interest; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: clients_invitation; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: clients_mandate; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: clients_mending; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: clients_reception; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: django_session; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: evaluation_answer; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: evaluation_answersshown; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: evaluation_round; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: ledger_account; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: ledger_route; Type: TABLE DATA; Schema: public; Owner: -

INSERT INTO public.ledger_route VALUES ('capture', 'funding', 'payable');
INSERT INTO public.ledger_route VALUES ('capture', 'hold', 'payable');
INSERT INTO public.ledger_route VALUES ('correct', 'funding', 'payable');
INSERT INTO public.ledger_route VALUES ('correct', 'hold', 'payable');
INSERT INTO public.ledger_route VALUES ('correct', 'payable', 'funding');
INSERT INTO public.ledger_route VALUES ('correct', 'payable', 'hold');
INSERT INTO public.ledger_route VALUES ('correct', 'payable', 'pot');
INSERT INTO public.ledger_route VALUES ('correct', 'payable', 'voucher');
INSERT INTO public.ledger_route VALUES ('correct', 'pot', 'payable');
INSERT INTO public.ledger_route VALUES ('correct', 'voucher', 'payable');
INSERT INTO public.ledger_route VALUES ('expire', 'pot', 'funding');
INSERT INTO public.ledger_route VALUES ('expire', 'voucher', 'funding');
INSERT INTO public.ledger_route VALUES ('grant', 'funding', 'pot');
INSERT INTO public.ledger_route VALUES ('grant', 'funding', 'voucher');
INSERT INTO public.ledger_route VALUES ('pay', 'in_transit', 'paid');
INSERT INTO public.ledger_route VALUES ('release', 'hold', 'pot');
INSERT INTO public.ledger_route VALUES ('release', 'hold', 'voucher');
INSERT INTO public.ledger_route VALUES ('reserve', 'pot', 'hold');
INSERT INTO public.ledger_route VALUES ('reserve', 'voucher', 'hold');
INSERT INTO public.ledger_route VALUES ('return', 'in_transit', 'payable');
INSERT INTO public.ledger_route VALUES ('settle', 'payable', 'in_transit');

-- Data for Name: ledger_transfer; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: messages_attachment; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: messages_glance; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: messages_message; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: messages_notice; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: messages_noticechoice; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: messages_thread; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: needs_allocation; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: needs_allocationline; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: needs_assessment; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: needs_assessmentsave; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: needs_consentpoint; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: needs_eligibilitycheck; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: needs_instrumentresult; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: needs_need; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: orders_assignment; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: orders_cancellation; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: orders_change; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: orders_moving; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: orders_order; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: orders_rating; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: orders_slice; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: organisers_organiser; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: plans_claim; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: plans_decision; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: plans_decisiondocument; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: plans_decisionpower; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: plans_decisionproposal; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: plans_delivery; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: plans_paper; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: plans_plancomment; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: plans_planline; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: plans_serviceplan; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: plans_signature; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: plans_supportplan; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: procrastinate_events; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: procrastinate_jobs; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: procrastinate_periodic_defers; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: procrastinate_workers; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: programmes_allocationrule; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: programmes_fundingshare; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: programmes_importrun; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: programmes_lettertext; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: programmes_municipality; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: programmes_packdraft; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: programmes_packload; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: programmes_phase; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: programmes_programme; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: programmes_quota; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: programmes_rulebook; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: programmes_targetgroup; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: providers_accountchange; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: providers_application; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: providers_applicationline; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: providers_approval; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: providers_clarification; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: providers_evidence; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: providers_passport; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: providers_passportpaper; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: providers_provider; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: providers_provideraccount; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: providers_registerentry; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: providers_suspension; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: providers_unit; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: providers_withdrawalwork; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: providers_worker; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: settlements_payment; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: settlements_run; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: settlements_runcorrection; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: settlements_runvisit; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: settlements_statement; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: settlements_statementline; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: users_holding; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: users_roleinvitation; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: users_tries; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: users_user; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: visits_batch; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: visits_check; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: visits_correction; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: visits_drawing; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: visits_filepiece; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: visits_mending; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: visits_refusedline; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: visits_startedvisit; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: visits_visit; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: visits_visitcode; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: visits_visitfile; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: wishes_basket; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: wishes_basketline; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: wishes_requeststep; Type: TABLE DATA; Schema: public; Owner: -

-- Data for Name: wishes_trayrequest; Type: TABLE DATA; Schema: public; Owner: -

ALTER TABLE ONLY public.clients_absence
    ADD CONSTRAINT absence_is_recorded_once EXCLUDE USING gist (client_id WITH =, valid WITH &&);

ALTER TABLE ONLY public.needs_allocationline
    ADD CONSTRAINT allocation_line_has_its_number UNIQUE (allocation_id, number);

ALTER TABLE ONLY public.api_apiclient
    ADD CONSTRAINT api_apiclient_identifier_key UNIQUE (identifier);

ALTER TABLE ONLY public.api_apiclient
    ADD CONSTRAINT api_apiclient_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.api_apiclient
    ADD CONSTRAINT api_apiclient_user_id_key UNIQUE (user_id);

ALTER TABLE ONLY public.api_event
    ADD CONSTRAINT api_event_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.api_keptanswer
    ADD CONSTRAINT api_keptanswer_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.api_sending
    ADD CONSTRAINT api_sending_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.api_subscription
    ADD CONSTRAINT api_subscription_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.api_usage
    ADD CONSTRAINT api_usage_pkey PRIMARY KEY (client_id);

ALTER TABLE ONLY public.audit_entry
    ADD CONSTRAINT audit_entry_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_name_key UNIQUE (name);

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_permission_id_0cd325b0_uniq UNIQUE (group_id, permission_id);

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_codename_01ab375a_uniq UNIQUE (content_type_id, codename);

ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.catalogue_timeband
    ADD CONSTRAINT band_code_is_unique UNIQUE (programme_id, code);

ALTER TABLE ONLY public.budgets_voucherunit
    ADD CONSTRAINT band_has_one_voucher_value UNIQUE (voucher_id, band_id);

ALTER TABLE ONLY public.budgets_budget
    ADD CONSTRAINT budgets_budget_decision_id_key UNIQUE (decision_id);

ALTER TABLE ONLY public.budgets_budget
    ADD CONSTRAINT budgets_budget_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.budgets_budget
    ADD CONSTRAINT budgets_in_force_do_not_overlap EXCLUDE USING gist (enrolment_id WITH =, valid WITH &&) WHERE (((state)::text = 'in_force'::text));

ALTER TABLE ONLY public.budgets_pot
    ADD CONSTRAINT budgets_pot_account_id_key UNIQUE (account_id);

ALTER TABLE ONLY public.budgets_pot
    ADD CONSTRAINT budgets_pot_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.budgets_voucher
    ADD CONSTRAINT budgets_voucher_account_id_key UNIQUE (account_id);

ALTER TABLE ONLY public.budgets_voucher
    ADD CONSTRAINT budgets_voucher_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.budgets_voucherinformation
    ADD CONSTRAINT budgets_voucherinformation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.budgets_voucherunit
    ADD CONSTRAINT budgets_voucherunit_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.catalogue_listing
    ADD CONSTRAINT catalogue_listing_pkey PRIMARY KEY (offer_id);

ALTER TABLE ONLY public.catalogue_listingkind
    ADD CONSTRAINT catalogue_listingkind_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.catalogue_offer
    ADD CONSTRAINT catalogue_offer_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.catalogue_price
    ADD CONSTRAINT catalogue_price_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.catalogue_referenceprice
    ADD CONSTRAINT catalogue_referenceprice_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.catalogue_service
    ADD CONSTRAINT catalogue_service_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.catalogue_timeband
    ADD CONSTRAINT catalogue_timeband_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.catalogue_trayword
    ADD CONSTRAINT catalogue_trayword_pkey PRIMARY KEY (text);

ALTER TABLE ONLY public.catalogue_vouchervalue
    ADD CONSTRAINT catalogue_vouchervalue_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.orders_assignment
    ADD CONSTRAINT client_is_assigned_once EXCLUDE USING gist (provider_id WITH =, client_id WITH =, user_id WITH =, valid WITH &&);

ALTER TABLE ONLY public.clients_client
    ADD CONSTRAINT client_is_one_person_once UNIQUE (organiser_id, identity_code);

ALTER TABLE ONLY public.clients_accessgrant
    ADD CONSTRAINT client_is_opened_once_at_a_time EXCLUDE USING gist (client_id WITH =, user_id WITH =, scope WITH =, valid WITH &&);

ALTER TABLE ONLY public.clients_absence
    ADD CONSTRAINT clients_absence_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.clients_accesscode
    ADD CONSTRAINT clients_accesscode_code_digest_key UNIQUE (code_digest);

ALTER TABLE ONLY public.clients_accesscode
    ADD CONSTRAINT clients_accesscode_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.clients_accessgrant
    ADD CONSTRAINT clients_accessgrant_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.clients_client
    ADD CONSTRAINT clients_client_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.clients_contact
    ADD CONSTRAINT clients_contact_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.clients_cover
    ADD CONSTRAINT clients_cover_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.clients_enrolment
    ADD CONSTRAINT clients_enrolment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.clients_handover
    ADD CONSTRAINT clients_handover_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.clients_interest
    ADD CONSTRAINT clients_interest_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.clients_invitation
    ADD CONSTRAINT clients_invitation_code_digest_key UNIQUE (code_digest);

ALTER TABLE ONLY public.clients_invitation
    ADD CONSTRAINT clients_invitation_mandate_id_key UNIQUE (mandate_id);

ALTER TABLE ONLY public.clients_invitation
    ADD CONSTRAINT clients_invitation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.clients_mandate
    ADD CONSTRAINT clients_mandate_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.clients_mending
    ADD CONSTRAINT clients_mending_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.clients_reception
    ADD CONSTRAINT clients_reception_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.providers_registerentry
    ADD CONSTRAINT company_is_in_a_register_once EXCLUDE USING gist (organiser_id WITH =, register WITH =, business_id WITH =, valid WITH &&);

ALTER TABLE ONLY public.orders_cancellation
    ADD CONSTRAINT day_is_cancelled_once UNIQUE (order_id, served_on);

ALTER TABLE ONLY public.plans_decision
    ADD CONSTRAINT decisions_in_force_do_not_overlap EXCLUDE USING gist (enrolment_id WITH =, valid WITH &&) WHERE (((state)::text = 'in_force'::text));

ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_app_label_model_76bd3d3b_uniq UNIQUE (app_label, model);

ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.django_migrations
    ADD CONSTRAINT django_migrations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.django_session
    ADD CONSTRAINT django_session_pkey PRIMARY KEY (session_key);

ALTER TABLE ONLY public.budgets_pot
    ADD CONSTRAINT earmarked_pots_do_not_overlap EXCLUDE USING gist (budget_id WITH =, service_id WITH =, valid WITH &&);

ALTER TABLE ONLY public.clients_enrolment
    ADD CONSTRAINT enrolment_with_its_client UNIQUE (id, client_id, organiser_id);

ALTER TABLE ONLY public.evaluation_answer
    ADD CONSTRAINT evaluation_answer_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.evaluation_answersshown
    ADD CONSTRAINT evaluation_answersshown_client_id_key UNIQUE (client_id);

ALTER TABLE ONLY public.evaluation_answersshown
    ADD CONSTRAINT evaluation_answersshown_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.evaluation_round
    ADD CONSTRAINT evaluation_round_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.api_sending
    ADD CONSTRAINT event_is_told_once_to_an_address UNIQUE (subscription_id, event_id);

ALTER TABLE ONLY public.clients_interest
    ADD CONSTRAINT form_is_taken_once UNIQUE (organiser_id, form_key);

ALTER TABLE ONLY public.budgets_pot
    ADD CONSTRAINT free_pots_do_not_overlap EXCLUDE USING gist (budget_id WITH =, valid WITH &&) WHERE ((service_id IS NULL));

ALTER TABLE ONLY public.messages_glance
    ADD CONSTRAINT glance_is_kept_once UNIQUE (thread_id, user_id);

ALTER TABLE ONLY public.users_holding
    ADD CONSTRAINT holding_of_a_role_does_not_overlap_itself EXCLUDE USING gist (organiser_id WITH =, user_id WITH =, role WITH =, valid WITH &&);

ALTER TABLE ONLY public.providers_passport
    ADD CONSTRAINT keeper_has_one_passport_of_a_company UNIQUE (business_id, keeper_id);

ALTER TABLE ONLY public.api_keptanswer
    ADD CONSTRAINT key_is_used_for_one_request UNIQUE (client_id, key);

ALTER TABLE ONLY public.catalogue_listingkind
    ADD CONSTRAINT kind_of_listing_is_known_once UNIQUE (service_id, sector, languages, municipality_codes);

ALTER TABLE ONLY public.ledger_account
    ADD CONSTRAINT ledger_account_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ledger_route
    ADD CONSTRAINT ledger_route_pkey PRIMARY KEY (kind, debit_kind, credit_kind);

ALTER TABLE ONLY public.ledger_transfer
    ADD CONSTRAINT ledger_transfer_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.needs_eligibilitycheck
    ADD CONSTRAINT leg_is_answered_once UNIQUE (enrolment_id, leg);

ALTER TABLE ONLY public.plans_delivery
    ADD CONSTRAINT letter_goes_once_by_each_way UNIQUE NULLS NOT DISTINCT (decision_id, claim_id, way);

ALTER TABLE ONLY public.plans_decisiondocument
    ADD CONSTRAINT letter_is_made_once_in_a_language UNIQUE NULLS NOT DISTINCT (decision_id, claim_id, language);

ALTER TABLE ONLY public.visits_refusedline
    ADD CONSTRAINT line_is_answered_once UNIQUE (batch_id, line);

ALTER TABLE ONLY public.clients_mandate
    ADD CONSTRAINT mandate_is_given_once EXCLUDE USING gist (client_id WITH =, user_id WITH =, valid WITH &&) WHERE ((ended_at IS NULL));

ALTER TABLE ONLY public.evaluation_round
    ADD CONSTRAINT measure_is_asked_once_at_its_moment UNIQUE (enrolment_id, measure_code, moment, number);

ALTER TABLE ONLY public.clients_mending
    ADD CONSTRAINT mending_has_its_version UNIQUE (client_id, version);

ALTER TABLE ONLY public.messages_attachment
    ADD CONSTRAINT messages_attachment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.messages_glance
    ADD CONSTRAINT messages_glance_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.messages_message
    ADD CONSTRAINT messages_message_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.messages_notice
    ADD CONSTRAINT messages_notice_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.messages_noticechoice
    ADD CONSTRAINT messages_noticechoice_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.messages_thread
    ADD CONSTRAINT messages_thread_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programmes_municipality
    ADD CONSTRAINT municipality_is_a_member_once EXCLUDE USING gist (programme_id WITH =, code WITH =, valid WITH &&);

ALTER TABLE ONLY public.needs_need
    ADD CONSTRAINT need_is_stated_once UNIQUE (assessment_id, service_id);

ALTER TABLE ONLY public.needs_allocation
    ADD CONSTRAINT needs_allocation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.needs_allocationline
    ADD CONSTRAINT needs_allocationline_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.needs_assessment
    ADD CONSTRAINT needs_assessment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.needs_assessmentsave
    ADD CONSTRAINT needs_assessmentsave_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.needs_consentpoint
    ADD CONSTRAINT needs_consentpoint_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.needs_eligibilitycheck
    ADD CONSTRAINT needs_eligibilitycheck_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.needs_instrumentresult
    ADD CONSTRAINT needs_instrumentresult_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.needs_need
    ADD CONSTRAINT needs_need_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.messages_noticechoice
    ADD CONSTRAINT notice_is_chosen_once UNIQUE (organiser_id, user_id);

ALTER TABLE ONLY public.catalogue_offer
    ADD CONSTRAINT offer_with_its_service UNIQUE (id, service_id, organiser_id);

ALTER TABLE ONLY public.programmes_allocationrule
    ADD CONSTRAINT one_allocation_rule_is_in_force EXCLUDE USING gist (programme_id WITH =, valid WITH &&);

ALTER TABLE ONLY public.catalogue_price
    ADD CONSTRAINT one_price_is_in_force EXCLUDE USING gist (offer_id WITH =, band_id WITH =, valid WITH &&) WHERE ((superseded_at IS NULL));

ALTER TABLE ONLY public.catalogue_referenceprice
    ADD CONSTRAINT one_reference_price_is_in_force EXCLUDE USING gist (service_id WITH =, band_id WITH =, kind WITH =, valid WITH &&);

ALTER TABLE ONLY public.programmes_rulebook
    ADD CONSTRAINT one_rulebook_is_in_force EXCLUDE USING gist (programme_id WITH =, valid WITH &&);

ALTER TABLE ONLY public.catalogue_vouchervalue
    ADD CONSTRAINT one_voucher_value_is_in_force EXCLUDE USING gist (service_id WITH =, band_id WITH =, valid WITH &&);

ALTER TABLE ONLY public.orders_assignment
    ADD CONSTRAINT orders_assignment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.orders_cancellation
    ADD CONSTRAINT orders_cancellation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.orders_change
    ADD CONSTRAINT orders_change_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.orders_moving
    ADD CONSTRAINT orders_moving_new_order_id_key UNIQUE (new_order_id);

ALTER TABLE ONLY public.orders_moving
    ADD CONSTRAINT orders_moving_order_id_key UNIQUE (order_id);

ALTER TABLE ONLY public.orders_moving
    ADD CONSTRAINT orders_moving_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.orders_order
    ADD CONSTRAINT orders_order_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.orders_rating
    ADD CONSTRAINT orders_rating_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.orders_slice
    ADD CONSTRAINT orders_slice_hold_id_key UNIQUE (hold_id);

ALTER TABLE ONLY public.orders_slice
    ADD CONSTRAINT orders_slice_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.organisers_organiser
    ADD CONSTRAINT organisers_organiser_code_key UNIQUE (code);

ALTER TABLE ONLY public.organisers_organiser
    ADD CONSTRAINT organisers_organiser_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programmes_phase
    ADD CONSTRAINT phases_follow_each_other EXCLUDE USING gist (programme_id WITH =, valid WITH &&);

ALTER TABLE ONLY public.visits_filepiece
    ADD CONSTRAINT piece_of_a_file_has_its_place UNIQUE (file_id, part, number);

ALTER TABLE ONLY public.plans_signature
    ADD CONSTRAINT plan_is_signed_once UNIQUE (plan_id, signed_by_id);

ALTER TABLE ONLY public.plans_planline
    ADD CONSTRAINT plan_names_a_service_once_in_a_way UNIQUE (plan_id, service_id, way);

ALTER TABLE ONLY public.plans_serviceplan
    ADD CONSTRAINT plan_version_is_unique UNIQUE (enrolment_id, version);

ALTER TABLE ONLY public.plans_claim
    ADD CONSTRAINT plans_claim_new_decision_id_key UNIQUE (new_decision_id);

ALTER TABLE ONLY public.plans_claim
    ADD CONSTRAINT plans_claim_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.plans_decision
    ADD CONSTRAINT plans_decision_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.plans_decisiondocument
    ADD CONSTRAINT plans_decisiondocument_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.plans_decisionpower
    ADD CONSTRAINT plans_decisionpower_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.plans_decisionproposal
    ADD CONSTRAINT plans_decisionproposal_decision_id_key UNIQUE (decision_id);

ALTER TABLE ONLY public.plans_decisionproposal
    ADD CONSTRAINT plans_decisionproposal_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.plans_delivery
    ADD CONSTRAINT plans_delivery_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.plans_paper
    ADD CONSTRAINT plans_paper_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.plans_plancomment
    ADD CONSTRAINT plans_plancomment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.plans_planline
    ADD CONSTRAINT plans_planline_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.plans_serviceplan
    ADD CONSTRAINT plans_serviceplan_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.plans_signature
    ADD CONSTRAINT plans_signature_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.plans_supportplan
    ADD CONSTRAINT plans_supportplan_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.needs_consentpoint
    ADD CONSTRAINT point_is_gone_through_once UNIQUE (enrolment_id, item);

ALTER TABLE ONLY public.budgets_pot
    ADD CONSTRAINT pot_with_its_account UNIQUE (id, account_id, organiser_id);

ALTER TABLE ONLY public.plans_decisionpower
    ADD CONSTRAINT powers_to_decide_do_not_overlap EXCLUDE USING gist (organiser_id WITH =, user_id WITH =, valid WITH &&);

ALTER TABLE ONLY public.procrastinate_events
    ADD CONSTRAINT procrastinate_events_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_unique UNIQUE (task_name, periodic_id, defer_timestamp);

ALTER TABLE ONLY public.procrastinate_workers
    ADD CONSTRAINT procrastinate_workers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programmes_programme
    ADD CONSTRAINT programme_code_is_unique UNIQUE (organiser_id, code);

ALTER TABLE ONLY public.programmes_allocationrule
    ADD CONSTRAINT programmes_allocationrule_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programmes_fundingshare
    ADD CONSTRAINT programmes_fundingshare_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programmes_importrun
    ADD CONSTRAINT programmes_importrun_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programmes_lettertext
    ADD CONSTRAINT programmes_lettertext_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programmes_municipality
    ADD CONSTRAINT programmes_municipality_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programmes_packdraft
    ADD CONSTRAINT programmes_packdraft_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programmes_packload
    ADD CONSTRAINT programmes_packload_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programmes_phase
    ADD CONSTRAINT programmes_phase_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programmes_programme
    ADD CONSTRAINT programmes_programme_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programmes_quota
    ADD CONSTRAINT programmes_quota_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programmes_rulebook
    ADD CONSTRAINT programmes_rulebook_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.programmes_targetgroup
    ADD CONSTRAINT programmes_targetgroup_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.providers_provideraccount
    ADD CONSTRAINT provider_has_one_payable_account UNIQUE (organiser_id, provider_id);

ALTER TABLE ONLY public.settlements_statement
    ADD CONSTRAINT provider_has_one_statement UNIQUE (run_id, provider_id);

ALTER TABLE ONLY public.providers_approval
    ADD CONSTRAINT provider_is_approved_once EXCLUDE USING gist (programme_id WITH =, provider_id WITH =, valid WITH &&);

ALTER TABLE ONLY public.providers_accountchange
    ADD CONSTRAINT providers_accountchange_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.providers_application
    ADD CONSTRAINT providers_application_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.providers_applicationline
    ADD CONSTRAINT providers_applicationline_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.providers_approval
    ADD CONSTRAINT providers_approval_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.providers_clarification
    ADD CONSTRAINT providers_clarification_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.providers_evidence
    ADD CONSTRAINT providers_evidence_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.providers_passport
    ADD CONSTRAINT providers_passport_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.providers_passportpaper
    ADD CONSTRAINT providers_passportpaper_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.providers_provider
    ADD CONSTRAINT providers_provider_business_id_key UNIQUE (business_id);

ALTER TABLE ONLY public.providers_provider
    ADD CONSTRAINT providers_provider_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.providers_provideraccount
    ADD CONSTRAINT providers_provideraccount_payable_id_key UNIQUE (payable_id);

ALTER TABLE ONLY public.providers_provideraccount
    ADD CONSTRAINT providers_provideraccount_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.providers_registerentry
    ADD CONSTRAINT providers_registerentry_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.providers_suspension
    ADD CONSTRAINT providers_suspension_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.providers_unit
    ADD CONSTRAINT providers_unit_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.providers_withdrawalwork
    ADD CONSTRAINT providers_withdrawalwork_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.providers_worker
    ADD CONSTRAINT providers_worker_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.evaluation_answer
    ADD CONSTRAINT question_has_one_answer UNIQUE (round_id, code);

ALTER TABLE ONLY public.programmes_quota
    ADD CONSTRAINT quota_is_given_once EXCLUDE USING gist (programme_id WITH =, municipality_code WITH =, target_group_code WITH =, valid WITH &&);

ALTER TABLE ONLY public.clients_reception
    ADD CONSTRAINT receiver_is_named_once EXCLUDE USING gist (organiser_id WITH =, municipality_code WITH =, user_id WITH =, valid WITH &&);

ALTER TABLE ONLY public.wishes_requeststep
    ADD CONSTRAINT request_is_in_a_state_once UNIQUE (request_id, state);

ALTER TABLE ONLY public.needs_instrumentresult
    ADD CONSTRAINT result_is_taken_in_once UNIQUE (enrolment_id, instrument, done_on);

ALTER TABLE ONLY public.catalogue_service
    ADD CONSTRAINT service_code_is_unique UNIQUE (programme_id, code);

ALTER TABLE ONLY public.providers_applicationline
    ADD CONSTRAINT service_is_applied_for_once UNIQUE (application_id, service_code);

ALTER TABLE ONLY public.catalogue_offer
    ADD CONSTRAINT service_is_offered_once EXCLUDE USING gist (approval_id WITH =, service_id WITH =, valid WITH &&);

ALTER TABLE ONLY public.settlements_payment
    ADD CONSTRAINT settlements_payment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.settlements_payment
    ADD CONSTRAINT settlements_payment_reference_key UNIQUE (reference);

ALTER TABLE ONLY public.settlements_payment
    ADD CONSTRAINT settlements_payment_statement_id_key UNIQUE (statement_id);

ALTER TABLE ONLY public.settlements_run
    ADD CONSTRAINT settlements_run_in_transit_id_key UNIQUE (in_transit_id);

ALTER TABLE ONLY public.settlements_run
    ADD CONSTRAINT settlements_run_paid_id_key UNIQUE (paid_id);

ALTER TABLE ONLY public.settlements_run
    ADD CONSTRAINT settlements_run_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.settlements_runcorrection
    ADD CONSTRAINT settlements_runcorrection_pkey PRIMARY KEY (correction_id);

ALTER TABLE ONLY public.settlements_runvisit
    ADD CONSTRAINT settlements_runvisit_pkey PRIMARY KEY (visit_id);

ALTER TABLE ONLY public.settlements_statement
    ADD CONSTRAINT settlements_statement_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.settlements_statementline
    ADD CONSTRAINT settlements_statementline_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.orders_slice
    ADD CONSTRAINT slices_of_an_order_do_not_overlap EXCLUDE USING gist (order_id WITH =, valid WITH &&);

ALTER TABLE ONLY public.programmes_fundingshare
    ADD CONSTRAINT source_has_one_share EXCLUDE USING gist (programme_id WITH =, source WITH =, valid WITH &&);

ALTER TABLE ONLY public.plans_supportplan
    ADD CONSTRAINT support_plan_version_is_unique UNIQUE (enrolment_id, version);

ALTER TABLE ONLY public.programmes_targetgroup
    ADD CONSTRAINT target_group_code_is_unique UNIQUE (programme_id, code);

ALTER TABLE ONLY public.budgets_voucherinformation
    ADD CONSTRAINT the_same_information_is_given_once UNIQUE NULLS NOT DISTINCT (voucher_id, given_to_id, language, sha256, way);

ALTER TABLE ONLY public.ledger_transfer
    ADD CONSTRAINT transfer_key_is_used_once UNIQUE (organiser_id, key);

ALTER TABLE ONLY public.providers_unit
    ADD CONSTRAINT unit_is_of_one_company UNIQUE (id, provider_id);

ALTER TABLE ONLY public.users_holding
    ADD CONSTRAINT users_holding_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.users_roleinvitation
    ADD CONSTRAINT users_roleinvitation_code_digest_key UNIQUE (code_digest);

ALTER TABLE ONLY public.users_roleinvitation
    ADD CONSTRAINT users_roleinvitation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.users_tries
    ADD CONSTRAINT users_tries_mark_key UNIQUE (mark);

ALTER TABLE ONLY public.users_tries
    ADD CONSTRAINT users_tries_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.users_user
    ADD CONSTRAINT users_user_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.users_user
    ADD CONSTRAINT users_user_username_key UNIQUE (username);

ALTER TABLE ONLY public.needs_assessmentsave
    ADD CONSTRAINT version_is_saved_once UNIQUE (assessment_id, version);

ALTER TABLE ONLY public.visits_startedvisit
    ADD CONSTRAINT visit_is_started_once UNIQUE (organiser_id, provider_id, reference);

ALTER TABLE ONLY public.visits_batch
    ADD CONSTRAINT visits_batch_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.visits_check
    ADD CONSTRAINT visits_check_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.visits_check
    ADD CONSTRAINT visits_check_visit_id_key UNIQUE (visit_id);

ALTER TABLE ONLY public.visits_correction
    ADD CONSTRAINT visits_correction_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.visits_drawing
    ADD CONSTRAINT visits_drawing_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.visits_filepiece
    ADD CONSTRAINT visits_filepiece_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.visits_mending
    ADD CONSTRAINT visits_mending_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.visits_mending
    ADD CONSTRAINT visits_mending_refused_id_key UNIQUE (refused_id);

ALTER TABLE ONLY public.visits_mending
    ADD CONSTRAINT visits_mending_visit_id_key UNIQUE (visit_id);

ALTER TABLE ONLY public.visits_mending
    ADD CONSTRAINT visits_mending_withdrawn_id_key UNIQUE (withdrawn_id);

ALTER TABLE ONLY public.visits_refusedline
    ADD CONSTRAINT visits_refusedline_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.visits_startedvisit
    ADD CONSTRAINT visits_startedvisit_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.visits_visit
    ADD CONSTRAINT visits_visit_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.visits_visitcode
    ADD CONSTRAINT visits_visitcode_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.visits_visitcode
    ADD CONSTRAINT visits_visitcode_visit_id_key UNIQUE (visit_id);

ALTER TABLE ONLY public.visits_visitfile
    ADD CONSTRAINT visits_visitfile_batch_id_key UNIQUE (batch_id);

ALTER TABLE ONLY public.visits_visitfile
    ADD CONSTRAINT visits_visitfile_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.budgets_voucher
    ADD CONSTRAINT voucher_with_its_account UNIQUE (id, account_id, organiser_id);

ALTER TABLE ONLY public.budgets_voucher
    ADD CONSTRAINT vouchers_for_a_service_do_not_overlap EXCLUDE USING gist (enrolment_id WITH =, service_id WITH =, valid WITH &&) WHERE (((state)::text = ANY (ARRAY[('offered'::character varying)::text, ('accepted'::character varying)::text])));

ALTER TABLE ONLY public.wishes_basket
    ADD CONSTRAINT wishes_basket_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wishes_basketline
    ADD CONSTRAINT wishes_basketline_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wishes_requeststep
    ADD CONSTRAINT wishes_requeststep_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.wishes_trayrequest
    ADD CONSTRAINT wishes_trayrequest_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.clients_cover
    ADD CONSTRAINT worker_is_covered_by_a_colleague_once EXCLUDE USING gist (organiser_id WITH =, user_id WITH =, covered_by_id WITH =, valid WITH &&) WHERE ((ended_at IS NULL));

ALTER TABLE ONLY public.providers_worker
    ADD CONSTRAINT worker_is_listed_once EXCLUDE USING gist (provider_id WITH =, user_id WITH =, valid WITH &&);

CREATE UNIQUE INDEX a_client_dies_once ON public.orders_change USING btree (client_id) WHERE (((kind)::text = 'death'::text) AND (undone_at IS NULL));

CREATE INDEX api_apiclient_identifier_e8dadaf2_like ON public.api_apiclient USING btree (identifier varchar_pattern_ops);

CREATE INDEX api_apiclient_organiser_id_0baecac1 ON public.api_apiclient USING btree (organiser_id);

CREATE INDEX api_apiclient_provider_id_50f0c738 ON public.api_apiclient USING btree (provider_id);

CREATE INDEX api_apiclient_unit_id_ac3dd7f7 ON public.api_apiclient USING btree (unit_id);

CREATE INDEX api_event_organiser_id_22283727 ON public.api_event USING btree (organiser_id);

CREATE INDEX api_event_provider_id_b41ff771 ON public.api_event USING btree (provider_id);

CREATE INDEX api_keptanswer_client_id_ade7d10b ON public.api_keptanswer USING btree (client_id);

CREATE INDEX api_sending_event_id_cd26dfc2 ON public.api_sending USING btree (event_id);

CREATE INDEX api_sending_subscription_id_d749a75f ON public.api_sending USING btree (subscription_id);

CREATE INDEX api_subscription_client_id_24574758 ON public.api_subscription USING btree (client_id);

CREATE INDEX api_subscription_organiser_id_37df98a7 ON public.api_subscription USING btree (organiser_id);

CREATE INDEX api_subscription_provider_id_779def7a ON public.api_subscription USING btree (provider_id);

CREATE UNIQUE INDEX applicant_has_one_draft_for_a_company ON public.providers_application USING btree (programme_id, business_id, applicant_id) WHERE ((state)::text = 'draft'::text);

CREATE INDEX applications_waiting ON public.providers_application USING btree (programme_id, state, sent_at);

CREATE UNIQUE INDEX approval_is_suspended_once ON public.providers_suspension USING btree (approval_id) WHERE (ended_at IS NULL);

CREATE UNIQUE INDEX approval_is_withdrawn_once_at_a_time ON public.providers_withdrawalwork USING btree (approval_id) WHERE (finished_at IS NULL);

CREATE INDEX audit_by_client ON public.audit_entry USING btree (client_id, id) WHERE (client_id IS NOT NULL);

CREATE INDEX audit_by_subject ON public.audit_entry USING btree (subject_kind, subject_id, id);

CREATE INDEX audit_entry_organiser_id_cccf82ea ON public.audit_entry USING btree (organiser_id);

CREATE INDEX auth_group_name_a6ea08ec_like ON public.auth_group USING btree (name varchar_pattern_ops);

CREATE INDEX auth_group_permissions_group_id_b120cbf9 ON public.auth_group_permissions USING btree (group_id);

CREATE INDEX auth_group_permissions_permission_id_84c5c92e ON public.auth_group_permissions USING btree (permission_id);

CREATE INDEX auth_permission_content_type_id_2f476e4b ON public.auth_permission USING btree (content_type_id);

CREATE INDEX batches_to_draw_from ON public.visits_batch USING btree (organiser_id) WHERE (drawing_id IS NULL);

CREATE INDEX budgets_budget_enrolment_id_68f82fe6 ON public.budgets_budget USING btree (enrolment_id);

CREATE INDEX budgets_budget_organiser_id_59df33ae ON public.budgets_budget USING btree (organiser_id);

CREATE INDEX budgets_pot_budget_id_2f29facc ON public.budgets_pot USING btree (budget_id);

CREATE INDEX budgets_pot_organiser_id_bb32cb83 ON public.budgets_pot USING btree (organiser_id);

CREATE INDEX budgets_pot_service_id_4f3613a7 ON public.budgets_pot USING btree (service_id);

CREATE INDEX budgets_voucher_decision_id_a7b070c4 ON public.budgets_voucher USING btree (decision_id);

CREATE INDEX budgets_voucher_enrolment_id_1fa313fe ON public.budgets_voucher USING btree (enrolment_id);

CREATE INDEX budgets_voucher_organiser_id_cbf79edf ON public.budgets_voucher USING btree (organiser_id);

CREATE INDEX budgets_voucher_service_id_7a72cc2d ON public.budgets_voucher USING btree (service_id);

CREATE INDEX budgets_voucherinformation_organiser_id_ce3916a0 ON public.budgets_voucherinformation USING btree (organiser_id);

CREATE INDEX budgets_voucherinformation_voucher_id_9c01bc46 ON public.budgets_voucherinformation USING btree (voucher_id);

CREATE INDEX budgets_voucherunit_band_id_13331c5d ON public.budgets_voucherunit USING btree (band_id);

CREATE INDEX budgets_voucherunit_organiser_id_b63a5297 ON public.budgets_voucherunit USING btree (organiser_id);

CREATE INDEX budgets_voucherunit_voucher_id_57168501 ON public.budgets_voucherunit USING btree (voucher_id);

CREATE INDEX catalogue_listing_kind_id_f2ded5ed ON public.catalogue_listing USING btree (kind_id);

CREATE INDEX catalogue_listing_organiser_id_846a972d ON public.catalogue_listing USING btree (organiser_id);

CREATE INDEX catalogue_listing_programme_id_31c9411f ON public.catalogue_listing USING btree (programme_id);

CREATE INDEX catalogue_listing_provider_id_965c51b0 ON public.catalogue_listing USING btree (provider_id);

CREATE INDEX catalogue_listingkind_organiser_id_44e1f7e8 ON public.catalogue_listingkind USING btree (organiser_id);

CREATE INDEX catalogue_listingkind_service_id_e59469dd ON public.catalogue_listingkind USING btree (service_id);

CREATE INDEX catalogue_offer_approval_id_09f8b5c1 ON public.catalogue_offer USING btree (approval_id);

CREATE INDEX catalogue_offer_organiser_id_5e18f7a1 ON public.catalogue_offer USING btree (organiser_id);

CREATE INDEX catalogue_offer_service_id_a038af20 ON public.catalogue_offer USING btree (service_id);

CREATE INDEX catalogue_price_band_id_f275a1d6 ON public.catalogue_price USING btree (band_id);

CREATE INDEX catalogue_price_offer_id_d770ba26 ON public.catalogue_price USING btree (offer_id);

CREATE INDEX catalogue_price_organiser_id_ee759767 ON public.catalogue_price USING btree (organiser_id);

CREATE INDEX catalogue_referenceprice_band_id_f7201b12 ON public.catalogue_referenceprice USING btree (band_id);

CREATE INDEX catalogue_referenceprice_organiser_id_695b9e03 ON public.catalogue_referenceprice USING btree (organiser_id);

CREATE INDEX catalogue_referenceprice_service_id_feade46c ON public.catalogue_referenceprice USING btree (service_id);

CREATE INDEX catalogue_service_organiser_id_b0426028 ON public.catalogue_service USING btree (organiser_id);

CREATE INDEX catalogue_service_programme_id_130399bf ON public.catalogue_service USING btree (programme_id);

CREATE INDEX catalogue_timeband_organiser_id_401595b4 ON public.catalogue_timeband USING btree (organiser_id);

CREATE INDEX catalogue_timeband_programme_id_e37f4ad2 ON public.catalogue_timeband USING btree (programme_id);

CREATE INDEX catalogue_trayword_text_4f91903e_like ON public.catalogue_trayword USING btree (text text_pattern_ops);

CREATE INDEX catalogue_vouchervalue_band_id_fba1099b ON public.catalogue_vouchervalue USING btree (band_id);

CREATE INDEX catalogue_vouchervalue_organiser_id_dae7fc52 ON public.catalogue_vouchervalue USING btree (organiser_id);

CREATE INDEX catalogue_vouchervalue_service_id_96fb6c9a ON public.catalogue_vouchervalue USING btree (service_id);

CREATE INDEX changes_of_a_client ON public.orders_change USING btree (client_id, made_at DESC);

CREATE INDEX checks_to_be_made ON public.visits_check USING btree (organiser_id) WHERE ((found)::text = ''::text);

CREATE UNIQUE INDEX client_has_one_access_code_at_a_time ON public.clients_accesscode USING btree (client_id) WHERE (ended_at IS NULL);

CREATE UNIQUE INDEX client_is_in_a_programme_once ON public.clients_enrolment USING btree (client_id, programme_id) WHERE (NOT ((state)::text = ANY (ARRAY[('ended'::character varying)::text, ('withdrawn'::character varying)::text])));

CREATE INDEX clients_absence_client_id_c2747e59 ON public.clients_absence USING btree (client_id);

CREATE INDEX clients_absence_organiser_id_a2cb01b4 ON public.clients_absence USING btree (organiser_id);

CREATE INDEX clients_accesscode_client_id_0ccf8ff0 ON public.clients_accesscode USING btree (client_id);

CREATE INDEX clients_accesscode_code_digest_5d1670d3_like ON public.clients_accesscode USING btree (code_digest varchar_pattern_ops);

CREATE INDEX clients_accesscode_organiser_id_3076aa57 ON public.clients_accesscode USING btree (organiser_id);

CREATE INDEX clients_accessgrant_client_id_fb5694c3 ON public.clients_accessgrant USING btree (client_id);

CREATE INDEX clients_accessgrant_organiser_id_5206d530 ON public.clients_accessgrant USING btree (organiser_id);

CREATE INDEX clients_accessgrant_user_id_f39d7467 ON public.clients_accessgrant USING btree (user_id);

CREATE INDEX clients_by_name ON public.clients_client USING btree (organiser_id, family_name, given_name, id);

CREATE INDEX clients_client_case_manager_id_08e9ff58 ON public.clients_client USING btree (case_manager_id);

CREATE INDEX clients_client_organiser_id_75e971d4 ON public.clients_client USING btree (organiser_id);

CREATE INDEX clients_client_user_id_57c8fc4a ON public.clients_client USING btree (user_id);

CREATE INDEX clients_contact_client_id_77862ce8 ON public.clients_contact USING btree (client_id);

CREATE INDEX clients_contact_logged_by_id_89087948 ON public.clients_contact USING btree (logged_by_id);

CREATE INDEX clients_contact_organiser_id_e5ca4c41 ON public.clients_contact USING btree (organiser_id);

CREATE INDEX clients_cover_covered_by_id_067a644b ON public.clients_cover USING btree (covered_by_id);

CREATE INDEX clients_cover_organiser_id_2477c7c8 ON public.clients_cover USING btree (organiser_id);

CREATE INDEX clients_cover_user_id_61ba5d41 ON public.clients_cover USING btree (user_id);

CREATE INDEX clients_enrolment_client_id_c439c8fd ON public.clients_enrolment USING btree (client_id);

CREATE INDEX clients_enrolment_municipality_id_812f33a3 ON public.clients_enrolment USING btree (municipality_id);

CREATE INDEX clients_enrolment_organiser_id_21836a36 ON public.clients_enrolment USING btree (organiser_id);

CREATE INDEX clients_enrolment_programme_id_2c33274d ON public.clients_enrolment USING btree (programme_id);

CREATE INDEX clients_enrolment_target_group_id_279eff1c ON public.clients_enrolment USING btree (target_group_id);

CREATE INDEX clients_handover_client_id_068a43d5 ON public.clients_handover USING btree (client_id);

CREATE INDEX clients_handover_from_user_id_7b4bc289 ON public.clients_handover USING btree (from_user_id);

CREATE INDEX clients_handover_given_by_id_39fdf9c4 ON public.clients_handover USING btree (given_by_id);

CREATE INDEX clients_handover_organiser_id_6e5a58ed ON public.clients_handover USING btree (organiser_id);

CREATE INDEX clients_handover_to_user_id_a93d5a77 ON public.clients_handover USING btree (to_user_id);

CREATE INDEX clients_interest_earlier_id_7af526ec ON public.clients_interest USING btree (earlier_id);

CREATE INDEX clients_interest_municipality_id_8c9e6fe6 ON public.clients_interest USING btree (municipality_id);

CREATE INDEX clients_interest_organiser_id_fd19cedd ON public.clients_interest USING btree (organiser_id);

CREATE INDEX clients_interest_programme_id_f700b0af ON public.clients_interest USING btree (programme_id);

CREATE INDEX clients_interest_taken_by_id_45107685 ON public.clients_interest USING btree (taken_by_id);

CREATE INDEX clients_interest_target_group_id_4ccb63ae ON public.clients_interest USING btree (target_group_id);

CREATE INDEX clients_invitation_client_id_17ac4ecd ON public.clients_invitation USING btree (client_id);

CREATE INDEX clients_invitation_code_digest_bdd9813b_like ON public.clients_invitation USING btree (code_digest varchar_pattern_ops);

CREATE INDEX clients_invitation_invited_by_id_5d8ad873 ON public.clients_invitation USING btree (invited_by_id);

CREATE INDEX clients_invitation_organiser_id_e5459860 ON public.clients_invitation USING btree (organiser_id);

CREATE INDEX clients_mandate_client_id_7d7446d3 ON public.clients_mandate USING btree (client_id);

CREATE INDEX clients_mandate_organiser_id_74b8826b ON public.clients_mandate USING btree (organiser_id);

CREATE INDEX clients_mandate_user_id_6904786e ON public.clients_mandate USING btree (user_id);

CREATE INDEX clients_mending_client_id_2fe46d9b ON public.clients_mending USING btree (client_id);

CREATE INDEX clients_mending_mended_by_id_9726a0aa ON public.clients_mending USING btree (mended_by_id);

CREATE INDEX clients_mending_organiser_id_79de7624 ON public.clients_mending USING btree (organiser_id);

CREATE INDEX clients_not_yet_moved ON public.orders_moving USING btree (organiser_id, ends_on) WHERE (settled_at IS NULL);

CREATE INDEX clients_reception_organiser_id_c7b70f06 ON public.clients_reception USING btree (organiser_id);

CREATE INDEX clients_reception_user_id_1cef8a75 ON public.clients_reception USING btree (user_id);

CREATE UNIQUE INDEX company_changes_one_account_at_a_time ON public.providers_accountchange USING btree (provider_id) WHERE ((applied_at IS NULL) AND (withdrawn_at IS NULL));

CREATE UNIQUE INDEX company_has_one_open_application ON public.providers_application USING btree (programme_id, business_id) WHERE ((state)::text = ANY (ARRAY[('sent'::character varying)::text, ('clarification'::character varying)::text]));

CREATE INDEX contacts_of_a_client ON public.clients_contact USING btree (client_id, happened_at);

CREATE UNIQUE INDEX disputed_visit_has_one_thread ON public.messages_thread USING btree (visit_id) WHERE ((route)::text = 'visit'::text);

CREATE INDEX django_session_expire_date_a5c62663 ON public.django_session USING btree (expire_date);

CREATE INDEX django_session_session_key_c0390e0f_like ON public.django_session USING btree (session_key varchar_pattern_ops);

CREATE INDEX evaluation_answer_given_by_id_fc5a4346 ON public.evaluation_answer USING btree (given_by_id);

CREATE INDEX evaluation_answer_organiser_id_0aa0b0c8 ON public.evaluation_answer USING btree (organiser_id);

CREATE INDEX evaluation_answer_round_id_7e6936bc ON public.evaluation_answer USING btree (round_id);

CREATE INDEX evaluation_answersshown_chosen_by_id_50948b35 ON public.evaluation_answersshown USING btree (chosen_by_id);

CREATE INDEX evaluation_answersshown_organiser_id_5b8bcd04 ON public.evaluation_answersshown USING btree (organiser_id);

CREATE INDEX evaluation_round_answered_by_id_ae2947f1 ON public.evaluation_round USING btree (answered_by_id);

CREATE INDEX evaluation_round_client_id_55563286 ON public.evaluation_round USING btree (client_id);

CREATE INDEX evaluation_round_enrolment_id_bead6b5f ON public.evaluation_round USING btree (enrolment_id);

CREATE INDEX evaluation_round_organiser_id_42a02578 ON public.evaluation_round USING btree (organiser_id);

CREATE INDEX free_pots_by_day ON public.budgets_pot USING btree (organiser_id, ends_on, starts_on) INCLUDE (budget_id, account_id, granted_cents) WHERE ((granted_cents > 0) AND (service_id IS NULL));

CREATE INDEX idx_procrastinate_jobs_worker_not_null ON public.procrastinate_jobs USING btree (worker_id) WHERE ((worker_id IS NOT NULL) AND (status = 'doing'::public.procrastinate_job_status));

CREATE INDEX idx_procrastinate_workers_last_heartbeat ON public.procrastinate_workers USING btree (last_heartbeat);

CREATE INDEX kept_answers_by_age ON public.api_keptanswer USING btree (made_at);

CREATE INDEX ledger_account_organiser_id_6e6a27f2 ON public.ledger_account USING btree (organiser_id);

CREATE INDEX letter_waits_for_the_printer ON public.plans_delivery USING btree (organiser_id, queued_at) WHERE (sent_at IS NULL);

CREATE INDEX listing_of_a_kind ON public.catalogue_listing USING btree (programme_id, kind_id) INCLUDE (starts_on, ends_on, provider_id, offer_id);

CREATE INDEX listing_words ON public.catalogue_listing USING gin (words);

CREATE INDEX messages_attachment_message_id_6e2cb857 ON public.messages_attachment USING btree (message_id);

CREATE INDEX messages_attachment_organiser_id_c47b1802 ON public.messages_attachment USING btree (organiser_id);

CREATE INDEX messages_glance_organiser_id_1e3b403a ON public.messages_glance USING btree (organiser_id);

CREATE INDEX messages_glance_thread_id_dfda8c21 ON public.messages_glance USING btree (thread_id);

CREATE INDEX messages_glance_user_id_6abbe620 ON public.messages_glance USING btree (user_id);

CREATE INDEX messages_message_organiser_id_5e93ef72 ON public.messages_message USING btree (organiser_id);

CREATE INDEX messages_message_thread_id_ff002936 ON public.messages_message USING btree (thread_id);

CREATE INDEX messages_message_written_by_id_5723c18c ON public.messages_message USING btree (written_by_id);

CREATE INDEX messages_notice_organiser_id_bbc30904 ON public.messages_notice USING btree (organiser_id);

CREATE INDEX messages_notice_user_id_03aea4e3 ON public.messages_notice USING btree (user_id);

CREATE INDEX messages_noticechoice_organiser_id_eb5ecf3d ON public.messages_noticechoice USING btree (organiser_id);

CREATE INDEX messages_noticechoice_user_id_38880460 ON public.messages_noticechoice USING btree (user_id);

CREATE INDEX messages_thread_client_id_775f2107 ON public.messages_thread USING btree (client_id);

CREATE INDEX messages_thread_organiser_id_355e215c ON public.messages_thread USING btree (organiser_id);

CREATE INDEX messages_thread_provider_id_21cc9e00 ON public.messages_thread USING btree (provider_id);

CREATE INDEX messages_thread_visit_id_a135a618 ON public.messages_thread USING btree (visit_id);

CREATE INDEX needs_allocation_assessment_id_06350543 ON public.needs_allocation USING btree (assessment_id);

CREATE INDEX needs_allocation_organiser_id_4b2f861a ON public.needs_allocation USING btree (organiser_id);

CREATE INDEX needs_allocation_rule_id_2d07be2f ON public.needs_allocation USING btree (rule_id);

CREATE INDEX needs_allocationline_allocation_id_63be32a2 ON public.needs_allocationline USING btree (allocation_id);

CREATE INDEX needs_allocationline_organiser_id_49adf523 ON public.needs_allocationline USING btree (organiser_id);

CREATE INDEX needs_allocationline_service_id_cab36e75 ON public.needs_allocationline USING btree (service_id);

CREATE INDEX needs_assessment_enrolment_id_958628f4 ON public.needs_assessment USING btree (enrolment_id);

CREATE INDEX needs_assessment_organiser_id_d4f95026 ON public.needs_assessment USING btree (organiser_id);

CREATE INDEX needs_assessmentsave_assessment_id_5aba2d12 ON public.needs_assessmentsave USING btree (assessment_id);

CREATE INDEX needs_assessmentsave_organiser_id_873b25d6 ON public.needs_assessmentsave USING btree (organiser_id);

CREATE INDEX needs_consentpoint_enrolment_id_e6f39fdb ON public.needs_consentpoint USING btree (enrolment_id);

CREATE INDEX needs_consentpoint_organiser_id_ec503a86 ON public.needs_consentpoint USING btree (organiser_id);

CREATE INDEX needs_eligibilitycheck_enrolment_id_0e6f38ca ON public.needs_eligibilitycheck USING btree (enrolment_id);

CREATE INDEX needs_eligibilitycheck_organiser_id_f4694719 ON public.needs_eligibilitycheck USING btree (organiser_id);

CREATE INDEX needs_instrumentresult_enrolment_id_3e2f1539 ON public.needs_instrumentresult USING btree (enrolment_id);

CREATE INDEX needs_instrumentresult_organiser_id_73942102 ON public.needs_instrumentresult USING btree (organiser_id);

CREATE INDEX needs_need_assessment_id_3a0404dd ON public.needs_need USING btree (assessment_id);

CREATE INDEX needs_need_band_id_df2e1d09 ON public.needs_need USING btree (band_id);

CREATE INDEX needs_need_organiser_id_df8f6ac0 ON public.needs_need USING btree (organiser_id);

CREATE INDEX needs_need_service_id_f851f9bc ON public.needs_need USING btree (service_id);

CREATE INDEX notices_to_send ON public.messages_notice USING btree (organiser_id, made_at) WHERE (sent_at IS NULL);

CREATE UNIQUE INDEX one_assessment_is_under_way ON public.needs_assessment USING btree (enrolment_id) WHERE ((state)::text = 'started'::text);

CREATE UNIQUE INDEX one_claim_on_a_decision_is_open ON public.plans_claim USING btree (decision_id) WHERE (NOT ((state)::text = 'answered'::text));

CREATE UNIQUE INDEX one_clarification_is_open ON public.providers_clarification USING btree (application_id) WHERE (answered_at IS NULL);

CREATE UNIQUE INDEX one_plan_is_in_force ON public.plans_serviceplan USING btree (enrolment_id) WHERE ((state)::text = 'in_force'::text);

CREATE UNIQUE INDEX one_proposal_of_a_client_waits ON public.plans_decisionproposal USING btree (enrolment_id) WHERE ((state)::text = 'prepared'::text);

CREATE UNIQUE INDEX one_run_is_prepared_at_a_time ON public.settlements_run USING btree (programme_id) WHERE ((state)::text = 'prepared'::text);

CREATE INDEX openings_of_a_worker ON public.clients_accessgrant USING btree (user_id, client_id);

CREATE UNIQUE INDEX order_has_one_rating_now ON public.orders_rating USING btree (order_id) WHERE (superseded_at IS NULL);

CREATE UNIQUE INDEX order_has_one_visit_code_now ON public.visits_visitcode USING btree (order_id) WHERE (closed_at IS NULL);

CREATE INDEX orders_assignment_client_id_c3fdf911 ON public.orders_assignment USING btree (client_id);

CREATE INDEX orders_assignment_organiser_id_46e41d66 ON public.orders_assignment USING btree (organiser_id);

CREATE INDEX orders_assignment_provider_id_222aacff ON public.orders_assignment USING btree (provider_id);

CREATE INDEX orders_assignment_user_id_322f1551 ON public.orders_assignment USING btree (user_id);

CREATE INDEX orders_cancellation_order_id_d4fb1677 ON public.orders_cancellation USING btree (order_id);

CREATE INDEX orders_cancellation_organiser_id_4a19f960 ON public.orders_cancellation USING btree (organiser_id);

CREATE INDEX orders_change_client_id_f6243034 ON public.orders_change USING btree (client_id);

CREATE INDEX orders_change_enrolment_id_96d7b8f8 ON public.orders_change USING btree (enrolment_id);

CREATE INDEX orders_change_organiser_id_0bd60d93 ON public.orders_change USING btree (organiser_id);

CREATE INDEX orders_moving_client_id_02abea0e ON public.orders_moving USING btree (client_id);

CREATE INDEX orders_moving_organiser_id_424829ba ON public.orders_moving USING btree (organiser_id);

CREATE INDEX orders_order_client_id_67117a15 ON public.orders_order USING btree (client_id);

CREATE INDEX orders_order_enrolment_id_28a9dead ON public.orders_order USING btree (enrolment_id);

CREATE INDEX orders_order_offer_id_e5cfc432 ON public.orders_order USING btree (offer_id);

CREATE INDEX orders_order_provider_id_8c5b5fe6 ON public.orders_order USING btree (provider_id);

CREATE INDEX orders_order_unit_id_8bb51f99 ON public.orders_order USING btree (unit_id);

CREATE INDEX orders_rating_order_id_9c81d8cd ON public.orders_rating USING btree (order_id);

CREATE INDEX orders_rating_organiser_id_3a9c0218 ON public.orders_rating USING btree (organiser_id);

CREATE INDEX orders_slice_order_id_5afb22fb ON public.orders_slice USING btree (order_id);

CREATE INDEX orders_slice_pot_id_ac07e910 ON public.orders_slice USING btree (pot_id);

CREATE INDEX orders_slice_voucher_id_5788ea20 ON public.orders_slice USING btree (voucher_id);

CREATE INDEX organisers_organiser_code_e4697f79_like ON public.organisers_organiser USING btree (code varchar_pattern_ops);

CREATE UNIQUE INDEX plan_is_signed_once_on_paper ON public.plans_signature USING btree (plan_id) WHERE ((way)::text = 'paper'::text);

CREATE INDEX plans_claim_decision_id_195ea2dd ON public.plans_claim USING btree (decision_id);

CREATE INDEX plans_claim_organiser_id_4052f430 ON public.plans_claim USING btree (organiser_id);

CREATE INDEX plans_claim_paper_id_9389fe23 ON public.plans_claim USING btree (paper_id);

CREATE INDEX plans_decision_enrolment_id_9e539776 ON public.plans_decision USING btree (enrolment_id);

CREATE INDEX plans_decision_organiser_id_d0daf290 ON public.plans_decision USING btree (organiser_id);

CREATE INDEX plans_decision_plan_id_6d2f013d ON public.plans_decision USING btree (plan_id);

CREATE INDEX plans_decisiondocument_claim_id_9910a372 ON public.plans_decisiondocument USING btree (claim_id);

CREATE INDEX plans_decisiondocument_decision_id_29261169 ON public.plans_decisiondocument USING btree (decision_id);

CREATE INDEX plans_decisiondocument_organiser_id_6f5272e0 ON public.plans_decisiondocument USING btree (organiser_id);

CREATE INDEX plans_decisionpower_organiser_id_fa543c5f ON public.plans_decisionpower USING btree (organiser_id);

CREATE INDEX plans_decisionpower_user_id_15101f9f ON public.plans_decisionpower USING btree (user_id);

CREATE INDEX plans_decisionproposal_enrolment_id_cef61ef8 ON public.plans_decisionproposal USING btree (enrolment_id);

CREATE INDEX plans_decisionproposal_organiser_id_5c6a3557 ON public.plans_decisionproposal USING btree (organiser_id);

CREATE INDEX plans_decisionproposal_plan_id_d9d4f954 ON public.plans_decisionproposal USING btree (plan_id);

CREATE INDEX plans_delivery_claim_id_479f41e3 ON public.plans_delivery USING btree (claim_id);

CREATE INDEX plans_delivery_decision_id_cc941cba ON public.plans_delivery USING btree (decision_id);

CREATE INDEX plans_delivery_organiser_id_8abbf732 ON public.plans_delivery USING btree (organiser_id);

CREATE INDEX plans_paper_enrolment_id_18e1c4c8 ON public.plans_paper USING btree (enrolment_id);

CREATE INDEX plans_paper_organiser_id_c8de65e4 ON public.plans_paper USING btree (organiser_id);

CREATE INDEX plans_plancomment_organiser_id_037fd372 ON public.plans_plancomment USING btree (organiser_id);

CREATE INDEX plans_plancomment_plan_id_c5fe3c67 ON public.plans_plancomment USING btree (plan_id);

CREATE INDEX plans_planline_organiser_id_6465daa6 ON public.plans_planline USING btree (organiser_id);

CREATE INDEX plans_planline_plan_id_2839c7cb ON public.plans_planline USING btree (plan_id);

CREATE INDEX plans_planline_service_id_a12bb525 ON public.plans_planline USING btree (service_id);

CREATE INDEX plans_serviceplan_allocation_id_57eb9400 ON public.plans_serviceplan USING btree (allocation_id);

CREATE INDEX plans_serviceplan_enrolment_id_05ba29c3 ON public.plans_serviceplan USING btree (enrolment_id);

CREATE INDEX plans_serviceplan_organiser_id_ec1c7050 ON public.plans_serviceplan USING btree (organiser_id);

CREATE INDEX plans_serviceplan_support_plan_id_f9bd3d05 ON public.plans_serviceplan USING btree (support_plan_id);

CREATE INDEX plans_signature_organiser_id_ee5a8782 ON public.plans_signature USING btree (organiser_id);

CREATE INDEX plans_signature_paper_id_8dd95f0e ON public.plans_signature USING btree (paper_id);

CREATE INDEX plans_signature_plan_id_6538035c ON public.plans_signature USING btree (plan_id);

CREATE INDEX plans_supportplan_enrolment_id_c61dd489 ON public.plans_supportplan USING btree (enrolment_id);

CREATE INDEX plans_supportplan_organiser_id_1a2f971e ON public.plans_supportplan USING btree (organiser_id);

CREATE INDEX plans_that_wait ON public.plans_serviceplan USING btree (enrolment_id) WHERE ((state)::text = ANY (ARRAY[('draft'::character varying)::text, ('signed'::character varying)::text]));

CREATE INDEX price_known_now ON public.catalogue_price USING btree (offer_id, band_id) INCLUDE (cents, valid) WHERE (superseded_at IS NULL);

CREATE INDEX procrastinate_events_job_id_fkey_v1 ON public.procrastinate_events USING btree (job_id);

CREATE INDEX procrastinate_jobs_id_lock_idx_v1 ON public.procrastinate_jobs USING btree (id, lock) WHERE (status = ANY (ARRAY['todo'::public.procrastinate_job_status, 'doing'::public.procrastinate_job_status]));

CREATE UNIQUE INDEX procrastinate_jobs_lock_idx_v1 ON public.procrastinate_jobs USING btree (lock) WHERE (status = 'doing'::public.procrastinate_job_status);

CREATE INDEX procrastinate_jobs_priority_idx_v1 ON public.procrastinate_jobs USING btree (priority DESC, id) WHERE (status = 'todo'::public.procrastinate_job_status);

CREATE INDEX procrastinate_jobs_queue_name_idx_v1 ON public.procrastinate_jobs USING btree (queue_name);

CREATE UNIQUE INDEX procrastinate_jobs_queueing_lock_idx_v1 ON public.procrastinate_jobs USING btree (queueing_lock) WHERE (status = 'todo'::public.procrastinate_job_status);

CREATE INDEX procrastinate_periodic_defers_job_id_fkey_v1 ON public.procrastinate_periodic_defers USING btree (job_id);

CREATE INDEX programmes_allocationrule_organiser_id_f6dc98b0 ON public.programmes_allocationrule USING btree (organiser_id);

CREATE INDEX programmes_allocationrule_programme_id_5b32911a ON public.programmes_allocationrule USING btree (programme_id);

CREATE INDEX programmes_fundingshare_organiser_id_0614215a ON public.programmes_fundingshare USING btree (organiser_id);

CREATE INDEX programmes_fundingshare_programme_id_03f6d5ed ON public.programmes_fundingshare USING btree (programme_id);

CREATE INDEX programmes_importrun_organiser_id_be42fd2c ON public.programmes_importrun USING btree (organiser_id);

CREATE INDEX programmes_importrun_programme_id_e0b16ffd ON public.programmes_importrun USING btree (programme_id);

CREATE INDEX programmes_lettertext_organiser_id_c99bcd32 ON public.programmes_lettertext USING btree (organiser_id);

CREATE INDEX programmes_lettertext_programme_id_ae1ba981 ON public.programmes_lettertext USING btree (programme_id);

CREATE INDEX programmes_municipality_organiser_id_1269349c ON public.programmes_municipality USING btree (organiser_id);

CREATE INDEX programmes_municipality_programme_id_560d81d8 ON public.programmes_municipality USING btree (programme_id);

CREATE INDEX programmes_packdraft_organiser_id_5dfab376 ON public.programmes_packdraft USING btree (organiser_id);

CREATE INDEX programmes_packdraft_programme_id_5a10bc93 ON public.programmes_packdraft USING btree (programme_id);

CREATE INDEX programmes_packload_organiser_id_8c18f149 ON public.programmes_packload USING btree (organiser_id);

CREATE INDEX programmes_packload_programme_id_7bcf2ee7 ON public.programmes_packload USING btree (programme_id);

CREATE INDEX programmes_phase_organiser_id_4ae4608e ON public.programmes_phase USING btree (organiser_id);

CREATE INDEX programmes_phase_programme_id_e7d510ee ON public.programmes_phase USING btree (programme_id);

CREATE INDEX programmes_programme_code_adff6599 ON public.programmes_programme USING btree (code);

CREATE INDEX programmes_programme_code_adff6599_like ON public.programmes_programme USING btree (code varchar_pattern_ops);

CREATE INDEX programmes_programme_funding_account_id_34a0959f ON public.programmes_programme USING btree (funding_account_id);

CREATE INDEX programmes_programme_organiser_id_dc482d69 ON public.programmes_programme USING btree (organiser_id);

CREATE INDEX programmes_quota_organiser_id_1914da02 ON public.programmes_quota USING btree (organiser_id);

CREATE INDEX programmes_quota_programme_id_280ada05 ON public.programmes_quota USING btree (programme_id);

CREATE INDEX programmes_rulebook_organiser_id_84de5127 ON public.programmes_rulebook USING btree (organiser_id);

CREATE INDEX programmes_rulebook_programme_id_79232799 ON public.programmes_rulebook USING btree (programme_id);

CREATE INDEX programmes_targetgroup_organiser_id_10b1948b ON public.programmes_targetgroup USING btree (organiser_id);

CREATE INDEX programmes_targetgroup_programme_id_336c67b8 ON public.programmes_targetgroup USING btree (programme_id);

CREATE INDEX providers_accountchange_organiser_id_8c588f80 ON public.providers_accountchange USING btree (organiser_id);

CREATE INDEX providers_accountchange_provider_id_4bd42ed6 ON public.providers_accountchange USING btree (provider_id);

CREATE INDEX providers_application_applicant_id_3e0c6c8d ON public.providers_application USING btree (applicant_id);

CREATE INDEX providers_application_approval_id_16781f92 ON public.providers_application USING btree (approval_id);

CREATE INDEX providers_application_organiser_id_c1bb9d9a ON public.providers_application USING btree (organiser_id);

CREATE INDEX providers_application_programme_id_9b82ce33 ON public.providers_application USING btree (programme_id);

CREATE INDEX providers_application_rulebook_id_9c1bf872 ON public.providers_application USING btree (rulebook_id);

CREATE INDEX providers_applicationline_application_id_0531c376 ON public.providers_applicationline USING btree (application_id);

CREATE INDEX providers_applicationline_organiser_id_58d45aaa ON public.providers_applicationline USING btree (organiser_id);

CREATE INDEX providers_approval_organiser_id_62c5a824 ON public.providers_approval USING btree (organiser_id);

CREATE INDEX providers_approval_programme_id_e96d0fb5 ON public.providers_approval USING btree (programme_id);

CREATE INDEX providers_approval_provider_id_4e9b49e8 ON public.providers_approval USING btree (provider_id);

CREATE INDEX providers_approval_rulebook_id_fbf25236 ON public.providers_approval USING btree (rulebook_id);

CREATE INDEX providers_clarification_application_id_7dca519c ON public.providers_clarification USING btree (application_id);

CREATE INDEX providers_clarification_organiser_id_baad9ea9 ON public.providers_clarification USING btree (organiser_id);

CREATE INDEX providers_evidence_application_id_2dcbacd2 ON public.providers_evidence USING btree (application_id);

CREATE INDEX providers_evidence_organiser_id_15334336 ON public.providers_evidence USING btree (organiser_id);

CREATE INDEX providers_passport_keeper_id_32f69e28 ON public.providers_passport USING btree (keeper_id);

CREATE INDEX providers_passportpaper_passport_id_207cbc51 ON public.providers_passportpaper USING btree (passport_id);

CREATE INDEX providers_provider_business_id_6c616c58_like ON public.providers_provider USING btree (business_id varchar_pattern_ops);

CREATE INDEX providers_provideraccount_organiser_id_7b22ddf1 ON public.providers_provideraccount USING btree (organiser_id);

CREATE INDEX providers_provideraccount_provider_id_ae413c63 ON public.providers_provideraccount USING btree (provider_id);

CREATE INDEX providers_registerentry_organiser_id_acdf9fd8 ON public.providers_registerentry USING btree (organiser_id);

CREATE INDEX providers_suspension_approval_id_2902717b ON public.providers_suspension USING btree (approval_id);

CREATE INDEX providers_suspension_organiser_id_bd20bdb0 ON public.providers_suspension USING btree (organiser_id);

CREATE INDEX providers_unit_provider_id_60374a5d ON public.providers_unit USING btree (provider_id);

CREATE INDEX providers_withdrawalwork_approval_id_43ea4c65 ON public.providers_withdrawalwork USING btree (approval_id);

CREATE INDEX providers_withdrawalwork_organiser_id_24fe8d5a ON public.providers_withdrawalwork USING btree (organiser_id);

CREATE INDEX providers_worker_provider_id_74018536 ON public.providers_worker USING btree (provider_id);

CREATE INDEX providers_worker_unit_id_11b17d2d ON public.providers_worker USING btree (unit_id);

CREATE INDEX providers_worker_user_id_a2dd3b1b ON public.providers_worker USING btree (user_id);

CREATE INDEX queues_of_a_programme ON public.clients_enrolment USING btree (programme_id, applied_at) WHERE ((state)::text = 'queued'::text);

CREATE UNIQUE INDEX reference_is_used_once ON public.visits_visit USING btree (organiser_id, provider_id, reference) WHERE ((NOT ((state)::text = 'rejected'::text)) OR (withdrawn_at IS NOT NULL));

CREATE INDEX rounds_of_a_client ON public.evaluation_round USING btree (client_id, state);

CREATE UNIQUE INDEX service_is_bought_in_one_way ON public.plans_planline USING btree (plan_id, service_id) WHERE ((way)::text = ANY (ARRAY[('budget'::character varying)::text, ('voucher'::character varying)::text]));

CREATE INDEX settlements_payment_organiser_id_106d0f2c ON public.settlements_payment USING btree (organiser_id);

CREATE INDEX settlements_payment_reference_c1667afa_like ON public.settlements_payment USING btree (reference varchar_pattern_ops);

CREATE INDEX settlements_payment_repaid_in_id_3f742b0f ON public.settlements_payment USING btree (repaid_in_id);

CREATE INDEX settlements_run_organiser_id_188d2fe4 ON public.settlements_run USING btree (organiser_id);

CREATE INDEX settlements_run_programme_id_799e0b7d ON public.settlements_run USING btree (programme_id);

CREATE INDEX settlements_runcorrection_run_id_51a31e5b ON public.settlements_runcorrection USING btree (run_id);

CREATE INDEX settlements_runvisit_run_id_2168d038 ON public.settlements_runvisit USING btree (run_id);

CREATE INDEX settlements_statement_organiser_id_c05fedfe ON public.settlements_statement USING btree (organiser_id);

CREATE INDEX settlements_statement_provider_id_902402e8 ON public.settlements_statement USING btree (provider_id);

CREATE INDEX settlements_statement_run_id_4499da40 ON public.settlements_statement USING btree (run_id);

CREATE INDEX settlements_statementline_statement_id_56f15d33 ON public.settlements_statementline USING btree (statement_id);

CREATE INDEX slices_that_lack_money ON public.orders_slice USING btree (organiser_id) WHERE (lacking_cents > 0);

CREATE INDEX subscriptions_in_use ON public.api_subscription USING btree (organiser_id, provider_id) WHERE (ended_at IS NULL);

CREATE INDEX texts_of_a_letter ON public.programmes_lettertext USING btree (programme_id, kind, language);

CREATE INDEX threads_of_a_client ON public.messages_thread USING btree (client_id, last_at DESC);

CREATE INDEX transfer_by_cause ON public.ledger_transfer USING btree (cause_kind, cause_id);

CREATE INDEX tray_word_letters ON public.catalogue_trayword USING gin (text public.gin_trgm_ops);

CREATE UNIQUE INDEX unit_of_a_company_has_its_own_name ON public.providers_unit USING btree (provider_id, name) WHERE (upper(valid) IS NULL);

CREATE INDEX used_codes_without_their_visit ON public.visits_visitcode USING btree (order_id) WHERE ((used_at IS NOT NULL) AND (visit_id IS NULL));

CREATE INDEX users_holding_organiser_id_d9eb35f4 ON public.users_holding USING btree (organiser_id);

CREATE INDEX users_holding_user_id_89217f7e ON public.users_holding USING btree (user_id);

CREATE INDEX users_roleinvitation_accepted_by_id_be5310db ON public.users_roleinvitation USING btree (accepted_by_id);

CREATE INDEX users_roleinvitation_code_digest_648c0a1a_like ON public.users_roleinvitation USING btree (code_digest varchar_pattern_ops);

CREATE INDEX users_roleinvitation_invited_by_id_509d72af ON public.users_roleinvitation USING btree (invited_by_id);

CREATE INDEX users_roleinvitation_organiser_id_1aa17765 ON public.users_roleinvitation USING btree (organiser_id);

CREATE INDEX users_tries_last_at_4bf0c607 ON public.users_tries USING btree (last_at);

CREATE INDEX users_tries_mark_24727e70_like ON public.users_tries USING btree (mark varchar_pattern_ops);

CREATE INDEX users_user_username_06e46fe6_like ON public.users_user USING btree (username varchar_pattern_ops);

CREATE INDEX visit_by_client_time ON public.visits_visit USING btree (client_id, started_at);

CREATE INDEX visit_by_day ON public.visits_visit USING btree (organiser_id, served_on);

CREATE INDEX visit_by_worker_time ON public.visits_visit USING btree (provider_id, worker, started_at) WHERE (NOT ((worker)::text = ''::text));

CREATE INDEX visit_files_not_purged ON public.visits_visitfile USING btree (organiser_id) WHERE (purged_at IS NULL);

CREATE INDEX visits_batch_organiser_id_28fac23e ON public.visits_batch USING btree (organiser_id);

CREATE INDEX visits_batch_provider_id_c84a5f14 ON public.visits_batch USING btree (provider_id);

CREATE INDEX visits_check_drawing_id_460b7d7d ON public.visits_check USING btree (drawing_id);

CREATE INDEX visits_check_organiser_id_088fc727 ON public.visits_check USING btree (organiser_id);

CREATE INDEX visits_check_provider_id_09b2bf3d ON public.visits_check USING btree (provider_id);

CREATE INDEX visits_correction_organiser_id_afa2f863 ON public.visits_correction USING btree (organiser_id);

CREATE INDEX visits_correction_visit_id_424995d1 ON public.visits_correction USING btree (visit_id);

CREATE INDEX visits_drawing_organiser_id_62323d66 ON public.visits_drawing USING btree (organiser_id);

CREATE INDEX visits_filepiece_file_id_defd185d ON public.visits_filepiece USING btree (file_id);

CREATE INDEX visits_mending_organiser_id_85b352c8 ON public.visits_mending USING btree (organiser_id);

CREATE INDEX visits_refusedline_batch_id_67577f28 ON public.visits_refusedline USING btree (batch_id);

CREATE INDEX visits_refusedline_organiser_id_7471427a ON public.visits_refusedline USING btree (organiser_id);

CREATE INDEX visits_startedvisit_order_id_38a8c87e ON public.visits_startedvisit USING btree (order_id);

CREATE INDEX visits_startedvisit_organiser_id_8dce969f ON public.visits_startedvisit USING btree (organiser_id);

CREATE INDEX visits_startedvisit_provider_id_3147c80e ON public.visits_startedvisit USING btree (provider_id);

CREATE INDEX visits_that_need_a_person ON public.visits_visit USING btree (client_id) WHERE ((state)::text = ANY (ARRAY[('disputed'::character varying)::text, ('in_review'::character varying)::text]));

CREATE INDEX visits_visit_slice_id_9e8d9da6 ON public.visits_visit USING btree (slice_id);

CREATE INDEX visits_visitcode_order_id_7d9fee75 ON public.visits_visitcode USING btree (order_id);

CREATE INDEX visits_visitcode_organiser_id_025c62cb ON public.visits_visitcode USING btree (organiser_id);

CREATE INDEX visits_visitfile_organiser_id_e9c4bbca ON public.visits_visitfile USING btree (organiser_id);

CREATE INDEX visits_visitfile_provider_id_1d13a133 ON public.visits_visitfile USING btree (provider_id);

CREATE INDEX wishes_basket_client_id_5ccd16f4 ON public.wishes_basket USING btree (client_id);

CREATE INDEX wishes_basket_enrolment_id_96397354 ON public.wishes_basket USING btree (enrolment_id);

CREATE INDEX wishes_basket_organiser_id_1b0831e0 ON public.wishes_basket USING btree (organiser_id);

CREATE INDEX wishes_basketline_basket_id_8ac1438b ON public.wishes_basketline USING btree (basket_id);

CREATE INDEX wishes_basketline_offer_id_ecface2f ON public.wishes_basketline USING btree (offer_id);

CREATE INDEX wishes_basketline_organiser_id_d7234aaf ON public.wishes_basketline USING btree (organiser_id);

CREATE INDEX wishes_basketline_service_id_62cc1e50 ON public.wishes_basketline USING btree (service_id);

CREATE INDEX wishes_requeststep_organiser_id_cce83ebe ON public.wishes_requeststep USING btree (organiser_id);

CREATE INDEX wishes_requeststep_request_id_2b8c4f47 ON public.wishes_requeststep USING btree (request_id);

CREATE INDEX wishes_requeststep_taken_by_id_b6abd064 ON public.wishes_requeststep USING btree (taken_by_id);

CREATE INDEX wishes_trayrequest_application_id_13e53bfd ON public.wishes_trayrequest USING btree (application_id);

CREATE INDEX wishes_trayrequest_client_id_1bbc3d00 ON public.wishes_trayrequest USING btree (client_id);

CREATE INDEX wishes_trayrequest_enrolment_id_2057c3b4 ON public.wishes_trayrequest USING btree (enrolment_id);

CREATE INDEX wishes_trayrequest_offer_id_7a53ffae ON public.wishes_trayrequest USING btree (offer_id);

CREATE INDEX wishes_trayrequest_organiser_id_0da2e076 ON public.wishes_trayrequest USING btree (organiser_id);

CREATE UNIQUE INDEX worker_has_one_visit_going_on_for_an_order ON public.visits_startedvisit USING btree (order_id, user_id) WHERE (closed_at IS NULL);

CREATE TRIGGER accounts_follow AFTER INSERT ON public.ledger_transfer REFERENCING NEW TABLE AS posted FOR EACH STATEMENT EXECUTE FUNCTION public.ledger_follow_transfers();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit_entry FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.budgets_voucherinformation FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.ledger_transfer FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.messages_attachment FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.messages_message FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.plans_decisiondocument FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.plans_paper FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.plans_plancomment FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.plans_signature FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.programmes_lettertext FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.wishes_requeststep FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER changes_in_scope BEFORE DELETE OR UPDATE ON public.organisers_organiser FOR EACH ROW EXECUTE FUNCTION public.organiser_changes_in_scope();

CREATE TRIGGER decision_stands BEFORE DELETE OR UPDATE ON public.plans_decision FOR EACH ROW EXECUTE FUNCTION public.decision_stands();

CREATE TRIGGER decisions_stay BEFORE TRUNCATE ON public.plans_decision FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER listings_follow_delete AFTER DELETE ON public.catalogue_offer REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.catalogue_follow_facts();

CREATE TRIGGER listings_follow_delete AFTER DELETE ON public.programmes_municipality REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.catalogue_follow_facts();

CREATE TRIGGER listings_follow_insert AFTER INSERT ON public.catalogue_offer REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.catalogue_follow_facts();

CREATE TRIGGER listings_follow_insert AFTER INSERT ON public.programmes_municipality REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.catalogue_follow_facts();

CREATE TRIGGER listings_follow_update AFTER UPDATE ON public.catalogue_offer REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.catalogue_follow_facts();

CREATE TRIGGER listings_follow_update AFTER UPDATE ON public.catalogue_service REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.catalogue_follow_facts();

CREATE TRIGGER listings_follow_update AFTER UPDATE ON public.programmes_municipality REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.catalogue_follow_facts();

CREATE TRIGGER listings_follow_update AFTER UPDATE ON public.programmes_programme REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.catalogue_follow_facts();

CREATE TRIGGER listings_follow_update AFTER UPDATE ON public.providers_approval REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.catalogue_follow_facts();

CREATE TRIGGER listings_follow_update AFTER UPDATE ON public.providers_provider REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.catalogue_follow_facts();

CREATE TRIGGER no_sandbox BEFORE INSERT ON public.catalogue_listing FOR EACH ROW EXECUTE FUNCTION public.catalogue_no_sandbox();

CREATE TRIGGER opens_empty BEFORE INSERT ON public.ledger_account FOR EACH ROW WHEN (((new.debits <> 0) OR (new.credits <> 0))) EXECUTE FUNCTION public.ledger_account_opens_empty();

CREATE TRIGGER payment_goes_to_the_provider BEFORE INSERT OR UPDATE ON public.settlements_payment FOR EACH ROW EXECUTE FUNCTION public.payment_goes_to_the_provider();

CREATE TRIGGER procrastinate_jobs_notify_queue_job_aborted_v1 AFTER UPDATE OF abort_requested ON public.procrastinate_jobs FOR EACH ROW WHEN (((old.abort_requested = false) AND (new.abort_requested = true) AND (new.status = 'doing'::public.procrastinate_job_status))) EXECUTE FUNCTION public.procrastinate_notify_queue_abort_job_v1();

CREATE TRIGGER procrastinate_jobs_notify_queue_job_inserted_v1 AFTER INSERT ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.status = 'todo'::public.procrastinate_job_status)) EXECUTE FUNCTION public.procrastinate_notify_queue_job_inserted_v1();

CREATE TRIGGER procrastinate_trigger_abort_requested_events_v1 AFTER UPDATE OF abort_requested ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.abort_requested = true)) EXECUTE FUNCTION public.procrastinate_trigger_abort_requested_events_procedure_v1();

CREATE TRIGGER procrastinate_trigger_delete_jobs_v1 BEFORE DELETE ON public.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION public.procrastinate_unlink_periodic_defers_v1();

CREATE TRIGGER procrastinate_trigger_scheduled_events_v1 AFTER INSERT OR UPDATE ON public.procrastinate_jobs FOR EACH ROW WHEN (((new.scheduled_at IS NOT NULL) AND (new.status = 'todo'::public.procrastinate_job_status))) EXECUTE FUNCTION public.procrastinate_trigger_function_scheduled_events_v1();

CREATE TRIGGER procrastinate_trigger_status_events_insert_v1 AFTER INSERT ON public.procrastinate_jobs FOR EACH ROW WHEN ((new.status = 'todo'::public.procrastinate_job_status)) EXECUTE FUNCTION public.procrastinate_trigger_function_status_events_insert_v1();

CREATE TRIGGER procrastinate_trigger_status_events_update_v1 AFTER UPDATE OF status ON public.procrastinate_jobs FOR EACH ROW EXECUTE FUNCTION public.procrastinate_trigger_function_status_events_update_v1();

CREATE TRIGGER tells_of_events AFTER INSERT ON public.audit_entry REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.api_tell_of_events();

CREATE TRIGGER visit_code_is_of_its_visits_order BEFORE INSERT OR UPDATE ON public.visits_visitcode FOR EACH ROW EXECUTE FUNCTION public.visit_code_is_of_its_visits_order();

ALTER TABLE ONLY public.api_apiclient
    ADD CONSTRAINT api_apiclient_organiser_id_0baecac1_fk_organisers_organiser_id FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.api_apiclient
    ADD CONSTRAINT api_apiclient_provider_id_50f0c738_fk_providers_provider_id FOREIGN KEY (provider_id) REFERENCES public.providers_provider(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.api_apiclient
    ADD CONSTRAINT api_apiclient_unit_of_its_company FOREIGN KEY (unit_id, provider_id) REFERENCES public.providers_unit(id, provider_id);

ALTER TABLE ONLY public.api_apiclient
    ADD CONSTRAINT api_apiclient_user_id_86234a7b_fk_users_user_id FOREIGN KEY (user_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.api_event
    ADD CONSTRAINT api_event_organiser_id_22283727_fk_organisers_organiser_id FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.api_event
    ADD CONSTRAINT api_event_provider_id_b41ff771_fk_providers_provider_id FOREIGN KEY (provider_id) REFERENCES public.providers_provider(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.api_keptanswer
    ADD CONSTRAINT api_keptanswer_client_id_ade7d10b_fk_api_apiclient_id FOREIGN KEY (client_id) REFERENCES public.api_apiclient(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.api_keptanswer
    ADD CONSTRAINT api_keptanswer_organiser_id_f84dfcab_fk_organisers_organiser_id FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.api_sending
    ADD CONSTRAINT api_sending_event_id_cd26dfc2_fk_api_event_id FOREIGN KEY (event_id) REFERENCES public.api_event(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.api_sending
    ADD CONSTRAINT api_sending_organiser_id_ab9ce4f8_fk_organisers_organiser_id FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.api_sending
    ADD CONSTRAINT api_sending_subscription_id_d749a75f_fk_api_subscription_id FOREIGN KEY (subscription_id) REFERENCES public.api_subscription(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.api_subscription
    ADD CONSTRAINT api_subscription_client_id_24574758_fk_api_apiclient_id FOREIGN KEY (client_id) REFERENCES public.api_apiclient(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.api_subscription
    ADD CONSTRAINT api_subscription_organiser_id_37df98a7_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.api_subscription
    ADD CONSTRAINT api_subscription_provider_id_779def7a_fk_providers_provider_id FOREIGN KEY (provider_id) REFERENCES public.providers_provider(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.api_usage
    ADD CONSTRAINT api_usage_client_id_d09885a1_fk_api_apiclient_id FOREIGN KEY (client_id) REFERENCES public.api_apiclient(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.api_usage
    ADD CONSTRAINT api_usage_organiser_id_7b9d8ca5_fk_organisers_organiser_id FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.audit_entry
    ADD CONSTRAINT audit_entry_organiser_id_cccf82ea_fk_organisers_organiser_id FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE;

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissio_permission_id_84c5c92e_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_b120cbf9_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_2f476e4b_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.budgets_budget
    ADD CONSTRAINT budgets_budget_decision_id_2d0320ee_fk_plans_decision_id FOREIGN KEY (decision_id) REFERENCES public.plans_decision(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.budgets_budget
    ADD CONSTRAINT budgets_budget_enrolment_id_68f82fe6_fk_clients_enrolment_id FOREIGN KEY (enrolment_id) REFERENCES public.clients_enrolment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.budgets_budget
    ADD CONSTRAINT budgets_budget_organiser_id_59df33ae_fk_organisers_organiser_id FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.budgets_pot
    ADD CONSTRAINT budgets_pot_account_id_89ce331a_fk_ledger_account_id FOREIGN KEY (account_id) REFERENCES public.ledger_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.budgets_pot
    ADD CONSTRAINT budgets_pot_budget_id_2f29facc_fk_budgets_budget_id FOREIGN KEY (budget_id) REFERENCES public.budgets_budget(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.budgets_pot
    ADD CONSTRAINT budgets_pot_organiser_id_bb32cb83_fk_organisers_organiser_id FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.budgets_pot
    ADD CONSTRAINT budgets_pot_service_id_4f3613a7_fk_catalogue_service_id FOREIGN KEY (service_id) REFERENCES public.catalogue_service(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.budgets_voucher
    ADD CONSTRAINT budgets_voucher_account_id_1bcbe10d_fk_ledger_account_id FOREIGN KEY (account_id) REFERENCES public.ledger_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.budgets_voucher
    ADD CONSTRAINT budgets_voucher_decision_id_a7b070c4_fk_plans_decision_id FOREIGN KEY (decision_id) REFERENCES public.plans_decision(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.budgets_voucher
    ADD CONSTRAINT budgets_voucher_enrolment_id_1fa313fe_fk_clients_enrolment_id FOREIGN KEY (enrolment_id) REFERENCES public.clients_enrolment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.budgets_voucher
    ADD CONSTRAINT budgets_voucher_organiser_id_cbf79edf_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.budgets_voucher
    ADD CONSTRAINT budgets_voucher_service_id_7a72cc2d_fk_catalogue_service_id FOREIGN KEY (service_id) REFERENCES public.catalogue_service(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.budgets_voucherinformation
    ADD CONSTRAINT budgets_voucherinfor_organiser_id_ce3916a0_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.budgets_voucherinformation
    ADD CONSTRAINT budgets_voucherinfor_voucher_id_9c01bc46_fk_budgets_v FOREIGN KEY (voucher_id) REFERENCES public.budgets_voucher(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.budgets_voucherunit
    ADD CONSTRAINT budgets_voucherunit_band_id_13331c5d_fk_catalogue_timeband_id FOREIGN KEY (band_id) REFERENCES public.catalogue_timeband(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.budgets_voucherunit
    ADD CONSTRAINT budgets_voucherunit_organiser_id_b63a5297_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.budgets_voucherunit
    ADD CONSTRAINT budgets_voucherunit_voucher_id_57168501_fk_budgets_voucher_id FOREIGN KEY (voucher_id) REFERENCES public.budgets_voucher(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.catalogue_listing
    ADD CONSTRAINT catalogue_listing_kind_id_f2ded5ed_fk_catalogue_listingkind_id FOREIGN KEY (kind_id) REFERENCES public.catalogue_listingkind(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.catalogue_listing
    ADD CONSTRAINT catalogue_listing_offer_id_fcdb7123_fk_catalogue_offer_id FOREIGN KEY (offer_id) REFERENCES public.catalogue_offer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.catalogue_listing
    ADD CONSTRAINT catalogue_listing_organiser_id_846a972d_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.catalogue_listing
    ADD CONSTRAINT catalogue_listing_programme_id_31c9411f_fk_programme FOREIGN KEY (programme_id) REFERENCES public.programmes_programme(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.catalogue_listing
    ADD CONSTRAINT catalogue_listing_provider_id_965c51b0_fk_providers_provider_id FOREIGN KEY (provider_id) REFERENCES public.providers_provider(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.catalogue_listingkind
    ADD CONSTRAINT catalogue_listingkin_organiser_id_44e1f7e8_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.catalogue_listingkind
    ADD CONSTRAINT catalogue_listingkin_service_id_e59469dd_fk_catalogue FOREIGN KEY (service_id) REFERENCES public.catalogue_service(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.catalogue_offer
    ADD CONSTRAINT catalogue_offer_approval_id_09f8b5c1_fk_providers_approval_id FOREIGN KEY (approval_id) REFERENCES public.providers_approval(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.catalogue_offer
    ADD CONSTRAINT catalogue_offer_organiser_id_5e18f7a1_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.catalogue_offer
    ADD CONSTRAINT catalogue_offer_service_id_a038af20_fk_catalogue_service_id FOREIGN KEY (service_id) REFERENCES public.catalogue_service(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.catalogue_price
    ADD CONSTRAINT catalogue_price_band_id_f275a1d6_fk_catalogue_timeband_id FOREIGN KEY (band_id) REFERENCES public.catalogue_timeband(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.catalogue_price
    ADD CONSTRAINT catalogue_price_offer_id_d770ba26_fk_catalogue_offer_id FOREIGN KEY (offer_id) REFERENCES public.catalogue_offer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.catalogue_price
    ADD CONSTRAINT catalogue_price_organiser_id_ee759767_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.catalogue_referenceprice
    ADD CONSTRAINT catalogue_referencep_band_id_f7201b12_fk_catalogue FOREIGN KEY (band_id) REFERENCES public.catalogue_timeband(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.catalogue_referenceprice
    ADD CONSTRAINT catalogue_referencep_organiser_id_695b9e03_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.catalogue_referenceprice
    ADD CONSTRAINT catalogue_referencep_service_id_feade46c_fk_catalogue FOREIGN KEY (service_id) REFERENCES public.catalogue_service(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.catalogue_service
    ADD CONSTRAINT catalogue_service_organiser_id_b0426028_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.catalogue_service
    ADD CONSTRAINT catalogue_service_programme_id_130399bf_fk_programme FOREIGN KEY (programme_id) REFERENCES public.programmes_programme(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.catalogue_timeband
    ADD CONSTRAINT catalogue_timeband_organiser_id_401595b4_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.catalogue_timeband
    ADD CONSTRAINT catalogue_timeband_programme_id_e37f4ad2_fk_programme FOREIGN KEY (programme_id) REFERENCES public.programmes_programme(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.catalogue_vouchervalue
    ADD CONSTRAINT catalogue_voucherval_band_id_fba1099b_fk_catalogue FOREIGN KEY (band_id) REFERENCES public.catalogue_timeband(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.catalogue_vouchervalue
    ADD CONSTRAINT catalogue_voucherval_organiser_id_dae7fc52_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.catalogue_vouchervalue
    ADD CONSTRAINT catalogue_voucherval_service_id_96fb6c9a_fk_catalogue FOREIGN KEY (service_id) REFERENCES public.catalogue_service(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_absence
    ADD CONSTRAINT clients_absence_client_id_c2747e59_fk_clients_client_id FOREIGN KEY (client_id) REFERENCES public.clients_client(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_absence
    ADD CONSTRAINT clients_absence_organiser_id_a2cb01b4_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_accesscode
    ADD CONSTRAINT clients_accesscode_client_id_0ccf8ff0_fk_clients_client_id FOREIGN KEY (client_id) REFERENCES public.clients_client(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_accesscode
    ADD CONSTRAINT clients_accesscode_organiser_id_3076aa57_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_accessgrant
    ADD CONSTRAINT clients_accessgrant_client_id_fb5694c3_fk_clients_client_id FOREIGN KEY (client_id) REFERENCES public.clients_client(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_accessgrant
    ADD CONSTRAINT clients_accessgrant_organiser_id_5206d530_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_accessgrant
    ADD CONSTRAINT clients_accessgrant_user_id_f39d7467_fk_users_user_id FOREIGN KEY (user_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_client
    ADD CONSTRAINT clients_client_case_manager_id_08e9ff58_fk_users_user_id FOREIGN KEY (case_manager_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_client
    ADD CONSTRAINT clients_client_organiser_id_75e971d4_fk_organisers_organiser_id FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_client
    ADD CONSTRAINT clients_client_user_id_57c8fc4a_fk_users_user_id FOREIGN KEY (user_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_contact
    ADD CONSTRAINT clients_contact_client_id_77862ce8_fk_clients_client_id FOREIGN KEY (client_id) REFERENCES public.clients_client(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_contact
    ADD CONSTRAINT clients_contact_logged_by_id_89087948_fk_users_user_id FOREIGN KEY (logged_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_contact
    ADD CONSTRAINT clients_contact_organiser_id_e5ca4c41_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_cover
    ADD CONSTRAINT clients_cover_covered_by_id_067a644b_fk_users_user_id FOREIGN KEY (covered_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_cover
    ADD CONSTRAINT clients_cover_organiser_id_2477c7c8_fk_organisers_organiser_id FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_cover
    ADD CONSTRAINT clients_cover_user_id_61ba5d41_fk_users_user_id FOREIGN KEY (user_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_enrolment
    ADD CONSTRAINT clients_enrolment_client_id_c439c8fd_fk_clients_client_id FOREIGN KEY (client_id) REFERENCES public.clients_client(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_enrolment
    ADD CONSTRAINT clients_enrolment_municipality_id_812f33a3_fk_programme FOREIGN KEY (municipality_id) REFERENCES public.programmes_municipality(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_enrolment
    ADD CONSTRAINT clients_enrolment_organiser_id_21836a36_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_enrolment
    ADD CONSTRAINT clients_enrolment_programme_id_2c33274d_fk_programme FOREIGN KEY (programme_id) REFERENCES public.programmes_programme(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_enrolment
    ADD CONSTRAINT clients_enrolment_target_group_id_279eff1c_fk_programme FOREIGN KEY (target_group_id) REFERENCES public.programmes_targetgroup(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_handover
    ADD CONSTRAINT clients_handover_client_id_068a43d5_fk_clients_client_id FOREIGN KEY (client_id) REFERENCES public.clients_client(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_handover
    ADD CONSTRAINT clients_handover_from_user_id_7b4bc289_fk_users_user_id FOREIGN KEY (from_user_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_handover
    ADD CONSTRAINT clients_handover_given_by_id_39fdf9c4_fk_users_user_id FOREIGN KEY (given_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_handover
    ADD CONSTRAINT clients_handover_organiser_id_6e5a58ed_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_handover
    ADD CONSTRAINT clients_handover_to_user_id_a93d5a77_fk_users_user_id FOREIGN KEY (to_user_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_interest
    ADD CONSTRAINT clients_interest_earlier_id_7af526ec_fk_clients_interest_id FOREIGN KEY (earlier_id) REFERENCES public.clients_interest(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_interest
    ADD CONSTRAINT clients_interest_municipality_id_8c9e6fe6_fk_programme FOREIGN KEY (municipality_id) REFERENCES public.programmes_municipality(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_interest
    ADD CONSTRAINT clients_interest_organiser_id_fd19cedd_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_interest
    ADD CONSTRAINT clients_interest_programme_id_f700b0af_fk_programme FOREIGN KEY (programme_id) REFERENCES public.programmes_programme(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_interest
    ADD CONSTRAINT clients_interest_taken_by_id_45107685_fk_users_user_id FOREIGN KEY (taken_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_interest
    ADD CONSTRAINT clients_interest_target_group_id_4ccb63ae_fk_programme FOREIGN KEY (target_group_id) REFERENCES public.programmes_targetgroup(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_invitation
    ADD CONSTRAINT clients_invitation_client_id_17ac4ecd_fk_clients_client_id FOREIGN KEY (client_id) REFERENCES public.clients_client(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_invitation
    ADD CONSTRAINT clients_invitation_invited_by_id_5d8ad873_fk_users_user_id FOREIGN KEY (invited_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_invitation
    ADD CONSTRAINT clients_invitation_mandate_id_f19a8caa_fk_clients_mandate_id FOREIGN KEY (mandate_id) REFERENCES public.clients_mandate(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_invitation
    ADD CONSTRAINT clients_invitation_organiser_id_e5459860_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_mandate
    ADD CONSTRAINT clients_mandate_client_id_7d7446d3_fk_clients_client_id FOREIGN KEY (client_id) REFERENCES public.clients_client(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_mandate
    ADD CONSTRAINT clients_mandate_organiser_id_74b8826b_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_mandate
    ADD CONSTRAINT clients_mandate_user_id_6904786e_fk_users_user_id FOREIGN KEY (user_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_mending
    ADD CONSTRAINT clients_mending_client_id_2fe46d9b_fk_clients_client_id FOREIGN KEY (client_id) REFERENCES public.clients_client(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_mending
    ADD CONSTRAINT clients_mending_mended_by_id_9726a0aa_fk_users_user_id FOREIGN KEY (mended_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_mending
    ADD CONSTRAINT clients_mending_organiser_id_79de7624_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_reception
    ADD CONSTRAINT clients_reception_organiser_id_c7b70f06_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.clients_reception
    ADD CONSTRAINT clients_reception_user_id_1cef8a75_fk_users_user_id FOREIGN KEY (user_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluation_answer
    ADD CONSTRAINT evaluation_answer_given_by_id_fc5a4346_fk_users_user_id FOREIGN KEY (given_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluation_answer
    ADD CONSTRAINT evaluation_answer_organiser_id_0aa0b0c8_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluation_answer
    ADD CONSTRAINT evaluation_answer_round_id_7e6936bc_fk_evaluation_round_id FOREIGN KEY (round_id) REFERENCES public.evaluation_round(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluation_answersshown
    ADD CONSTRAINT evaluation_answerssh_organiser_id_5b8bcd04_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluation_answersshown
    ADD CONSTRAINT evaluation_answersshown_chosen_by_id_50948b35_fk_users_user_id FOREIGN KEY (chosen_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluation_answersshown
    ADD CONSTRAINT evaluation_answersshown_client_id_5a0c96e7_fk_clients_client_id FOREIGN KEY (client_id) REFERENCES public.clients_client(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluation_round
    ADD CONSTRAINT evaluation_round_answered_by_id_ae2947f1_fk_users_user_id FOREIGN KEY (answered_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluation_round
    ADD CONSTRAINT evaluation_round_client_id_55563286_fk_clients_client_id FOREIGN KEY (client_id) REFERENCES public.clients_client(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluation_round
    ADD CONSTRAINT evaluation_round_enrolment_id_bead6b5f_fk_clients_enrolment_id FOREIGN KEY (enrolment_id) REFERENCES public.clients_enrolment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.evaluation_round
    ADD CONSTRAINT evaluation_round_organiser_id_42a02578_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.ledger_account
    ADD CONSTRAINT ledger_account_organiser_id_6e6a27f2_fk_organisers_organiser_id FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE;

ALTER TABLE ONLY public.messages_attachment
    ADD CONSTRAINT messages_attachment_message_id_6e2cb857_fk_messages_message_id FOREIGN KEY (message_id) REFERENCES public.messages_message(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.messages_attachment
    ADD CONSTRAINT messages_attachment_organiser_id_c47b1802_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.messages_glance
    ADD CONSTRAINT messages_glance_organiser_id_1e3b403a_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.messages_glance
    ADD CONSTRAINT messages_glance_thread_id_dfda8c21_fk_messages_thread_id FOREIGN KEY (thread_id) REFERENCES public.messages_thread(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.messages_glance
    ADD CONSTRAINT messages_glance_user_id_6abbe620_fk_users_user_id FOREIGN KEY (user_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.messages_message
    ADD CONSTRAINT messages_message_organiser_id_5e93ef72_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.messages_message
    ADD CONSTRAINT messages_message_thread_id_ff002936_fk_messages_thread_id FOREIGN KEY (thread_id) REFERENCES public.messages_thread(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.messages_message
    ADD CONSTRAINT messages_message_written_by_id_5723c18c_fk_users_user_id FOREIGN KEY (written_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.messages_notice
    ADD CONSTRAINT messages_notice_organiser_id_bbc30904_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.messages_notice
    ADD CONSTRAINT messages_notice_user_id_03aea4e3_fk_users_user_id FOREIGN KEY (user_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.messages_noticechoice
    ADD CONSTRAINT messages_noticechoic_organiser_id_eb5ecf3d_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.messages_noticechoice
    ADD CONSTRAINT messages_noticechoice_user_id_38880460_fk_users_user_id FOREIGN KEY (user_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.messages_thread
    ADD CONSTRAINT messages_thread_client_id_775f2107_fk_clients_client_id FOREIGN KEY (client_id) REFERENCES public.clients_client(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.messages_thread
    ADD CONSTRAINT messages_thread_organiser_id_355e215c_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.messages_thread
    ADD CONSTRAINT messages_thread_provider_id_21cc9e00_fk_providers_provider_id FOREIGN KEY (provider_id) REFERENCES public.providers_provider(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.messages_thread
    ADD CONSTRAINT messages_thread_visit_id_a135a618_fk_visits_visit_id FOREIGN KEY (visit_id) REFERENCES public.visits_visit(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.needs_allocation
    ADD CONSTRAINT needs_allocation_assessment_id_06350543_fk_needs_assessment_id FOREIGN KEY (assessment_id) REFERENCES public.needs_assessment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.needs_allocation
    ADD CONSTRAINT needs_allocation_organiser_id_4b2f861a_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.needs_allocation
    ADD CONSTRAINT needs_allocation_rule_id_2d07be2f_fk_programme FOREIGN KEY (rule_id) REFERENCES public.programmes_allocationrule(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.needs_allocationline
    ADD CONSTRAINT needs_allocationline_allocation_id_63be32a2_fk_needs_all FOREIGN KEY (allocation_id) REFERENCES public.needs_allocation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.needs_allocationline
    ADD CONSTRAINT needs_allocationline_organiser_id_49adf523_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.needs_allocationline
    ADD CONSTRAINT needs_allocationline_service_id_cab36e75_fk_catalogue FOREIGN KEY (service_id) REFERENCES public.catalogue_service(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.needs_assessment
    ADD CONSTRAINT needs_assessment_enrolment_id_958628f4_fk_clients_enrolment_id FOREIGN KEY (enrolment_id) REFERENCES public.clients_enrolment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.needs_assessment
    ADD CONSTRAINT needs_assessment_organiser_id_d4f95026_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.needs_assessmentsave
    ADD CONSTRAINT needs_assessmentsave_assessment_id_5aba2d12_fk_needs_ass FOREIGN KEY (assessment_id) REFERENCES public.needs_assessment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.needs_assessmentsave
    ADD CONSTRAINT needs_assessmentsave_organiser_id_873b25d6_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.needs_consentpoint
    ADD CONSTRAINT needs_consentpoint_enrolment_id_e6f39fdb_fk_clients_e FOREIGN KEY (enrolment_id) REFERENCES public.clients_enrolment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.needs_consentpoint
    ADD CONSTRAINT needs_consentpoint_organiser_id_ec503a86_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.needs_eligibilitycheck
    ADD CONSTRAINT needs_eligibilityche_enrolment_id_0e6f38ca_fk_clients_e FOREIGN KEY (enrolment_id) REFERENCES public.clients_enrolment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.needs_eligibilitycheck
    ADD CONSTRAINT needs_eligibilityche_organiser_id_f4694719_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.needs_instrumentresult
    ADD CONSTRAINT needs_instrumentresu_enrolment_id_3e2f1539_fk_clients_e FOREIGN KEY (enrolment_id) REFERENCES public.clients_enrolment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.needs_instrumentresult
    ADD CONSTRAINT needs_instrumentresu_organiser_id_73942102_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.needs_need
    ADD CONSTRAINT needs_need_assessment_id_3a0404dd_fk_needs_assessment_id FOREIGN KEY (assessment_id) REFERENCES public.needs_assessment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.needs_need
    ADD CONSTRAINT needs_need_band_id_df2e1d09_fk_catalogue_timeband_id FOREIGN KEY (band_id) REFERENCES public.catalogue_timeband(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.needs_need
    ADD CONSTRAINT needs_need_organiser_id_df8f6ac0_fk_organisers_organiser_id FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.needs_need
    ADD CONSTRAINT needs_need_service_id_f851f9bc_fk_catalogue_service_id FOREIGN KEY (service_id) REFERENCES public.catalogue_service(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_assignment
    ADD CONSTRAINT orders_assignment_client_id_c3fdf911_fk_clients_client_id FOREIGN KEY (client_id) REFERENCES public.clients_client(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_assignment
    ADD CONSTRAINT orders_assignment_organiser_id_46e41d66_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_assignment
    ADD CONSTRAINT orders_assignment_provider_id_222aacff_fk_providers_provider_id FOREIGN KEY (provider_id) REFERENCES public.providers_provider(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_assignment
    ADD CONSTRAINT orders_assignment_user_id_322f1551_fk_users_user_id FOREIGN KEY (user_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_cancellation
    ADD CONSTRAINT orders_cancellation_order_id_d4fb1677_fk_orders_order_id FOREIGN KEY (order_id) REFERENCES public.orders_order(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_cancellation
    ADD CONSTRAINT orders_cancellation_organiser_id_4a19f960_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_change
    ADD CONSTRAINT orders_change_client_id_f6243034_fk_clients_client_id FOREIGN KEY (client_id) REFERENCES public.clients_client(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_change
    ADD CONSTRAINT orders_change_enrolment_id_96d7b8f8_fk_clients_enrolment_id FOREIGN KEY (enrolment_id) REFERENCES public.clients_enrolment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_change
    ADD CONSTRAINT orders_change_organiser_id_0bd60d93_fk_organisers_organiser_id FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_moving
    ADD CONSTRAINT orders_moving_client_id_02abea0e_fk_clients_client_id FOREIGN KEY (client_id) REFERENCES public.clients_client(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_moving
    ADD CONSTRAINT orders_moving_new_order_id_803e2ec2_fk_orders_order_id FOREIGN KEY (new_order_id) REFERENCES public.orders_order(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_moving
    ADD CONSTRAINT orders_moving_order_id_457c42e1_fk_orders_order_id FOREIGN KEY (order_id) REFERENCES public.orders_order(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_moving
    ADD CONSTRAINT orders_moving_organiser_id_424829ba_fk_organisers_organiser_id FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_order
    ADD CONSTRAINT orders_order_follows_catalogue_offer FOREIGN KEY (offer_id, service_id, organiser_id) REFERENCES public.catalogue_offer(id, service_id, organiser_id);

ALTER TABLE ONLY public.orders_order
    ADD CONSTRAINT orders_order_follows_clients_enrolment FOREIGN KEY (enrolment_id, client_id, organiser_id) REFERENCES public.clients_enrolment(id, client_id, organiser_id);

ALTER TABLE ONLY public.orders_order
    ADD CONSTRAINT orders_order_provider_id_8c5b5fe6_fk_providers_provider_id FOREIGN KEY (provider_id) REFERENCES public.providers_provider(id) DEFERRABLE;

ALTER TABLE ONLY public.orders_order
    ADD CONSTRAINT orders_order_unit_of_its_company FOREIGN KEY (unit_id, provider_id) REFERENCES public.providers_unit(id, provider_id);

ALTER TABLE ONLY public.orders_rating
    ADD CONSTRAINT orders_rating_order_id_9c81d8cd_fk_orders_order_id FOREIGN KEY (order_id) REFERENCES public.orders_order(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_rating
    ADD CONSTRAINT orders_rating_organiser_id_3a9c0218_fk_organisers_organiser_id FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.orders_slice
    ADD CONSTRAINT orders_slice_follows_budgets_pot FOREIGN KEY (pot_id, source_id, organiser_id) REFERENCES public.budgets_pot(id, account_id, organiser_id);

ALTER TABLE ONLY public.orders_slice
    ADD CONSTRAINT orders_slice_follows_budgets_voucher FOREIGN KEY (voucher_id, source_id, organiser_id) REFERENCES public.budgets_voucher(id, account_id, organiser_id);

ALTER TABLE ONLY public.orders_slice
    ADD CONSTRAINT orders_slice_hold_id_66b3898c_fk_ledger_account_id FOREIGN KEY (hold_id) REFERENCES public.ledger_account(id) DEFERRABLE;

ALTER TABLE ONLY public.orders_slice
    ADD CONSTRAINT orders_slice_order_id_5afb22fb_fk_orders_order_id FOREIGN KEY (order_id) REFERENCES public.orders_order(id) DEFERRABLE;

ALTER TABLE ONLY public.plans_claim
    ADD CONSTRAINT plans_claim_decision_id_195ea2dd_fk_plans_decision_id FOREIGN KEY (decision_id) REFERENCES public.plans_decision(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.plans_claim
    ADD CONSTRAINT plans_claim_new_decision_id_00684cb7_fk_plans_decision_id FOREIGN KEY (new_decision_id) REFERENCES public.plans_decision(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.plans_claim
    ADD CONSTRAINT plans_claim_organiser_id_4052f430_fk_organisers_organiser_id FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.plans_claim
    ADD CONSTRAINT plans_claim_paper_id_9389fe23_fk_plans_paper_id FOREIGN KEY (paper_id) REFERENCES public.plans_paper(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.plans_decision
    ADD CONSTRAINT plans_decision_enrolment_id_9e539776_fk_clients_enrolment_id FOREIGN KEY (enrolment_id) REFERENCES public.clients_enrolment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.plans_decision
    ADD CONSTRAINT plans_decision_organiser_id_d0daf290_fk_organisers_organiser_id FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.plans_decision
    ADD CONSTRAINT plans_decision_plan_id_6d2f013d_fk_plans_serviceplan_id FOREIGN KEY (plan_id) REFERENCES public.plans_serviceplan(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.plans_decisiondocument
    ADD CONSTRAINT plans_decisiondocume_decision_id_29261169_fk_plans_dec FOREIGN KEY (decision_id) REFERENCES public.plans_decision(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.plans_decisiondocument
    ADD CONSTRAINT plans_decisiondocume_organiser_id_6f5272e0_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.plans_decisiondocument
    ADD CONSTRAINT plans_decisiondocument_claim_id_9910a372_fk_plans_claim_id FOREIGN KEY (claim_id) REFERENCES public.plans_claim(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.plans_decisionpower
    ADD CONSTRAINT plans_decisionpower_organiser_id_fa543c5f_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.plans_decisionpower
    ADD CONSTRAINT plans_decisionpower_user_id_15101f9f_fk_users_user_id FOREIGN KEY (user_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.plans_decisionproposal
    ADD CONSTRAINT plans_decisionpropos_decision_id_1c1ff0bb_fk_plans_dec FOREIGN KEY (decision_id) REFERENCES public.plans_decision(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.plans_decisionproposal
    ADD CONSTRAINT plans_decisionpropos_enrolment_id_cef61ef8_fk_clients_e FOREIGN KEY (enrolment_id) REFERENCES public.clients_enrolment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.plans_decisionproposal
    ADD CONSTRAINT plans_decisionpropos_organiser_id_5c6a3557_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.plans_decisionproposal
    ADD CONSTRAINT plans_decisionproposal_plan_id_d9d4f954_fk_plans_serviceplan_id FOREIGN KEY (plan_id) REFERENCES public.plans_serviceplan(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.plans_delivery
    ADD CONSTRAINT plans_delivery_claim_id_479f41e3_fk_plans_claim_id FOREIGN KEY (claim_id) REFERENCES public.plans_claim(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.plans_delivery
    ADD CONSTRAINT plans_delivery_decision_id_cc941cba_fk_plans_decision_id FOREIGN KEY (decision_id) REFERENCES public.plans_decision(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.plans_delivery
    ADD CONSTRAINT plans_delivery_organiser_id_8abbf732_fk_organisers_organiser_id FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.plans_paper
    ADD CONSTRAINT plans_paper_enrolment_id_18e1c4c8_fk_clients_enrolment_id FOREIGN KEY (enrolment_id) REFERENCES public.clients_enrolment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.plans_paper
    ADD CONSTRAINT plans_paper_organiser_id_c8de65e4_fk_organisers_organiser_id FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.plans_plancomment
    ADD CONSTRAINT plans_plancomment_organiser_id_037fd372_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.plans_plancomment
    ADD CONSTRAINT plans_plancomment_plan_id_c5fe3c67_fk_plans_serviceplan_id FOREIGN KEY (plan_id) REFERENCES public.plans_serviceplan(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.plans_planline
    ADD CONSTRAINT plans_planline_organiser_id_6465daa6_fk_organisers_organiser_id FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.plans_planline
    ADD CONSTRAINT plans_planline_plan_id_2839c7cb_fk_plans_serviceplan_id FOREIGN KEY (plan_id) REFERENCES public.plans_serviceplan(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.plans_planline
    ADD CONSTRAINT plans_planline_service_id_a12bb525_fk_catalogue_service_id FOREIGN KEY (service_id) REFERENCES public.catalogue_service(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.plans_serviceplan
    ADD CONSTRAINT plans_serviceplan_allocation_id_57eb9400_fk_needs_allocation_id FOREIGN KEY (allocation_id) REFERENCES public.needs_allocation(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.plans_serviceplan
    ADD CONSTRAINT plans_serviceplan_enrolment_id_05ba29c3_fk_clients_enrolment_id FOREIGN KEY (enrolment_id) REFERENCES public.clients_enrolment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.plans_serviceplan
    ADD CONSTRAINT plans_serviceplan_organiser_id_ec1c7050_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.plans_serviceplan
    ADD CONSTRAINT plans_serviceplan_support_plan_id_f9bd3d05_fk_plans_sup FOREIGN KEY (support_plan_id) REFERENCES public.plans_supportplan(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.plans_signature
    ADD CONSTRAINT plans_signature_organiser_id_ee5a8782_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.plans_signature
    ADD CONSTRAINT plans_signature_paper_id_8dd95f0e_fk_plans_paper_id FOREIGN KEY (paper_id) REFERENCES public.plans_paper(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.plans_signature
    ADD CONSTRAINT plans_signature_plan_id_6538035c_fk_plans_serviceplan_id FOREIGN KEY (plan_id) REFERENCES public.plans_serviceplan(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.plans_supportplan
    ADD CONSTRAINT plans_supportplan_enrolment_id_c61dd489_fk_clients_enrolment_id FOREIGN KEY (enrolment_id) REFERENCES public.clients_enrolment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.plans_supportplan
    ADD CONSTRAINT plans_supportplan_organiser_id_1a2f971e_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.procrastinate_events
    ADD CONSTRAINT procrastinate_events_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.procrastinate_jobs(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.procrastinate_jobs
    ADD CONSTRAINT procrastinate_jobs_worker_id_fkey FOREIGN KEY (worker_id) REFERENCES public.procrastinate_workers(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.procrastinate_periodic_defers
    ADD CONSTRAINT procrastinate_periodic_defers_job_id_fkey FOREIGN KEY (job_id) REFERENCES public.procrastinate_jobs(id);

ALTER TABLE ONLY public.programmes_allocationrule
    ADD CONSTRAINT programmes_allocatio_organiser_id_f6dc98b0_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programmes_allocationrule
    ADD CONSTRAINT programmes_allocatio_programme_id_5b32911a_fk_programme FOREIGN KEY (programme_id) REFERENCES public.programmes_programme(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programmes_fundingshare
    ADD CONSTRAINT programmes_fundingsh_organiser_id_0614215a_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programmes_fundingshare
    ADD CONSTRAINT programmes_fundingsh_programme_id_03f6d5ed_fk_programme FOREIGN KEY (programme_id) REFERENCES public.programmes_programme(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programmes_importrun
    ADD CONSTRAINT programmes_importrun_organiser_id_be42fd2c_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programmes_importrun
    ADD CONSTRAINT programmes_importrun_programme_id_e0b16ffd_fk_programme FOREIGN KEY (programme_id) REFERENCES public.programmes_programme(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programmes_lettertext
    ADD CONSTRAINT programmes_lettertex_organiser_id_c99bcd32_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programmes_lettertext
    ADD CONSTRAINT programmes_lettertex_programme_id_ae1ba981_fk_programme FOREIGN KEY (programme_id) REFERENCES public.programmes_programme(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programmes_municipality
    ADD CONSTRAINT programmes_municipal_organiser_id_1269349c_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programmes_municipality
    ADD CONSTRAINT programmes_municipal_programme_id_560d81d8_fk_programme FOREIGN KEY (programme_id) REFERENCES public.programmes_programme(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programmes_packdraft
    ADD CONSTRAINT programmes_packdraft_organiser_id_5dfab376_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programmes_packdraft
    ADD CONSTRAINT programmes_packdraft_programme_id_5a10bc93_fk_programme FOREIGN KEY (programme_id) REFERENCES public.programmes_programme(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programmes_packload
    ADD CONSTRAINT programmes_packload_organiser_id_8c18f149_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programmes_packload
    ADD CONSTRAINT programmes_packload_programme_id_7bcf2ee7_fk_programme FOREIGN KEY (programme_id) REFERENCES public.programmes_programme(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programmes_phase
    ADD CONSTRAINT programmes_phase_organiser_id_4ae4608e_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programmes_phase
    ADD CONSTRAINT programmes_phase_programme_id_e7d510ee_fk_programme FOREIGN KEY (programme_id) REFERENCES public.programmes_programme(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programmes_programme
    ADD CONSTRAINT programmes_programme_funding_account_id_34a0959f_fk_ledger_ac FOREIGN KEY (funding_account_id) REFERENCES public.ledger_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programmes_programme
    ADD CONSTRAINT programmes_programme_organiser_id_dc482d69_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programmes_quota
    ADD CONSTRAINT programmes_quota_organiser_id_1914da02_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programmes_quota
    ADD CONSTRAINT programmes_quota_programme_id_280ada05_fk_programme FOREIGN KEY (programme_id) REFERENCES public.programmes_programme(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programmes_rulebook
    ADD CONSTRAINT programmes_rulebook_organiser_id_84de5127_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programmes_rulebook
    ADD CONSTRAINT programmes_rulebook_programme_id_79232799_fk_programme FOREIGN KEY (programme_id) REFERENCES public.programmes_programme(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programmes_targetgroup
    ADD CONSTRAINT programmes_targetgro_organiser_id_10b1948b_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.programmes_targetgroup
    ADD CONSTRAINT programmes_targetgro_programme_id_336c67b8_fk_programme FOREIGN KEY (programme_id) REFERENCES public.programmes_programme(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.providers_accountchange
    ADD CONSTRAINT providers_accountcha_organiser_id_8c588f80_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.providers_accountchange
    ADD CONSTRAINT providers_accountcha_provider_id_4bd42ed6_fk_providers FOREIGN KEY (provider_id) REFERENCES public.providers_provider(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.providers_applicationline
    ADD CONSTRAINT providers_applicatio_application_id_0531c376_fk_providers FOREIGN KEY (application_id) REFERENCES public.providers_application(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.providers_application
    ADD CONSTRAINT providers_applicatio_approval_id_16781f92_fk_providers FOREIGN KEY (approval_id) REFERENCES public.providers_approval(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.providers_applicationline
    ADD CONSTRAINT providers_applicatio_organiser_id_58d45aaa_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.providers_application
    ADD CONSTRAINT providers_applicatio_organiser_id_c1bb9d9a_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.providers_application
    ADD CONSTRAINT providers_applicatio_programme_id_9b82ce33_fk_programme FOREIGN KEY (programme_id) REFERENCES public.programmes_programme(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.providers_application
    ADD CONSTRAINT providers_applicatio_rulebook_id_9c1bf872_fk_programme FOREIGN KEY (rulebook_id) REFERENCES public.programmes_rulebook(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.providers_application
    ADD CONSTRAINT providers_application_applicant_id_3e0c6c8d_fk_users_user_id FOREIGN KEY (applicant_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.providers_approval
    ADD CONSTRAINT providers_approval_organiser_id_62c5a824_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.providers_approval
    ADD CONSTRAINT providers_approval_programme_id_e96d0fb5_fk_programme FOREIGN KEY (programme_id) REFERENCES public.programmes_programme(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.providers_approval
    ADD CONSTRAINT providers_approval_provider_id_4e9b49e8_fk_providers FOREIGN KEY (provider_id) REFERENCES public.providers_provider(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.providers_approval
    ADD CONSTRAINT providers_approval_rulebook_id_fbf25236_fk_programme FOREIGN KEY (rulebook_id) REFERENCES public.programmes_rulebook(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.providers_clarification
    ADD CONSTRAINT providers_clarificat_application_id_7dca519c_fk_providers FOREIGN KEY (application_id) REFERENCES public.providers_application(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.providers_clarification
    ADD CONSTRAINT providers_clarificat_organiser_id_baad9ea9_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.providers_evidence
    ADD CONSTRAINT providers_evidence_application_id_2dcbacd2_fk_providers FOREIGN KEY (application_id) REFERENCES public.providers_application(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.providers_evidence
    ADD CONSTRAINT providers_evidence_organiser_id_15334336_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.providers_passport
    ADD CONSTRAINT providers_passport_keeper_id_32f69e28_fk_users_user_id FOREIGN KEY (keeper_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.providers_passportpaper
    ADD CONSTRAINT providers_passportpa_passport_id_207cbc51_fk_providers FOREIGN KEY (passport_id) REFERENCES public.providers_passport(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.providers_provideraccount
    ADD CONSTRAINT providers_providerac_organiser_id_7b22ddf1_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.providers_provideraccount
    ADD CONSTRAINT providers_providerac_payable_id_bccb84b4_fk_ledger_ac FOREIGN KEY (payable_id) REFERENCES public.ledger_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.providers_provideraccount
    ADD CONSTRAINT providers_providerac_provider_id_ae413c63_fk_providers FOREIGN KEY (provider_id) REFERENCES public.providers_provider(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.providers_registerentry
    ADD CONSTRAINT providers_registeren_organiser_id_acdf9fd8_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.providers_suspension
    ADD CONSTRAINT providers_suspension_approval_id_2902717b_fk_providers FOREIGN KEY (approval_id) REFERENCES public.providers_approval(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.providers_suspension
    ADD CONSTRAINT providers_suspension_organiser_id_bd20bdb0_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.providers_unit
    ADD CONSTRAINT providers_unit_provider_id_60374a5d_fk_providers_provider_id FOREIGN KEY (provider_id) REFERENCES public.providers_provider(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.providers_withdrawalwork
    ADD CONSTRAINT providers_withdrawal_approval_id_43ea4c65_fk_providers FOREIGN KEY (approval_id) REFERENCES public.providers_approval(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.providers_withdrawalwork
    ADD CONSTRAINT providers_withdrawal_organiser_id_24fe8d5a_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.providers_worker
    ADD CONSTRAINT providers_worker_provider_id_74018536_fk_providers_provider_id FOREIGN KEY (provider_id) REFERENCES public.providers_provider(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.providers_worker
    ADD CONSTRAINT providers_worker_unit_of_its_company FOREIGN KEY (unit_id, provider_id) REFERENCES public.providers_unit(id, provider_id);

ALTER TABLE ONLY public.providers_worker
    ADD CONSTRAINT providers_worker_user_id_a2dd3b1b_fk_users_user_id FOREIGN KEY (user_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.settlements_payment
    ADD CONSTRAINT settlements_payment_organiser_id_106d0f2c_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.settlements_payment
    ADD CONSTRAINT settlements_payment_repaid_in_id_3f742b0f_fk_settlements_run_id FOREIGN KEY (repaid_in_id) REFERENCES public.settlements_run(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.settlements_payment
    ADD CONSTRAINT settlements_payment_statement_id_e48867eb_fk_settlemen FOREIGN KEY (statement_id) REFERENCES public.settlements_statement(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.settlements_run
    ADD CONSTRAINT settlements_run_in_transit_id_87ec82cc_fk_ledger_account_id FOREIGN KEY (in_transit_id) REFERENCES public.ledger_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.settlements_run
    ADD CONSTRAINT settlements_run_organiser_id_188d2fe4_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.settlements_run
    ADD CONSTRAINT settlements_run_paid_id_fa7c22c0_fk_ledger_account_id FOREIGN KEY (paid_id) REFERENCES public.ledger_account(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.settlements_run
    ADD CONSTRAINT settlements_run_programme_id_799e0b7d_fk_programme FOREIGN KEY (programme_id) REFERENCES public.programmes_programme(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.settlements_runcorrection
    ADD CONSTRAINT settlements_runcorre_correction_id_011fd079_fk_visits_co FOREIGN KEY (correction_id) REFERENCES public.visits_correction(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.settlements_runcorrection
    ADD CONSTRAINT settlements_runcorrection_run_id_51a31e5b_fk_settlements_run_id FOREIGN KEY (run_id) REFERENCES public.settlements_run(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.settlements_runvisit
    ADD CONSTRAINT settlements_runvisit_run_id_2168d038_fk_settlements_run_id FOREIGN KEY (run_id) REFERENCES public.settlements_run(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.settlements_runvisit
    ADD CONSTRAINT settlements_runvisit_visit_id_aab0d393_fk_visits_visit_id FOREIGN KEY (visit_id) REFERENCES public.visits_visit(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.settlements_statementline
    ADD CONSTRAINT settlements_statemen_band_id_baa26b85_fk_catalogue FOREIGN KEY (band_id) REFERENCES public.catalogue_timeband(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.settlements_statement
    ADD CONSTRAINT settlements_statemen_organiser_id_c05fedfe_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.settlements_statementline
    ADD CONSTRAINT settlements_statemen_organiser_id_c8107b2c_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.settlements_statement
    ADD CONSTRAINT settlements_statemen_provider_id_902402e8_fk_providers FOREIGN KEY (provider_id) REFERENCES public.providers_provider(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.settlements_statementline
    ADD CONSTRAINT settlements_statemen_service_id_f7c83f19_fk_catalogue FOREIGN KEY (service_id) REFERENCES public.catalogue_service(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.settlements_statementline
    ADD CONSTRAINT settlements_statemen_statement_id_56f15d33_fk_settlemen FOREIGN KEY (statement_id) REFERENCES public.settlements_statement(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.settlements_statement
    ADD CONSTRAINT settlements_statement_run_id_4499da40_fk_settlements_run_id FOREIGN KEY (run_id) REFERENCES public.settlements_run(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.settlements_statementline
    ADD CONSTRAINT settlements_statementline_order_id_47846da6_fk_orders_order_id FOREIGN KEY (order_id) REFERENCES public.orders_order(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.users_holding
    ADD CONSTRAINT users_holding_organiser_id_d9eb35f4_fk_organisers_organiser_id FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.users_holding
    ADD CONSTRAINT users_holding_user_id_89217f7e_fk_users_user_id FOREIGN KEY (user_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.users_roleinvitation
    ADD CONSTRAINT users_roleinvitation_accepted_by_id_be5310db_fk_users_user_id FOREIGN KEY (accepted_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.users_roleinvitation
    ADD CONSTRAINT users_roleinvitation_invited_by_id_509d72af_fk_users_user_id FOREIGN KEY (invited_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.users_roleinvitation
    ADD CONSTRAINT users_roleinvitation_organiser_id_1aa17765_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.visits_batch
    ADD CONSTRAINT visits_batch_drawing_id_480cc21a_fk_visits_drawing_id FOREIGN KEY (drawing_id) REFERENCES public.visits_drawing(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.visits_batch
    ADD CONSTRAINT visits_batch_organiser_id_28fac23e_fk_organisers_organiser_id FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.visits_batch
    ADD CONSTRAINT visits_batch_provider_id_c84a5f14_fk_providers_provider_id FOREIGN KEY (provider_id) REFERENCES public.providers_provider(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.visits_check
    ADD CONSTRAINT visits_check_drawing_id_460b7d7d_fk_visits_drawing_id FOREIGN KEY (drawing_id) REFERENCES public.visits_drawing(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.visits_check
    ADD CONSTRAINT visits_check_organiser_id_088fc727_fk_organisers_organiser_id FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.visits_check
    ADD CONSTRAINT visits_check_provider_id_09b2bf3d_fk_providers_provider_id FOREIGN KEY (provider_id) REFERENCES public.providers_provider(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.visits_check
    ADD CONSTRAINT visits_check_visit_id_03eae18a_fk_visits_visit_id FOREIGN KEY (visit_id) REFERENCES public.visits_visit(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.visits_correction
    ADD CONSTRAINT visits_correction_organiser_id_afa2f863_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.visits_correction
    ADD CONSTRAINT visits_correction_visit_id_424995d1_fk_visits_visit_id FOREIGN KEY (visit_id) REFERENCES public.visits_visit(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.visits_drawing
    ADD CONSTRAINT visits_drawing_organiser_id_62323d66_fk_organisers_organiser_id FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.visits_filepiece
    ADD CONSTRAINT visits_filepiece_file_id_defd185d_fk_visits_visitfile_id FOREIGN KEY (file_id) REFERENCES public.visits_visitfile(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.visits_filepiece
    ADD CONSTRAINT visits_filepiece_organiser_id_1784c9b0_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.visits_mending
    ADD CONSTRAINT visits_mending_organiser_id_85b352c8_fk_organisers_organiser_id FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.visits_mending
    ADD CONSTRAINT visits_mending_refused_id_ec6b9185_fk_visits_refusedline_id FOREIGN KEY (refused_id) REFERENCES public.visits_refusedline(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.visits_mending
    ADD CONSTRAINT visits_mending_visit_id_ab130748_fk_visits_visit_id FOREIGN KEY (visit_id) REFERENCES public.visits_visit(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.visits_mending
    ADD CONSTRAINT visits_mending_withdrawn_id_1ceaef06_fk_visits_visit_id FOREIGN KEY (withdrawn_id) REFERENCES public.visits_visit(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.visits_refusedline
    ADD CONSTRAINT visits_refusedline_batch_id_67577f28_fk_visits_batch_id FOREIGN KEY (batch_id) REFERENCES public.visits_batch(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.visits_refusedline
    ADD CONSTRAINT visits_refusedline_organiser_id_7471427a_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.visits_startedvisit
    ADD CONSTRAINT visits_startedvisit_order_id_38a8c87e_fk_orders_order_id FOREIGN KEY (order_id) REFERENCES public.orders_order(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.visits_startedvisit
    ADD CONSTRAINT visits_startedvisit_organiser_id_8dce969f_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.visits_startedvisit
    ADD CONSTRAINT visits_startedvisit_provider_id_3147c80e_fk_providers FOREIGN KEY (provider_id) REFERENCES public.providers_provider(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.visits_visit
    ADD CONSTRAINT visits_visit_band_id_f04eb47c_fk_catalogue_timeband_id FOREIGN KEY (band_id) REFERENCES public.catalogue_timeband(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.visits_visit
    ADD CONSTRAINT visits_visit_batch_id_cbae9ea7_fk_visits_batch_id FOREIGN KEY (batch_id) REFERENCES public.visits_batch(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.visits_visit
    ADD CONSTRAINT visits_visit_client_id_28388262_fk_clients_client_id FOREIGN KEY (client_id) REFERENCES public.clients_client(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.visits_visit
    ADD CONSTRAINT visits_visit_order_id_de99115e_fk_orders_order_id FOREIGN KEY (order_id) REFERENCES public.orders_order(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.visits_visit
    ADD CONSTRAINT visits_visit_organiser_id_a91ff7fa_fk_organisers_organiser_id FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.visits_visit
    ADD CONSTRAINT visits_visit_provider_id_0e1a101c_fk_providers_provider_id FOREIGN KEY (provider_id) REFERENCES public.providers_provider(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.visits_visit
    ADD CONSTRAINT visits_visit_slice_id_9e8d9da6_fk_orders_slice_id FOREIGN KEY (slice_id) REFERENCES public.orders_slice(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.visits_visitcode
    ADD CONSTRAINT visits_visitcode_order_id_7d9fee75_fk_orders_order_id FOREIGN KEY (order_id) REFERENCES public.orders_order(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.visits_visitcode
    ADD CONSTRAINT visits_visitcode_organiser_id_025c62cb_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.visits_visitcode
    ADD CONSTRAINT visits_visitcode_visit_id_4aba6b72_fk_visits_visit_id FOREIGN KEY (visit_id) REFERENCES public.visits_visit(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.visits_visitfile
    ADD CONSTRAINT visits_visitfile_batch_id_1a691a45_fk_visits_batch_id FOREIGN KEY (batch_id) REFERENCES public.visits_batch(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.visits_visitfile
    ADD CONSTRAINT visits_visitfile_organiser_id_e9c4bbca_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.visits_visitfile
    ADD CONSTRAINT visits_visitfile_programme_id_42c7bbc0_fk_programme FOREIGN KEY (programme_id) REFERENCES public.programmes_programme(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.visits_visitfile
    ADD CONSTRAINT visits_visitfile_provider_id_1d13a133_fk_providers_provider_id FOREIGN KEY (provider_id) REFERENCES public.providers_provider(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wishes_basket
    ADD CONSTRAINT wishes_basket_client_id_5ccd16f4_fk_clients_client_id FOREIGN KEY (client_id) REFERENCES public.clients_client(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wishes_basket
    ADD CONSTRAINT wishes_basket_enrolment_id_96397354_fk_clients_enrolment_id FOREIGN KEY (enrolment_id) REFERENCES public.clients_enrolment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wishes_basket
    ADD CONSTRAINT wishes_basket_organiser_id_1b0831e0_fk_organisers_organiser_id FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wishes_basketline
    ADD CONSTRAINT wishes_basketline_basket_id_8ac1438b_fk_wishes_basket_id FOREIGN KEY (basket_id) REFERENCES public.wishes_basket(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wishes_basketline
    ADD CONSTRAINT wishes_basketline_offer_id_ecface2f_fk_catalogue_offer_id FOREIGN KEY (offer_id) REFERENCES public.catalogue_offer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wishes_basketline
    ADD CONSTRAINT wishes_basketline_organiser_id_d7234aaf_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wishes_basketline
    ADD CONSTRAINT wishes_basketline_service_id_62cc1e50_fk_catalogue_service_id FOREIGN KEY (service_id) REFERENCES public.catalogue_service(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wishes_requeststep
    ADD CONSTRAINT wishes_requeststep_organiser_id_cce83ebe_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wishes_requeststep
    ADD CONSTRAINT wishes_requeststep_request_id_2b8c4f47_fk_wishes_trayrequest_id FOREIGN KEY (request_id) REFERENCES public.wishes_trayrequest(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wishes_requeststep
    ADD CONSTRAINT wishes_requeststep_taken_by_id_b6abd064_fk_users_user_id FOREIGN KEY (taken_by_id) REFERENCES public.users_user(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wishes_trayrequest
    ADD CONSTRAINT wishes_trayrequest_application_id_13e53bfd_fk_providers FOREIGN KEY (application_id) REFERENCES public.providers_application(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wishes_trayrequest
    ADD CONSTRAINT wishes_trayrequest_client_id_1bbc3d00_fk_clients_client_id FOREIGN KEY (client_id) REFERENCES public.clients_client(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wishes_trayrequest
    ADD CONSTRAINT wishes_trayrequest_enrolment_id_2057c3b4_fk_clients_e FOREIGN KEY (enrolment_id) REFERENCES public.clients_enrolment(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wishes_trayrequest
    ADD CONSTRAINT wishes_trayrequest_offer_id_7a53ffae_fk_catalogue_offer_id FOREIGN KEY (offer_id) REFERENCES public.catalogue_offer(id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE ONLY public.wishes_trayrequest
    ADD CONSTRAINT wishes_trayrequest_organiser_id_0da2e076_fk_organiser FOREIGN KEY (organiser_id) REFERENCES public.organisers_organiser(id) DEFERRABLE INITIALLY DEFERRED;

CREATE POLICY also_read ON public.api_apiclient FOR SELECT USING (((identifier)::text = ( SELECT NULLIF(current_setting('valinta.code'::text, true), ''::text) AS "nullif")));

CREATE POLICY also_read ON public.catalogue_listing FOR SELECT USING (( SELECT public.valinta_public() AS valinta_public));

CREATE POLICY also_read ON public.catalogue_listingkind FOR SELECT USING (( SELECT public.valinta_public() AS valinta_public));

CREATE POLICY also_read ON public.catalogue_offer FOR SELECT USING ((( SELECT public.valinta_public() AS valinta_public) AND (organiser_id <> ALL (( SELECT public.valinta_sandboxes() AS valinta_sandboxes)::bigint[]))));

CREATE POLICY also_read ON public.catalogue_price FOR SELECT USING ((( SELECT public.valinta_public() AS valinta_public) AND (organiser_id <> ALL (( SELECT public.valinta_sandboxes() AS valinta_sandboxes)::bigint[]))));

CREATE POLICY also_read ON public.catalogue_referenceprice FOR SELECT USING ((( SELECT public.valinta_public() AS valinta_public) AND (organiser_id <> ALL (( SELECT public.valinta_sandboxes() AS valinta_sandboxes)::bigint[]))));

CREATE POLICY also_read ON public.catalogue_service FOR SELECT USING ((( SELECT public.valinta_public() AS valinta_public) AND (organiser_id <> ALL (( SELECT public.valinta_sandboxes() AS valinta_sandboxes)::bigint[]))));

CREATE POLICY also_read ON public.catalogue_timeband FOR SELECT USING ((( SELECT public.valinta_public() AS valinta_public) AND (organiser_id <> ALL (( SELECT public.valinta_sandboxes() AS valinta_sandboxes)::bigint[]))));

CREATE POLICY also_read ON public.catalogue_vouchervalue FOR SELECT USING ((( SELECT public.valinta_public() AS valinta_public) AND (organiser_id <> ALL (( SELECT public.valinta_sandboxes() AS valinta_sandboxes)::bigint[]))));

CREATE POLICY also_read ON public.clients_accesscode FOR SELECT USING (((code_digest)::text = ( SELECT NULLIF(current_setting('valinta.code'::text, true), ''::text) AS "nullif")));

CREATE POLICY also_read ON public.clients_invitation FOR SELECT USING (((code_digest)::text = ( SELECT NULLIF(current_setting('valinta.code'::text, true), ''::text) AS "nullif")));

CREATE POLICY also_read ON public.programmes_municipality FOR SELECT USING ((( SELECT public.valinta_public() AS valinta_public) AND (organiser_id <> ALL (( SELECT public.valinta_sandboxes() AS valinta_sandboxes)::bigint[]))));

CREATE POLICY also_read ON public.programmes_phase FOR SELECT USING ((( SELECT public.valinta_public() AS valinta_public) AND (organiser_id <> ALL (( SELECT public.valinta_sandboxes() AS valinta_sandboxes)::bigint[]))));

CREATE POLICY also_read ON public.programmes_programme FOR SELECT USING ((( SELECT public.valinta_public() AS valinta_public) AND (organiser_id <> ALL (( SELECT public.valinta_sandboxes() AS valinta_sandboxes)::bigint[]))));

CREATE POLICY also_read ON public.programmes_quota FOR SELECT USING ((( SELECT public.valinta_public() AS valinta_public) AND (organiser_id <> ALL (( SELECT public.valinta_sandboxes() AS valinta_sandboxes)::bigint[]))));

CREATE POLICY also_read ON public.programmes_rulebook FOR SELECT USING ((( SELECT public.valinta_public() AS valinta_public) AND (organiser_id <> ALL (( SELECT public.valinta_sandboxes() AS valinta_sandboxes)::bigint[]))));

CREATE POLICY also_read ON public.programmes_targetgroup FOR SELECT USING ((( SELECT public.valinta_public() AS valinta_public) AND (organiser_id <> ALL (( SELECT public.valinta_sandboxes() AS valinta_sandboxes)::bigint[]))));

CREATE POLICY also_read ON public.providers_approval FOR SELECT USING ((( SELECT public.valinta_public() AS valinta_public) AND (organiser_id <> ALL (( SELECT public.valinta_sandboxes() AS valinta_sandboxes)::bigint[]))));

CREATE POLICY also_read ON public.users_holding FOR SELECT USING ((user_id = public.valinta_user()));

CREATE POLICY also_read ON public.users_roleinvitation FOR SELECT USING (((code_digest)::text = ( SELECT NULLIF(current_setting('valinta.code'::text, true), ''::text) AS "nullif")));

ALTER TABLE public.api_apiclient ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.api_event ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.api_keptanswer ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.api_sending ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.api_subscription ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.api_usage ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.audit_entry ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.budgets_budget ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.budgets_pot ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.budgets_voucher ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.budgets_voucherinformation ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.budgets_voucherunit ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.catalogue_listing ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.catalogue_listingkind ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.catalogue_offer ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.catalogue_price ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.catalogue_referenceprice ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.catalogue_service ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.catalogue_timeband ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.catalogue_vouchervalue ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.clients_absence ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.clients_accesscode ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.clients_accessgrant ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.clients_client ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.clients_contact ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.clients_cover ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.clients_enrolment ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.clients_handover ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.clients_interest ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.clients_invitation ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.clients_mandate ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.clients_mending ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.clients_reception ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.evaluation_answer ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.evaluation_answersshown ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.evaluation_round ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.ledger_account ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.ledger_transfer ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.messages_attachment ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.messages_glance ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.messages_message ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.messages_notice ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.messages_noticechoice ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.messages_thread ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.needs_allocation ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.needs_allocationline ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.needs_assessment ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.needs_assessmentsave ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.needs_consentpoint ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.needs_eligibilitycheck ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.needs_instrumentresult ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.needs_need ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.orders_assignment ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.orders_cancellation ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.orders_change ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.orders_moving ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.orders_order ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.orders_rating ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.orders_slice ENABLE ROW LEVEL SECURITY;

CREATE POLICY organiser_in_scope ON public.api_apiclient USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.api_event USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.api_keptanswer USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.api_sending USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.api_subscription USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.api_usage USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.audit_entry USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.budgets_budget USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.budgets_pot USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.budgets_voucher USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.budgets_voucherinformation USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.budgets_voucherunit USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.catalogue_listing USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.catalogue_listingkind USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.catalogue_offer USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.catalogue_price USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.catalogue_referenceprice USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.catalogue_service USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.catalogue_timeband USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.catalogue_vouchervalue USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.clients_absence USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.clients_accesscode USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.clients_accessgrant USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.clients_client USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.clients_contact USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.clients_cover USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.clients_enrolment USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.clients_handover USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.clients_interest USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.clients_invitation USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.clients_mandate USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.clients_mending USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.clients_reception USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.evaluation_answer USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.evaluation_answersshown USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.evaluation_round USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.ledger_account USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.ledger_transfer USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.messages_attachment USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.messages_glance USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.messages_message USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.messages_notice USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.messages_noticechoice USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.messages_thread USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.needs_allocation USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.needs_allocationline USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.needs_assessment USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.needs_assessmentsave USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.needs_consentpoint USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.needs_eligibilitycheck USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.needs_instrumentresult USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.needs_need USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.orders_assignment USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.orders_cancellation USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.orders_change USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.orders_moving USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.orders_order USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.orders_rating USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.orders_slice USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.plans_claim USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.plans_decision USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.plans_decisiondocument USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.plans_decisionpower USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.plans_decisionproposal USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.plans_delivery USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.plans_paper USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.plans_plancomment USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.plans_planline USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.plans_serviceplan USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.plans_signature USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.plans_supportplan USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.programmes_allocationrule USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.programmes_fundingshare USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.programmes_importrun USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.programmes_lettertext USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.programmes_municipality USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.programmes_packdraft USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.programmes_packload USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.programmes_phase USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.programmes_programme USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.programmes_quota USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.programmes_rulebook USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.programmes_targetgroup USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.providers_accountchange USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.providers_application USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.providers_applicationline USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.providers_approval USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.providers_clarification USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.providers_evidence USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.providers_provideraccount USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.providers_registerentry USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.providers_suspension USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.providers_withdrawalwork USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.settlements_payment USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.settlements_run USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.settlements_runcorrection USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.settlements_runvisit USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.settlements_statement USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.settlements_statementline USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.users_holding USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.users_roleinvitation USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.visits_batch USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.visits_check USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.visits_correction USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.visits_drawing USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.visits_filepiece USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.visits_mending USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.visits_refusedline USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.visits_startedvisit USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.visits_visit USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.visits_visitcode USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.visits_visitfile USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.wishes_basket USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.wishes_basketline USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.wishes_requeststep USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY organiser_in_scope ON public.wishes_trayrequest USING ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[]))) WITH CHECK ((organiser_id = ANY (( SELECT public.valinta_organisers() AS valinta_organisers)::bigint[])));

CREATE POLICY passport_of_its_company ON public.providers_passport USING (((keeper_id = ( SELECT public.valinta_user() AS valinta_user)) OR (EXISTS ( SELECT 1
   FROM ((public.providers_worker mine
     JOIN public.providers_worker theirs ON ((theirs.provider_id = mine.provider_id)))
     JOIN public.providers_provider company ON ((company.id = mine.provider_id)))
  WHERE ((mine.user_id = ( SELECT public.valinta_user() AS valinta_user)) AND ((mine.level)::text = 'admin'::text) AND (theirs.user_id = providers_passport.keeper_id) AND ((theirs.level)::text = 'admin'::text) AND ((company.business_id)::text = (providers_passport.business_id)::text)))))) WITH CHECK (((keeper_id = ( SELECT public.valinta_user() AS valinta_user)) OR (EXISTS ( SELECT 1
   FROM ((public.providers_worker mine
     JOIN public.providers_worker theirs ON ((theirs.provider_id = mine.provider_id)))
     JOIN public.providers_provider company ON ((company.id = mine.provider_id)))
  WHERE ((mine.user_id = ( SELECT public.valinta_user() AS valinta_user)) AND ((mine.level)::text = 'admin'::text) AND (theirs.user_id = providers_passport.keeper_id) AND ((theirs.level)::text = 'admin'::text) AND ((company.business_id)::text = (providers_passport.business_id)::text))))));

CREATE POLICY passport_of_its_company ON public.providers_passportpaper USING ((EXISTS ( SELECT 1
   FROM public.providers_passport own
  WHERE (own.id = providers_passportpaper.passport_id)))) WITH CHECK ((EXISTS ( SELECT 1
   FROM public.providers_passport own
  WHERE (own.id = providers_passportpaper.passport_id))));

ALTER TABLE public.plans_claim ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.plans_decision ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.plans_decisiondocument ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.plans_decisionpower ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.plans_decisionproposal ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.plans_delivery ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.plans_paper ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.plans_plancomment ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.plans_planline ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.plans_serviceplan ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.plans_signature ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.plans_supportplan ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.programmes_allocationrule ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.programmes_fundingshare ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.programmes_importrun ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.programmes_lettertext ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.programmes_municipality ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.programmes_packdraft ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.programmes_packload ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.programmes_phase ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.programmes_programme ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.programmes_quota ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.programmes_rulebook ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.programmes_targetgroup ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.providers_accountchange ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.providers_application ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.providers_applicationline ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.providers_approval ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.providers_clarification ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.providers_evidence ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.providers_passport ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.providers_passportpaper ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.providers_provideraccount ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.providers_registerentry ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.providers_suspension ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.providers_withdrawalwork ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.settlements_payment ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.settlements_run ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.settlements_runcorrection ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.settlements_runvisit ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.settlements_statement ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.settlements_statementline ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.users_holding ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.users_roleinvitation ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.visits_batch ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.visits_check ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.visits_correction ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.visits_drawing ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.visits_filepiece ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.visits_mending ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.visits_refusedline ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.visits_startedvisit ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.visits_visit ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.visits_visitcode ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.visits_visitfile ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.wishes_basket ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.wishes_basketline ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.wishes_requeststep ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.wishes_trayrequest ENABLE ROW LEVEL SECURITY;

GRANT USAGE ON SCHEMA public TO valinta_app;

REVOKE ALL ON FUNCTION public.catalogue_follow_facts() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.ledger_follow_transfers() FROM PUBLIC;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.procrastinate_jobs TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.api_apiclient TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.api_apiclient_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.api_event TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.api_event_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.api_keptanswer TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.api_keptanswer_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.api_sending TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.api_sending_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.api_subscription TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.api_subscription_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.api_usage TO valinta_app;

GRANT SELECT,INSERT ON TABLE public.audit_entry TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.audit_entry_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.auth_group TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.auth_group_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.auth_group_permissions TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.auth_group_permissions_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.auth_permission TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.auth_permission_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.budgets_budget TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.budgets_budget_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.budgets_pot TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.budgets_pot_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.budgets_voucher TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.budgets_voucher_id_seq TO valinta_app;

GRANT SELECT,INSERT ON TABLE public.budgets_voucherinformation TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.budgets_voucherinformation_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.budgets_voucherunit TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.budgets_voucherunit_id_seq TO valinta_app;

GRANT SELECT ON TABLE public.catalogue_listing TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.catalogue_offer TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.catalogue_service TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.programmes_municipality TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.programmes_programme TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.providers_approval TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.providers_provider TO valinta_app;

GRANT SELECT ON TABLE public.catalogue_listing_derived TO valinta_app;

GRANT SELECT ON TABLE public.catalogue_listingkind TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.catalogue_listingkind_id_seq TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.catalogue_offer_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.catalogue_price TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.catalogue_price_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.catalogue_referenceprice TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.catalogue_referenceprice_id_seq TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.catalogue_service_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.catalogue_timeband TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.catalogue_timeband_id_seq TO valinta_app;

GRANT SELECT ON TABLE public.catalogue_tray TO valinta_app;

GRANT SELECT ON TABLE public.catalogue_tray_kind TO valinta_app;

GRANT SELECT ON TABLE public.catalogue_tray_price TO valinta_app;

GRANT SELECT ON TABLE public.catalogue_tray_word TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.catalogue_vouchervalue TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.catalogue_vouchervalue_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.clients_absence TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.clients_absence_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.clients_accesscode TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.clients_accesscode_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.clients_accessgrant TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.clients_accessgrant_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.clients_client TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.clients_client_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.clients_contact TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.clients_contact_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.clients_cover TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.clients_cover_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.clients_enrolment TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.clients_enrolment_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.clients_handover TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.clients_handover_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.clients_interest TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.clients_interest_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.clients_invitation TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.clients_invitation_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.clients_mandate TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.clients_mandate_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.clients_mending TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.clients_mending_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.clients_reception TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.clients_reception_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.django_content_type TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.django_content_type_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.django_migrations TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.django_migrations_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.django_session TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluation_answer TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.evaluation_answer_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluation_answersshown TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.evaluation_answersshown_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.evaluation_round TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.evaluation_round_id_seq TO valinta_app;

GRANT SELECT,INSERT ON TABLE public.ledger_account TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.ledger_account_id_seq TO valinta_app;

GRANT SELECT ON TABLE public.ledger_route TO valinta_app;

GRANT SELECT,INSERT ON TABLE public.ledger_transfer TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.ledger_transfer_id_seq TO valinta_app;

GRANT SELECT,INSERT ON TABLE public.messages_attachment TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.messages_attachment_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.messages_glance TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.messages_glance_id_seq TO valinta_app;

GRANT SELECT,INSERT ON TABLE public.messages_message TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.messages_message_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.messages_notice TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.messages_notice_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.messages_noticechoice TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.messages_noticechoice_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.messages_thread TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.messages_thread_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.needs_allocation TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.needs_allocation_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.needs_allocationline TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.needs_allocationline_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.needs_assessment TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.needs_assessment_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.needs_assessmentsave TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.needs_assessmentsave_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.needs_consentpoint TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.needs_consentpoint_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.needs_eligibilitycheck TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.needs_eligibilitycheck_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.needs_instrumentresult TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.needs_instrumentresult_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.needs_need TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.needs_need_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.orders_assignment TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.orders_assignment_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.orders_cancellation TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.orders_cancellation_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.orders_change TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.orders_change_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.orders_moving TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.orders_moving_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.orders_order TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.orders_order_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.orders_rating TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.orders_rating_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.orders_slice TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.orders_slice_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.organisers_organiser TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.organisers_organiser_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.plans_claim TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.plans_claim_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.plans_decision TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.plans_decision_id_seq TO valinta_app;

GRANT SELECT,INSERT ON TABLE public.plans_decisiondocument TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.plans_decisiondocument_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.plans_decisionpower TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.plans_decisionpower_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.plans_decisionproposal TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.plans_decisionproposal_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.plans_delivery TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.plans_delivery_id_seq TO valinta_app;

GRANT SELECT,INSERT ON TABLE public.plans_paper TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.plans_paper_id_seq TO valinta_app;

GRANT SELECT,INSERT ON TABLE public.plans_plancomment TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.plans_plancomment_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.plans_planline TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.plans_planline_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.plans_serviceplan TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.plans_serviceplan_id_seq TO valinta_app;

GRANT SELECT,INSERT ON TABLE public.plans_signature TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.plans_signature_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.plans_supportplan TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.plans_supportplan_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.procrastinate_events TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.procrastinate_events_id_seq TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.procrastinate_jobs_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.procrastinate_periodic_defers TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.procrastinate_periodic_defers_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.procrastinate_workers TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.procrastinate_workers_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.programmes_allocationrule TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.programmes_allocationrule_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.programmes_fundingshare TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.programmes_fundingshare_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.programmes_importrun TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.programmes_importrun_id_seq TO valinta_app;

GRANT SELECT,INSERT ON TABLE public.programmes_lettertext TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.programmes_lettertext_id_seq TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.programmes_municipality_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.programmes_packdraft TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.programmes_packdraft_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.programmes_packload TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.programmes_packload_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.programmes_phase TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.programmes_phase_id_seq TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.programmes_programme_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.programmes_quota TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.programmes_quota_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.programmes_rulebook TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.programmes_rulebook_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.programmes_targetgroup TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.programmes_targetgroup_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.providers_accountchange TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.providers_accountchange_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.providers_application TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.providers_application_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.providers_applicationline TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.providers_applicationline_id_seq TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.providers_approval_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.providers_clarification TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.providers_clarification_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.providers_evidence TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.providers_evidence_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.providers_passport TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.providers_passport_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.providers_passportpaper TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.providers_passportpaper_id_seq TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.providers_provider_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.providers_provideraccount TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.providers_provideraccount_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.providers_registerentry TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.providers_registerentry_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.providers_suspension TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.providers_suspension_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.providers_unit TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.providers_unit_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.providers_withdrawalwork TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.providers_withdrawalwork_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.providers_worker TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.providers_worker_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.settlements_payment TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.settlements_payment_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.settlements_run TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.settlements_run_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.settlements_runcorrection TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.settlements_runvisit TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.settlements_statement TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.settlements_statement_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.settlements_statementline TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.settlements_statementline_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.users_holding TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.users_holding_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.users_roleinvitation TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.users_roleinvitation_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.users_tries TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.users_tries_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.users_user TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.users_user_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.visits_batch TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.visits_batch_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.visits_check TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.visits_check_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.visits_correction TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.visits_correction_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.visits_drawing TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.visits_drawing_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.visits_filepiece TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.visits_filepiece_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.visits_mending TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.visits_mending_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.visits_refusedline TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.visits_refusedline_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.visits_startedvisit TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.visits_startedvisit_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.visits_visit TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.visits_visit_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.visits_visitcode TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.visits_visitcode_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.visits_visitfile TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.visits_visitfile_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.wishes_basket TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.wishes_basket_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.wishes_basketline TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.wishes_basketline_id_seq TO valinta_app;

GRANT SELECT,INSERT ON TABLE public.wishes_requeststep TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.wishes_requeststep_id_seq TO valinta_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.wishes_trayrequest TO valinta_app;

GRANT SELECT,USAGE ON SEQUENCE public.wishes_trayrequest_id_seq TO valinta_app;

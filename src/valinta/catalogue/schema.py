"""SQL that keeps the tray's search documents true, whoever changes the facts they come from."""

from __future__ import annotations

from valinta.organisers.schema import APPLICATION_ROLE

# Two spellings of each text are indexed, with accents and without, so that both can be asked for;
# words as they are written besides, so that the beginning of any word finds it.
WORDS = r"""
CREATE FUNCTION catalogue_words(fi text, sv text, en text) RETURNS tsvector
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN strip(
        to_tsvector('finnish', fi) || to_tsvector('finnish', unaccent(fi))
        || to_tsvector('swedish', sv) || to_tsvector('swedish', unaccent(sv))
        || to_tsvector('english', en)
        || to_tsvector('simple', unaccent(concat_ws(' ', fi, sv, en))));

-- Each word may be of any language, and may be the beginning of a longer one, as names of services
-- are compounds. A word that some language skips (and, och, ja) is not asked for beside others.
CREATE FUNCTION catalogue_sought(words text[]) RETURNS tsquery
    LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
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
"""
WORDS_BACK = "DROP FUNCTION catalogue_sought;DROP FUNCTION catalogue_words;"

# What a search document is, said once. It reads as whoever asks, so the tenancy policies hold.
DERIVED = f"""
CREATE VIEW catalogue_listing_derived WITH (security_invoker = true) AS
SELECT o.id AS offer_id, o.organiser_id, s.programme_id, a.provider_id,
    greatest(lower(o.valid), lower(a.valid)) AS starts_on,
    least(upper(o.valid), upper(a.valid)) AS ends_on,
    o.takes_new_clients, o.rating_sum, o.rating_count,
    s.id AS service_id, p.sector, p.languages,
    coalesce(area.codes, '{{}}')::varchar(3)[] AS municipality_codes,
    catalogue_words(
        concat_ws(' ', p.name, s.names->>'fi', s.easy->>'fi', p.descriptions->>'fi', area.fi,
            g.names->>'fi'),
        concat_ws(' ', p.name, s.names->>'sv', s.easy->>'sv', p.descriptions->>'sv', area.sv,
            g.names->>'sv'),
        concat_ws(' ', p.name, s.names->>'en', p.descriptions->>'en', area.en, g.names->>'en')
    ) AS words,
    lower(unaccent(concat_ws(' ', p.name, s.names->>'fi', s.names->>'sv', s.names->>'en',
        area.fi, area.sv))) AS plain
FROM catalogue_offer o
JOIN catalogue_service s ON s.id = o.service_id
JOIN programmes_programme g ON g.id = s.programme_id
JOIN providers_approval a ON a.id = o.approval_id
JOIN providers_provider p ON p.id = a.provider_id
LEFT JOIN LATERAL (
    SELECT array_agg(m.code ORDER BY m.code) AS codes, string_agg(m.fi, ' ' ORDER BY m.code) AS fi,
        string_agg(m.sv, ' ' ORDER BY m.code) AS sv, string_agg(m.en, ' ' ORDER BY m.code) AS en
    FROM (
        SELECT DISTINCT ON (code) code, names->>'fi' AS fi, names->>'sv' AS sv, names->>'en' AS en
        FROM programmes_municipality
        WHERE programme_id = s.programme_id AND valid IS NOT NULL
            AND (a.municipality_codes IS NULL OR code = ANY (a.municipality_codes))
        ORDER BY code, id
    ) m
) area ON true;
REVOKE INSERT, UPDATE, DELETE ON catalogue_listing_derived FROM {APPLICATION_ROLE};
"""
DERIVED_BACK = "DROP VIEW catalogue_listing_derived;"

_KIND = "service_id, sector, languages, municipality_codes"
_FIELDS = (
    "organiser_id, programme_id, provider_id, starts_on, ends_on, takes_new_clients, rating_sum,"
    " rating_count, words"
)
_NEW = ", ".join(f"excluded.{field.strip()}" for field in f"{_FIELDS}, kind_id".split(","))

# From the offers in `touched` to their documents: first the kinds and the words that are new.
_WRITE = f"""
    INSERT INTO catalogue_listingkind (organiser_id, {_KIND})
    SELECT DISTINCT organiser_id, {_KIND} FROM catalogue_listing_derived
    WHERE offer_id = ANY (touched) ON CONFLICT ({_KIND}) DO NOTHING;
    INSERT INTO catalogue_trayword (text)
    SELECT DISTINCT one FROM catalogue_listing_derived, regexp_split_to_table(plain, '[^a-z]+') one
    WHERE offer_id = ANY (touched) AND length(one) > 2 ON CONFLICT (text) DO NOTHING;
    INSERT INTO catalogue_listing (offer_id, {_FIELDS}, kind_id)
    SELECT d.offer_id, {_FIELDS.replace("organiser_id", "d.organiser_id", 1)}, k.id
    FROM catalogue_listing_derived d JOIN catalogue_listingkind k USING ({_KIND})
    WHERE d.offer_id = ANY (touched)
    ON CONFLICT (offer_id) DO UPDATE SET ({_FIELDS}, kind_id) = ({_NEW});
"""

# A fact changes in one organiser's scope, but a provider is shared: the documents of all follow,
# so this works as the owner. One change at a time: two at once would each miss the other's.
FOLLOW = f"""
CREATE FUNCTION catalogue_follow_facts() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
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
{_WRITE}
    RETURN NULL;
END $$;
-- It works as the owner, so nobody else may hang it on a table of their own.
REVOKE EXECUTE ON FUNCTION catalogue_follow_facts() FROM PUBLIC;
"""
FOLLOWED = (
    ("catalogue_offer", "INSERT", "NEW"),
    ("catalogue_offer", "UPDATE", "NEW"),
    ("catalogue_offer", "DELETE", "OLD"),
    ("providers_approval", "UPDATE", "NEW"),
    ("providers_provider", "UPDATE", "NEW"),
    ("catalogue_service", "UPDATE", "NEW"),
    ("programmes_programme", "UPDATE", "NEW"),
    ("programmes_municipality", "INSERT", "NEW"),
    ("programmes_municipality", "UPDATE", "NEW"),
    ("programmes_municipality", "DELETE", "OLD"),
)
FOLLOW += "".join(
    f"CREATE TRIGGER listings_follow_{event.lower()} AFTER {event} ON {table}"
    f" REFERENCING {state} TABLE AS changed"
    " FOR EACH STATEMENT EXECUTE FUNCTION catalogue_follow_facts();"
    for table, event, state in FOLLOWED
)
FOLLOW += f"""
REVOKE INSERT, UPDATE, DELETE ON catalogue_listing, catalogue_listingkind FROM {APPLICATION_ROLE};
REVOKE ALL ON catalogue_trayword FROM {APPLICATION_ROLE};
-- The words are seldom read with the rest, so they are kept beside it.
ALTER TABLE catalogue_listing SET (toast_tuple_target = 128);
-- What is there already gets its documents: an update that changes nothing sets the trigger off.
UPDATE catalogue_offer SET id = id;
"""
FOLLOW_BACK = (
    "".join(f"DROP TRIGGER listings_follow_{event.lower()} ON {table};"
            for table, event, _ in FOLLOWED)
    + "DROP FUNCTION catalogue_follow_facts;"
)  # fmt: skip

# Under a policy PostgreSQL may not use the indexes for words: a search could show, by its speed or
# its errors, what the policy hides. These views hide nothing in public reading and everything
# outside it, so they read as their owner and the indexes work. They are only read.
TRAY = f"""
CREATE VIEW catalogue_tray AS SELECT * FROM catalogue_listing WHERE valinta_public();
CREATE VIEW catalogue_tray_kind AS SELECT * FROM catalogue_listingkind WHERE valinta_public();
CREATE VIEW catalogue_tray_price AS
    SELECT offer_id, band_id, cents, valid FROM catalogue_price
    WHERE superseded_at IS NULL AND valinta_public();
CREATE VIEW catalogue_tray_word AS SELECT text FROM catalogue_trayword WHERE valinta_public();
REVOKE ALL ON catalogue_tray, catalogue_tray_kind, catalogue_tray_price, catalogue_tray_word
    FROM {APPLICATION_ROLE};
GRANT SELECT ON catalogue_tray, catalogue_tray_kind, catalogue_tray_price, catalogue_tray_word
    TO {APPLICATION_ROLE};

-- The same words, or those of the tray that look most like them.
CREATE FUNCTION catalogue_alike(words text[]) RETURNS tsquery
    LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
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
"""
TRAY_BACK = """
DROP FUNCTION catalogue_alike;
DROP VIEW catalogue_tray_word, catalogue_tray_price, catalogue_tray_kind, catalogue_tray;
"""

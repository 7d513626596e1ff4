/**
 * The schema's versions, oldest first; the list only ever grows. What is asked for stands in columns; the whole value stands beside
 * it as JSON in `body`, as text, because PostgreSQL's own text and jsonb hold no U+0000 and JSON writes it with a backslash.
 */
export const MIGRATIONS: readonly string[] = [
  `
CREATE TABLE entry (
  id             TEXT    COLLATE "C" PRIMARY KEY,
  mode           TEXT    NOT NULL CHECK (mode IN ('live', 'sandbox', 'drill')),
  account        TEXT    NOT NULL CHECK (account <> ''),
  topic          TEXT    NOT NULL CHECK (topic IN ('main', 'urgent')),
  state          TEXT    NOT NULL CHECK (state IN ('queued', 'held', 'refused', 'attempting', 'uncertain', 'published',
                         'rejected', 'cancelled', 'expired', 'withdrawing', 'withdrawn')),
  text_key       TEXT    COLLATE "C" NOT NULL,
  origin_key     TEXT    COLLATE "C",
  predecessor_id TEXT    COLLATE "C",
  created_at     BIGINT  NOT NULL,
  due_at         BIGINT  NOT NULL,
  attempt_at     BIGINT,
  remote_id      TEXT    COLLATE "C" CHECK (remote_id <> ''),
  published_at   BIGINT,
  override_pause BOOLEAN NOT NULL,
  revision       BIGINT  NOT NULL,
  body           TEXT    NOT NULL,
  CHECK (state NOT IN ('attempting', 'uncertain') OR attempt_at IS NOT NULL),
  CHECK ((remote_id IS NOT NULL) = (state IN ('published', 'withdrawing', 'withdrawn')))
);
CREATE UNIQUE INDEX entry_origin ON entry (mode, account, origin_key) WHERE origin_key IS NOT NULL;
CREATE UNIQUE INDEX entry_remote ON entry (mode, account, length(remote_id), remote_id) WHERE remote_id IS NOT NULL;
CREATE INDEX entry_due ON entry (mode, account, topic, due_at, created_at, id) WHERE state = 'queued';
CREATE INDEX entry_text ON entry (mode, account, text_key, created_at);
CREATE INDEX entry_state ON entry (mode, account, state, created_at, id);
CREATE INDEX entry_made ON entry (created_at, id);
CREATE INDEX entry_made_in_scope ON entry (mode, account, created_at, id);
CREATE INDEX entry_sent ON entry (mode, account, coalesce(published_at, attempt_at))
  WHERE state IN ('attempting', 'uncertain', 'published', 'withdrawing', 'withdrawn');
CREATE INDEX entry_published ON entry (mode, account, published_at, id) WHERE state = 'published';

CREATE TABLE history (
  seq      BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  entry_id TEXT   COLLATE "C" NOT NULL REFERENCES entry (id),
  body     TEXT   NOT NULL
);
CREATE INDEX history_entry ON history (entry_id, seq);

CREATE TABLE seen (
  no           BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  mode         TEXT   NOT NULL,
  account      TEXT   NOT NULL,
  seen_id      TEXT   COLLATE "C" NOT NULL,
  last_seen_at BIGINT NOT NULL,
  body         TEXT   NOT NULL,
  UNIQUE (mode, account, seen_id)
);
CREATE INDEX seen_old ON seen (mode, account, last_seen_at);
-- Scope and key as the first 16 bytes of their SHA-256.
CREATE TABLE seen_key (
  hash    BYTEA  NOT NULL CHECK (length(hash) = 16),
  seen_no BIGINT NOT NULL REFERENCES seen (no) ON DELETE CASCADE,
  PRIMARY KEY (hash, seen_no)
);
CREATE INDEX seen_key_of ON seen_key (seen_no);

-- Feeds' states, stops, alerts and facts: small values that are found by name.
CREATE TABLE named (
  mode    TEXT   NOT NULL,
  account TEXT   NOT NULL,
  kind    TEXT   NOT NULL CHECK (kind IN ('feed', 'stop', 'alert', 'fact')),
  name    TEXT   COLLATE "C" NOT NULL,
  body    TEXT   NOT NULL,
  PRIMARY KEY (mode, account, kind, name)
);
-- Who stopped and resumed publishing, and why; lines are only ever added.
CREATE TABLE stop_history (
  seq     BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  mode    TEXT   NOT NULL,
  account TEXT   NOT NULL,
  body    TEXT   NOT NULL
);

-- The right to publish. Whether it has ended is asked of the database's own clock, which all machines share.
CREATE TABLE lease (
  id      INTEGER     PRIMARY KEY CHECK (id = 1),
  epoch   BIGINT      NOT NULL,
  holder  TEXT        NOT NULL,
  until   TIMESTAMPTZ NOT NULL,
  session INTEGER     NOT NULL
);
INSERT INTO lease VALUES (1, 0, '', '-infinity', 0);
`,
  // Which feed an entry came from, so that a paused feed's posts can be passed over. A body with U+0000 is no JSON to PostgreSQL.
  `
ALTER TABLE entry ADD COLUMN feed TEXT COLLATE "C";
UPDATE entry SET feed = body::json -> 'source' ->> 'feed' WHERE state = 'queued' AND position('\\u0000' IN body) = 0;
`,
  // People and the record of what they did; see the same tables of the other store.
  `
CREATE TABLE person (
  no     BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name   TEXT,
  folded TEXT COLLATE "C" UNIQUE CHECK ((folded IS NULL) = (name IS NULL))
);
CREATE TABLE operator (
  person_no BIGINT PRIMARY KEY REFERENCES person (no),
  body      TEXT   NOT NULL
);
CREATE TABLE sign_in (
  seq       BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name_key  TEXT    NOT NULL CHECK (length(name_key) = 64),
  at        BIGINT  NOT NULL,
  succeeded BOOLEAN NOT NULL
);
CREATE INDEX sign_in_name ON sign_in (name_key, at);
CREATE INDEX sign_in_old ON sign_in (at);
CREATE TABLE audit (
  seq  BIGINT PRIMARY KEY,
  body TEXT   NOT NULL,
  hash TEXT   NOT NULL CHECK (length(hash) = 64)
);
CREATE TABLE audit_head (
  id   INTEGER PRIMARY KEY CHECK (id = 1),
  seq  BIGINT  NOT NULL,
  hash TEXT    NOT NULL
);
CREATE FUNCTION audit_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a record of the log never changes';
END $$;
CREATE TRIGGER audit_never_changes BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
  FOR EACH STATEMENT EXECUTE FUNCTION audit_never_changes();
`,
  // What succeeds an entry is asked for when that entry comes back unsent.
  `
CREATE INDEX entry_predecessor ON entry (predecessor_id) WHERE predecessor_id IS NOT NULL;
`,
];

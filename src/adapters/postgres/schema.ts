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
];

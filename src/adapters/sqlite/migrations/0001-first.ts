/**
 * The first schema. Times are milliseconds since 1970 UTC; lists and nested values are JSON. STRICT, NOT NULL and CHECK stand
 * here because the driver binds NULL for a value that it does not understand, without a word.
 */
export const first = `
CREATE TABLE entry (
  id                 TEXT    PRIMARY KEY NOT NULL CHECK (id <> ''),
  mode               TEXT    NOT NULL CHECK (mode IN ('live', 'sandbox', 'drill')),
  account            TEXT    NOT NULL CHECK (account <> ''),
  kind               TEXT    NOT NULL CHECK (kind IN ('announcement', 'update', 'forced', 'correction')),
  topic              TEXT    NOT NULL CHECK (topic IN ('main', 'urgent')),
  state              TEXT    NOT NULL CHECK (state IN ('queued', 'held', 'refused', 'attempting', 'uncertain', 'published',
                             'rejected', 'cancelled', 'expired', 'withdrawing', 'withdrawn')),
  lang               TEXT    NOT NULL CHECK (lang IN ('ja', 'en')),
  text               TEXT    NOT NULL,
  weight             INTEGER NOT NULL,
  url                TEXT,
  text_hash          TEXT    NOT NULL,
  text_key           TEXT    NOT NULL,
  origin_key         TEXT,
  rule               TEXT    NOT NULL,
  reasons            TEXT    NOT NULL CHECK (json_valid(reasons)),
  policy_version     TEXT    NOT NULL,
  source             TEXT    CHECK (source IS NULL OR json_valid(source)),
  template           TEXT    NOT NULL,
  predecessor_id     TEXT,
  corrects_id        TEXT,
  batch_id           TEXT,
  approvals          TEXT    NOT NULL CHECK (json_valid(approvals)),
  approvals_needed   INTEGER NOT NULL CHECK (approvals_needed >= 0),
  created_at         INTEGER NOT NULL,
  due_at             INTEGER NOT NULL,
  held_since         INTEGER CHECK ((held_since IS NOT NULL) = (state = 'held')),
  needs_person       INTEGER NOT NULL CHECK (needs_person IN (0, 1)),
  attempts           INTEGER NOT NULL CHECK (attempts >= 0),
  attempt_at         INTEGER CHECK ((attempt_at IS NULL) = (attempts = 0)),
  attempt_nonce      TEXT    CHECK ((attempt_nonce IS NULL) = (attempts = 0)),
  attempt_epoch      INTEGER CHECK ((attempt_epoch IS NULL) = (attempts = 0)),
  attempt_deadline   INTEGER CHECK ((attempt_deadline IS NULL) = (attempts = 0)),
  attempt_since_id   TEXT,
  first_attempt_at   INTEGER CHECK ((first_attempt_at IS NULL) = (attempts = 0)),
  search             TEXT    CHECK (search IS NULL OR json_valid(search)),
  remote_id          TEXT    CHECK (remote_id <> ''),
  published_at       INTEGER,
  note               TEXT,
  by                 TEXT    NOT NULL,
  override_pause     INTEGER NOT NULL CHECK (override_pause IN (0, 1)),
  revision           INTEGER NOT NULL CHECK (revision >= 0),
  CHECK (state NOT IN ('attempting', 'uncertain') OR attempts > 0),
  CHECK ((search IS NOT NULL) = (state = 'uncertain')),
  CHECK ((remote_id IS NOT NULL) = (state IN ('published', 'withdrawing', 'withdrawn'))),
  CHECK ((published_at IS NOT NULL) = (state IN ('published', 'withdrawing', 'withdrawn')))
) STRICT;

-- One announcement, one entry.
CREATE UNIQUE INDEX entry_origin ON entry (mode, account, origin_key) WHERE origin_key IS NOT NULL;
-- One post, one entry; length first, because the newest id is the longest, then the greatest.
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
  seq        INTEGER PRIMARY KEY,
  entry_id   TEXT    NOT NULL REFERENCES entry (id),
  at         INTEGER NOT NULL,
  event      TEXT    NOT NULL,
  from_state TEXT,
  to_state   TEXT    NOT NULL,
  by         TEXT    NOT NULL,
  reason     TEXT
) STRICT;
CREATE INDEX history_entry ON history (entry_id, seq);

CREATE TABLE feed_state (
  mode    TEXT NOT NULL,
  account TEXT NOT NULL,
  feed    TEXT NOT NULL,
  state   TEXT NOT NULL CHECK (json_valid(state)),
  PRIMARY KEY (mode, account, feed)
) STRICT, WITHOUT ROWID;

CREATE TABLE seen (
  no            INTEGER PRIMARY KEY,
  mode          TEXT    NOT NULL,
  account       TEXT    NOT NULL,
  seen_id       TEXT    NOT NULL,
  feed          TEXT    NOT NULL,
  keys          TEXT    NOT NULL CHECK (json_valid(keys)),
  title         TEXT    NOT NULL,
  url           TEXT,
  lang          TEXT    NOT NULL CHECK (lang IN ('ja', 'en')),
  published_at  INTEGER,
  first_seen_at INTEGER NOT NULL,
  last_seen_at  INTEGER NOT NULL,
  disposition   TEXT    NOT NULL CHECK (disposition IN ('baseline', 'recorded', 'ignored')),
  entry_id      TEXT,
  UNIQUE (mode, account, seen_id)
) STRICT;
CREATE INDEX seen_old ON seen (mode, account, last_seen_at);

-- Scope and key as the first 16 bytes of their SHA-256: 32 bytes a row instead of 175. No foreign key: it would cost a second index.
CREATE TABLE seen_key (
  hash    BLOB    NOT NULL CHECK (length(hash) = 16),
  seen_no INTEGER NOT NULL,
  PRIMARY KEY (hash, seen_no)
) STRICT, WITHOUT ROWID;

CREATE TABLE stop (
  mode    TEXT    NOT NULL,
  account TEXT    NOT NULL,
  kind    TEXT    NOT NULL CHECK (kind IN ('pause', 'account')),
  reason  TEXT    NOT NULL,
  by      TEXT    NOT NULL,
  since   INTEGER NOT NULL,
  until   INTEGER,
  PRIMARY KEY (mode, account, kind)
) STRICT, WITHOUT ROWID;

-- Who stopped and resumed publishing, and why; lines are only ever added.
CREATE TABLE stop_history (
  seq     INTEGER PRIMARY KEY,
  mode    TEXT    NOT NULL,
  account TEXT    NOT NULL,
  kind    TEXT    NOT NULL,
  event   TEXT    NOT NULL CHECK (event IN ('set', 'cleared')),
  at      INTEGER NOT NULL,
  by      TEXT    NOT NULL,
  reason  TEXT    NOT NULL
) STRICT;

CREATE TABLE alert (
  mode         TEXT    NOT NULL,
  account      TEXT    NOT NULL,
  key          TEXT    NOT NULL,
  code         TEXT    NOT NULL,
  params       TEXT    NOT NULL CHECK (json_valid(params)),
  since        INTEGER NOT NULL,
  last_told_at INTEGER NOT NULL,
  PRIMARY KEY (mode, account, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE fact (
  mode    TEXT NOT NULL,
  account TEXT NOT NULL,
  name    TEXT NOT NULL,
  value   TEXT NOT NULL,
  PRIMARY KEY (mode, account, name)
) STRICT, WITHOUT ROWID;

-- The fencing token of the process that may publish. The lock itself is held in a file of its own.
CREATE TABLE lease (
  id     INTEGER PRIMARY KEY CHECK (id = 1),
  epoch  INTEGER NOT NULL,
  holder TEXT    NOT NULL,
  since  INTEGER NOT NULL
) STRICT;
INSERT INTO lease VALUES (1, 0, '', 0);
`;

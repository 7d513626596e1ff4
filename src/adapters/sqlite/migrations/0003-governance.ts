/**
 * People and the record of what they did. The log only grows: the triggers stop a slip of ours, the chain of hashes shows what
 * somebody did on purpose. It names people by pseudonyms, whose names stand in `person` and can be erased there.
 */
export const governance = `
CREATE TABLE person (
  no     INTEGER PRIMARY KEY,
  name   TEXT,
  folded TEXT UNIQUE CHECK ((folded IS NULL) = (name IS NULL))
) STRICT;

CREATE TABLE operator (
  person_no INTEGER PRIMARY KEY REFERENCES person (no),
  body      TEXT NOT NULL CHECK (json_valid(body))
) STRICT;

CREATE TABLE sign_in (
  seq       INTEGER PRIMARY KEY,
  name_key  TEXT    NOT NULL CHECK (length(name_key) = 64),
  at        INTEGER NOT NULL,
  succeeded INTEGER NOT NULL CHECK (succeeded IN (0, 1))
) STRICT;
CREATE INDEX sign_in_name ON sign_in (name_key, at);
CREATE INDEX sign_in_old ON sign_in (at);

CREATE TABLE audit (
  seq  INTEGER PRIMARY KEY,
  body TEXT    NOT NULL CHECK (json_valid(body)),
  hash TEXT    NOT NULL CHECK (length(hash) = 64)
) STRICT;
CREATE TABLE audit_head (
  id   INTEGER PRIMARY KEY CHECK (id = 1),
  seq  INTEGER NOT NULL,
  hash TEXT    NOT NULL
) STRICT;

CREATE TRIGGER audit_never_changes BEFORE UPDATE ON audit BEGIN
  SELECT RAISE(ABORT, 'a record of the log never changes');
END;
CREATE TRIGGER audit_never_shrinks BEFORE DELETE ON audit BEGIN
  SELECT RAISE(ABORT, 'a record of the log is never deleted');
END;
`;

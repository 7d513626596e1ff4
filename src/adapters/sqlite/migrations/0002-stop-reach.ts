/**
 * A stop may reach one topic or one feed alone. The empty text stands for "everything", because a primary key without rowid holds no
 * NULL. Stops that were set before keep reaching everything.
 */
export const stopReach = `
CREATE TABLE stop_with_reach (
  mode    TEXT    NOT NULL,
  account TEXT    NOT NULL,
  kind    TEXT    NOT NULL CHECK (kind IN ('pause', 'account')),
  topic   TEXT    NOT NULL CHECK (topic IN ('', 'main', 'urgent')),
  feed    TEXT    NOT NULL,
  reason  TEXT    NOT NULL,
  by      TEXT    NOT NULL,
  since   INTEGER NOT NULL,
  until   INTEGER,
  PRIMARY KEY (mode, account, kind, topic, feed)
) STRICT, WITHOUT ROWID;
INSERT INTO stop_with_reach SELECT mode, account, kind, '', '', reason, by, since, until FROM stop;
DROP TABLE stop;
ALTER TABLE stop_with_reach RENAME TO stop;
ALTER TABLE stop_history ADD COLUMN topic TEXT NOT NULL DEFAULT '';
ALTER TABLE stop_history ADD COLUMN feed TEXT NOT NULL DEFAULT '';
`;

CREATE TABLE inbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  forge TEXT NOT NULL,
  delivery TEXT NOT NULL,
  event TEXT NOT NULL,
  body BLOB NOT NULL,
  received_at BIGINT NOT NULL,
  state TEXT NOT NULL,
  target TEXT,
  note TEXT,
  UNIQUE (forge, delivery)
);
CREATE INDEX inbox_by_state ON inbox (state, target, id);

CREATE TABLE decision (
  target TEXT NOT NULL,
  number BIGINT NOT NULL,
  forge TEXT NOT NULL,
  repository TEXT NOT NULL,
  source TEXT NOT NULL,
  at BIGINT NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (target, number),
  UNIQUE (target, source)
);
CREATE INDEX decision_by_repository ON decision (forge, repository, at);

CREATE TABLE ledger (
  target TEXT NOT NULL,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  at BIGINT NOT NULL,
  content TEXT NOT NULL,
  PRIMARY KEY (target, kind, id)
);

CREATE TABLE review (
  target TEXT PRIMARY KEY,
  forge TEXT NOT NULL,
  repository TEXT NOT NULL,
  head_sha TEXT NOT NULL,
  title TEXT NOT NULL,
  url TEXT NOT NULL,
  author TEXT NOT NULL,
  state TEXT NOT NULL,
  headline TEXT NOT NULL,
  markdown TEXT NOT NULL,
  at BIGINT NOT NULL
);
CREATE INDEX review_by_head ON review (forge, repository, head_sha);
CREATE INDEX review_by_time ON review (at);

CREATE TABLE catalog_url (
  source TEXT PRIMARY KEY,
  url TEXT NOT NULL,
  token_variable TEXT,
  cron TEXT NOT NULL,
  next_at BIGINT NOT NULL,
  wanted_at BIGINT NOT NULL
);

CREATE TABLE scheduled_tasks (
  task_name TEXT NOT NULL,
  task_instance TEXT NOT NULL,
  task_data BLOB,
  execution_time BIGINT NOT NULL,
  picked BOOLEAN NOT NULL,
  picked_by TEXT,
  last_success BIGINT,
  last_failure BIGINT,
  consecutive_failures INTEGER,
  last_heartbeat BIGINT,
  version BIGINT NOT NULL,
  priority INTEGER,
  state TEXT,
  PRIMARY KEY (task_name, task_instance)
);
CREATE INDEX scheduled_tasks_by_time ON scheduled_tasks (execution_time);
CREATE INDEX scheduled_tasks_by_heartbeat ON scheduled_tasks (last_heartbeat);

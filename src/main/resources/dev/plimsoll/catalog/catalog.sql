-- Plimsoll size catalog, format 1. PostgreSQL 12 to 18.
--
-- One SELECT, read-only. It reads the system catalogs and statistics counters: names, types, sizes and rates.
-- It reads no table, and of the planner's statistics nothing but the fraction of NULLs: no value of any row is in the result.
-- Enough for it: a login that is a member of pg_monitor. The fraction of NULLs is given only for tables that the login may SELECT from.
-- Every function is named with its schema, so that nothing on the search_path can stand in for it.
WITH
  namespace AS MATERIALIZED (
    SELECT n.oid, n.nspname
    FROM pg_catalog.pg_namespace n
    WHERE n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
  ),

  relation AS MATERIALIZED (
    SELECT c.oid, n.nspname, c.relname, c.relkind, c.relispartition, c.reltuples, c.relpages, c.reltoastrelid,
           CASE WHEN c.relkind IN ('r', 'm') THEN pg_catalog.pg_relation_size(c.oid, 'main') END AS heap_bytes
    FROM pg_catalog.pg_class c
    JOIN namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.relpersistence <> 't'
  ),

  -- Counters of a standby are its own, not production's: no rates from there.
  counting AS MATERIALIZED (
    SELECT since,
           CASE WHEN pg_catalog.current_setting('track_counts') = 'on' AND NOT pg_catalog.pg_is_in_recovery()
                THEN greatest(pg_catalog.date_part('epoch', pg_catalog.clock_timestamp() - since), 1) END AS seconds
    FROM (
      SELECT coalesce(
               (SELECT d.stats_reset FROM pg_catalog.pg_stat_database d WHERE d.datname = pg_catalog.current_database()),
               pg_catalog.pg_postmaster_start_time()) AS since
    ) s
  ),

  -- Shown by the server only for columns that the login may read; the most common values and the histogram stay unread.
  nulls AS MATERIALIZED (
    SELECT s.schemaname, s.tablename, s.attname, s.inherited, s.null_frac
    FROM pg_catalog.pg_stats s
  ),

  column_type AS MATERIALIZED (
    SELECT t.oid, element.typnamespace,
           CASE WHEN element.typnamespace <> 'pg_catalog'::pg_catalog.regnamespace AND pg_catalog.pg_type_is_visible(element.oid)
                THEN pg_catalog.quote_ident(n.nspname) || '.' ELSE '' END AS prefix
    FROM pg_catalog.pg_type t
    JOIN pg_catalog.pg_type element
      ON element.oid = CASE WHEN t.typcategory = 'A' AND t.typlen = -1 AND t.typelem <> 0 THEN t.typelem ELSE t.oid END
    JOIN pg_catalog.pg_namespace n ON n.oid = element.typnamespace
  ),

  column_list AS MATERIALIZED (
    SELECT a.attrelid,
           pg_catalog.json_agg(
             pg_catalog.json_build_object(
               'name', a.attname,
               'type', t.prefix || pg_catalog.format_type(a.atttypid, a.atttypmod),
               -- From 18 a NOT NULL that is NOT VALID sets attnotnull too, while rows with NULL may be there.
               'nullable', NOT a.attnotnull OR unproved.oid IS NOT NULL,
               'default', CASE WHEN a.attgenerated = '' THEN pg_catalog.pg_get_expr(d.adbin, d.adrelid) END,
               'identity', CASE a.attidentity WHEN 'a' THEN 'always' WHEN 'd' THEN 'by_default' END,
               'generated', CASE WHEN a.attgenerated <> '' THEN true END,
               'generation', CASE a.attgenerated WHEN 's' THEN 'stored' WHEN 'v' THEN 'virtual' END,
               'generation_expression', CASE WHEN a.attgenerated <> '' THEN pg_catalog.pg_get_expr(d.adbin, d.adrelid) END,
               'null_fraction', nulls.null_frac)
             ORDER BY a.attnum) AS list
    FROM relation r
    JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN column_type t ON t.oid = a.atttypid
    LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    LEFT JOIN pg_catalog.pg_constraint unproved
      ON unproved.conrelid = a.attrelid AND unproved.contype = 'n' AND NOT unproved.convalidated AND unproved.conkey[1] = a.attnum
    LEFT JOIN nulls
      ON nulls.schemaname = r.nspname AND nulls.tablename = r.relname AND nulls.attname = a.attname
      AND nulls.inherited = (r.relkind = 'p')
    GROUP BY a.attrelid
  ),

  index_list AS MATERIALIZED (
    SELECT i.indrelid,
           pg_catalog.json_agg(
             pg_catalog.json_build_object(
               'name', c.relname,
               'keys', (
                 SELECT pg_catalog.json_agg(
                          CASE WHEN k.attnum = 0 THEN pg_catalog.pg_get_indexdef(i.indexrelid, k.place::integer, false)
                               ELSE a.attname::text END
                          ORDER BY k.place)
                 FROM pg_catalog.unnest(i.indkey::smallint[]) WITH ORDINALITY k (attnum, place)
                 LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum AND k.attnum <> 0
                 WHERE k.place <= i.indnkeyatts),
               'include', (
                 SELECT pg_catalog.json_agg(a.attname ORDER BY k.place)
                 FROM pg_catalog.unnest(i.indkey::smallint[]) WITH ORDINALITY k (attnum, place)
                 JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
                 WHERE k.place > i.indnkeyatts),
               'unique', i.indisunique,
               'primary', i.indisprimary,
               'valid', i.indisvalid,
               'predicate', pg_catalog.pg_get_expr(i.indpred, i.indrelid),
               'method', m.amname,
               'bytes', CASE WHEN c.relkind = 'i' THEN pg_catalog.pg_relation_size(c.oid, 'main') END)
             ORDER BY c.relname COLLATE "C") AS list
    FROM relation r
    JOIN pg_catalog.pg_index i ON i.indrelid = r.oid AND i.indislive
    JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
    JOIN pg_catalog.pg_am m ON m.oid = c.relam
    GROUP BY i.indrelid
  ),

  constraint_list AS MATERIALIZED (
    SELECT k.conrelid,
           pg_catalog.json_agg(
             pg_catalog.json_build_object(
               'name', k.conname,
               'type', CASE k.contype WHEN 'c' THEN 'check' WHEN 'f' THEN 'foreign_key' WHEN 'u' THEN 'unique'
                                      WHEN 'p' THEN 'primary_key' WHEN 'n' THEN 'not_null' WHEN 'x' THEN 'exclude' END,
               'columns', (
                 SELECT pg_catalog.json_agg(a.attname ORDER BY u.place)
                 FROM pg_catalog.unnest(k.conkey) WITH ORDINALITY u (attnum, place)
                 JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.attnum),
               'expression', CASE WHEN k.contype = 'c' THEN pg_catalog.pg_get_expr(k.conbin, k.conrelid) END,
               'no_inherit', CASE WHEN k.contype = 'c' AND k.connoinherit THEN true END,
               'references', CASE WHEN k.contype = 'f' THEN pg_catalog.json_build_object(
                 'schema', rn.nspname,
                 'name', rc.relname,
                 'columns', (
                   SELECT pg_catalog.json_agg(a.attname ORDER BY u.place)
                   FROM pg_catalog.unnest(k.confkey) WITH ORDINALITY u (attnum, place)
                   JOIN pg_catalog.pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.attnum)) END,
               'on_delete', CASE WHEN k.contype = 'f' THEN
                 CASE k.confdeltype WHEN 'r' THEN 'restrict' WHEN 'c' THEN 'cascade' WHEN 'n' THEN 'set_null'
                                    WHEN 'd' THEN 'set_default' ELSE 'no_action' END END,
               'on_update', CASE WHEN k.contype = 'f' THEN
                 CASE k.confupdtype WHEN 'r' THEN 'restrict' WHEN 'c' THEN 'cascade' WHEN 'n' THEN 'set_null'
                                    WHEN 'd' THEN 'set_default' ELSE 'no_action' END END,
               'deferrable', CASE WHEN k.condeferrable THEN true END,
               'method', CASE WHEN k.contype = 'x' THEN m.amname END,
               'definition', CASE WHEN k.contype = 'x' THEN pg_catalog.pg_get_constraintdef(k.oid, false) END,
               'validated', k.convalidated)
             ORDER BY k.conname COLLATE "C", k.contype) AS list
    FROM relation r
    JOIN pg_catalog.pg_constraint k ON k.conrelid = r.oid AND k.contype IN ('c', 'f', 'u', 'p', 'n', 'x')
    LEFT JOIN pg_catalog.pg_constraint parent ON parent.oid = k.conparentid
    LEFT JOIN pg_catalog.pg_class rc ON rc.oid = k.confrelid AND k.contype = 'f'
    LEFT JOIN pg_catalog.pg_namespace rn ON rn.oid = rc.relnamespace
    LEFT JOIN pg_catalog.pg_class ic ON ic.oid = k.conindid AND k.contype = 'x'
    LEFT JOIN pg_catalog.pg_am m ON m.oid = ic.relam
    -- A foreign key to a partitioned table keeps one more entry per partition for its own use.
    WHERE parent.conrelid IS DISTINCT FROM k.conrelid
    GROUP BY k.conrelid
  ),

  table_list AS (
    SELECT pg_catalog.string_agg(
             pg_catalog.json_strip_nulls(pg_catalog.json_build_object(
               'schema', r.nspname,
               'name', r.relname,
               'kind', CASE r.relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'partitioned' WHEN 'v' THEN 'view'
                                      WHEN 'm' THEN 'materialized_view' WHEN 'f' THEN 'foreign' END,
               'partition_of', CASE WHEN r.relispartition THEN (
                 SELECT pg_catalog.json_build_object('schema', n.nspname, 'name', p.relname)
                 FROM pg_catalog.pg_inherits h
                 JOIN pg_catalog.pg_class p ON p.oid = h.inhparent
                 JOIN pg_catalog.pg_namespace n ON n.oid = p.relnamespace
                 WHERE h.inhrelid = r.oid
                 LIMIT 1) END,
               -- Never analysed is -1 from 14 on, and 0 rows on 0 pages before: unknown. Else as the planner does: the density that was
               -- found by the last ANALYZE or VACUUM, times the pages of today. n_live_tup is no better: it starts at 0 after
               -- pg_upgrade and after a crash, and counts twice what a session loads and analyses itself.
               'rows', CASE
                 WHEN r.relkind NOT IN ('r', 'm') THEN NULL
                 WHEN r.heap_bytes = 0 THEN 0
                 WHEN r.reltuples < 0 OR (r.reltuples = 0 AND r.relpages = 0) THEN NULL
                 WHEN r.relpages = 0 THEN r.reltuples::bigint
                 ELSE pg_catalog.round(r.reltuples::double precision
                        * (r.heap_bytes / pg_catalog.current_setting('block_size')::double precision / r.relpages))::bigint END,
               'heap_bytes', r.heap_bytes,
               'toast_bytes', CASE WHEN r.relkind IN ('r', 'm') THEN
                 CASE WHEN r.reltoastrelid = 0 THEN 0 ELSE pg_catalog.pg_total_relation_size(r.reltoastrelid) END END,
               'reads_per_second', CASE WHEN r.relkind IN ('r', 'm') THEN
                 pg_catalog.round(((s.seq_scan + coalesce(s.idx_scan, 0)) / counting.seconds)::numeric, 3)::double precision END,
               'writes_per_second', CASE WHEN r.relkind IN ('r', 'm') THEN
                 pg_catalog.round(((s.n_tup_ins + s.n_tup_upd + s.n_tup_del) / counting.seconds)::numeric, 3)::double precision END,
               'columns', coalesce(c.list, '[]'::json),
               'indexes', coalesce(i.list, '[]'::json),
               'constraints', coalesce(k.list, '[]'::json)))::text,
             E',\n' ORDER BY r.nspname COLLATE "C", r.relname COLLATE "C") AS list
    FROM relation r
    CROSS JOIN counting
    LEFT JOIN pg_catalog.pg_stat_user_tables s ON s.relid = r.oid
    LEFT JOIN column_list c ON c.attrelid = r.oid
    LEFT JOIN index_list i ON i.indrelid = r.oid
    LEFT JOIN constraint_list k ON k.conrelid = r.oid
  ),

  -- What a function's name can mean at worst, over all its overloads: decides whether a default is computed once or per row.
  function_list AS (
    SELECT pg_catalog.string_agg(
             pg_catalog.json_build_object('schema', f.nspname, 'name', f.proname, 'volatility', f.volatility)::text,
             E',\n' ORDER BY f.nspname COLLATE "C", f.proname COLLATE "C") AS list
    FROM (
      SELECT n.nspname, p.proname,
             CASE WHEN pg_catalog.bool_or(p.provolatile = 'v') THEN 'volatile'
                  WHEN pg_catalog.bool_or(p.provolatile = 's') THEN 'stable' ELSE 'immutable' END AS volatility
      FROM pg_catalog.pg_proc p
      JOIN namespace n ON n.oid = p.pronamespace
      WHERE p.prokind = 'f' AND NOT p.proretset
        AND p.prorettype NOT IN ('trigger'::pg_catalog.regtype, 'event_trigger'::pg_catalog.regtype)
      GROUP BY n.nspname, p.proname
    ) f
  ),

  -- As they are for everybody: what this session set for itself is taken back, what its client set from outside is left out.
  setting AS MATERIALIZED (
    SELECT s.name,
           CASE s.source WHEN 'session' THEN s.reset_val || coalesce(s.unit, '')
                         ELSE pg_catalog.current_setting(s.name) END AS value
    FROM pg_catalog.pg_settings s
    WHERE s.source <> 'client' AND s.name IN (
      'TimeZone', 'autovacuum', 'block_size', 'deadlock_timeout', 'default_table_access_method', 'default_tablespace',
      'default_transaction_isolation', 'idle_in_transaction_session_timeout', 'lock_timeout', 'maintenance_work_mem',
      'max_locks_per_transaction', 'max_parallel_maintenance_workers', 'max_parallel_workers', 'max_wal_size',
      'max_worker_processes', 'search_path', 'server_encoding', 'statement_timeout', 'synchronous_commit', 'track_counts',
      'transaction_timeout', 'wal_level')
  ),

  server AS (
    SELECT pg_catalog.json_strip_nulls(pg_catalog.json_build_object(
      'engine', 'postgresql',
      'version', pg_catalog.split_part(pg_catalog.current_setting('server_version'), ' ', 1),
      'major_version', pg_catalog.current_setting('server_version_num')::integer / 10000,
      'database', pg_catalog.current_database(),
      'standby', pg_catalog.pg_is_in_recovery(),
      'stats_since', pg_catalog.to_char(counting.since AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
      'time_zone', (SELECT value FROM setting WHERE name = 'TimeZone'),
      'settings', (SELECT pg_catalog.json_object_agg(name, value ORDER BY name COLLATE "C") FROM setting WHERE name <> 'TimeZone')
    ))::text AS facts
    FROM counting
  )

SELECT (
  E'{\n"plimsoll_catalog": 1,\n"taken_at": "'
  || pg_catalog.to_char(pg_catalog.now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
  || E'",\n"server": ' || server.facts
  || E',\n"tables": [\n' || coalesce(table_list.list, '')
  || E'\n],\n"functions": [\n' || coalesce(function_list.list, '')
  || E'\n]\n}')::json AS catalog
FROM server, table_list, function_list;

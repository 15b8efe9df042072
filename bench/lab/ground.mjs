// What the scenarios stand on: a shop whose orders are too many to be careless with, and sentences about what is seen.
import { ofKind } from './forges.mjs';

export const REQUIRED = 'alter table orders add column status text not null;\n';
export const NULLABLE = 'alter table orders add column status text;\n';
export const PEOPLE = { alice: 'write', carol: 'admin', rita: 'read' };

export const CONFIG = `version: 1
databases:
  main:
    engine: postgresql
    catalog: plimsoll-catalog.json
`;

function table(name, rows, bytes) {
  return {
    schema: 'public',
    name,
    kind: 'table',
    rows,
    heap_bytes: bytes,
    toast_bytes: 0,
    columns: [{ name: 'id', type: 'bigint', nullable: false }],
    indexes: [{ name: `${name}_pkey`, keys: ['id'], unique: true, primary: true, valid: true, method: 'btree', bytes: Math.round(bytes / 16) }],
    constraints: [],
    reads_per_second: 900,
    writes_per_second: 1200,
  };
}

export function catalog() {
  return JSON.stringify({
    plimsoll_catalog: 1,
    taken_at: new Date().toISOString(),
    server: { engine: 'postgresql', major_version: 17, version: '17.2', settings: { TimeZone: 'UTC' } },
    tables: [table('orders', 200_000_000, 84 * 2 ** 30), table('customers', 9_000_000, 2 * 2 ** 30)],
  });
}

export const shop = (config = CONFIG) => ({ 'README.md': 'A shop.\n', '.plimsoll.yml': config, 'plimsoll-catalog.json': catalog() });

export const migration = (number, sql) => ({ [`db/migration/V${number}__change.sql`]: sql });

/** Throws when it is not so. */
export function expect(isSo, what, seen) {
  if (!isSo) throw new Error(`${what}${seen === undefined ? '' : `; seen: ${typeof seen === 'string' ? seen.slice(0, 1500) : JSON.stringify(seen).slice(0, 1500)}`}`);
}

/**
 * However often it was told: one check of each name, one thread on each line, one summary. On GitHub a re-run is a run of its own, so there
 * may be more of them when one was asked for.
 */
export function expectOneOfEach(view, { threads = 1, runs = 1 } = {}) {
  for (const name of ['plimsoll', 'plimsoll/checklist']) {
    const found = view.checks.filter((k) => k.name === name);
    expect(found.length >= 1 && found.length <= runs, `${runs} check ${name}`, found);
  }
  expect(view.threads.length === threads, `${threads} threads`, view.threads.map((t) => `${t.path}:${t.line} ${t.body.slice(0, 60)}`));
  expect(ofKind(view, 'summary').length === 1, 'one summary', view.comments.map((c) => c.kind));
}

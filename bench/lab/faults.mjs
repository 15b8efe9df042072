// Forges that fail, and a server that is killed: in the end everything stands, once.
import { check, state } from './forges.mjs';
import { expect, expectOneOfEach, migration, REQUIRED } from './ground.mjs';

const PATHS = {
  github: { checks: '/check-runs', comments: '/issues/\\d+/comments$', threads: '/pulls/\\d+/(comments|reviews)', any: '.*' },
  gitlab: { checks: '/statuses/', comments: '/notes$', threads: '/discussions$', any: '.*' },
};

/** One fault after another on the way of one review. */
function under(name, faults) {
  return {
    name,
    async run({ repository, lab, forge }) {
      const repo = await repository();
      for (const fault of faults(PATHS[forge.name])) await lab.fault({ side: forge.side, ...fault });
      const change = await repo.open({ files: migration(2, REQUIRED) });
      const view = await change.concludes('failure', 'failure', 120_000);
      expectOneOfEach(view);
      const left = (await lab.get('/faults')).faults?.filter((f) => f.remaining > 0) ?? [];
      await lab.clearFaults();
      return `${(await change.calls()).length} calls${left.length ? `, ${left.length} faults not met` : ''}`;
    },
  };
}

export const faults = [
  under('502 on whatever is read first, on checks and on comments', (p) => [
    { kind: 'status', status: 502, path: p.any, times: 2 },
    { kind: 'status', status: 502, method: 'POST', path: p.checks, times: 1 },
    { kind: 'status', status: 502, method: 'POST', path: p.comments, times: 1 },
  ]),
  under('502 although the write was done', (p) => [
    { kind: 'status', status: 502, apply: true, method: 'POST', path: p.threads, times: 1 },
    { kind: 'status', status: 502, apply: true, method: 'POST', path: p.comments, times: 1 },
    { kind: 'status', status: 502, apply: true, method: 'POST', path: p.checks, times: 1 },
  ]),
  under('the secondary rate limit while writing: waits as told', (p) => [
    { kind: 'secondary', method: 'POST', path: p.comments, retryAfter: 4, times: 1 },
    { kind: 'secondary', method: 'POST', path: p.threads, retryAfter: 3, times: 1 },
  ]),
  under('the connection is cut after the write', (p) => [
    { kind: 'reset-after-write', method: 'POST', path: p.threads, times: 1 },
    { kind: 'reset-after-write', method: 'POST', path: p.comments, times: 1 },
    { kind: 'reset-after-write', method: 'POST', path: p.checks, times: 1 },
  ]),
  under('what was written is not there for the next reads', (p) => [
    { kind: 'not-found-after-write', method: 'POST', path: p.threads, reads: 2, times: 1 },
    { kind: 'not-found-after-write', method: 'POST', path: p.comments, reads: 2, times: 1 },
    { kind: 'not-found-after-write', method: 'POST', path: p.checks, reads: 1, times: 1 },
  ]),
  {
    name: 'kill -9 in the middle of a review, and a new start: finished, one of each',
    async run({ repository, lab, forge, bot }) {
      const repo = await repository();
      await lab.fault({ side: forge.side, kind: 'slow', ms: 4000, method: 'POST', path: PATHS[forge.name].comments, times: 1 });
      const change = await repo.open({ files: migration(2, REQUIRED) });
      await lab.until(async () => (await change.view()).threads.length === 1, { what: 'the thread', timeout: 60_000 });
      await new Promise((r) => setTimeout(r, 700));
      await bot.kill();
      const held = await change.view();
      expect(state(held, 'plimsoll') !== 'failure', 'the review was not finished', held.checks);
      await bot.start();
      const view = await change.concludes('failure', 'failure', 120_000);
      expectOneOfEach(view);
    },
  },
  {
    name: 'what comes while the server is down is kept by the forge, and redelivered',
    async run({ repository, lab, forge, bot }) {
      const repo = await repository();
      await bot.kill();
      const change = await repo.open({ files: migration(2, REQUIRED) });
      await bot.start();
      for (const d of (await lab.deliveries({ side: forge.side, state: 'failed' })).filter(forge.isRequested).slice(-1)) await lab.redeliver(d.id);
      const view = await change.concludes('failure');
      expectOneOfEach(view);
      expect(check(view).title.length > 0, 'with a title', check(view));
    },
  },
];

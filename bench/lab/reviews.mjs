// What a person sees when change requests are opened, pushed to, drafted, moved.
import { check, ofKind, state } from './forges.mjs';
import { CONFIG, expect, expectOneOfEach, migration, NULLABLE, REQUIRED, shop } from './ground.mjs';

export const reviews = [
  {
    name: 'a required column on 200 million rows: both checks fail, one thread on its line, one summary',
    async run({ repository }) {
      const change = await (await repository()).open({ files: migration(2, `-- Orders get a status.\n${REQUIRED}`) });
      const view = await change.concludes('failure');
      expectOneOfEach(view);
      expect(view.threads[0].line === 2, 'the thread is on line 2', view.threads[0]);
      expect(/23502/.test(view.threads[0].body), 'it names SQLSTATE 23502', view.threads[0].body);
      expect(/orders/.test(check(view).title), 'the title names the table', check(view).title);
      return `${(await change.calls()).length} calls`;
    },
  },
  {
    name: 'the same deliveries again, twice and in reverse: still one of each',
    async run({ repository, lab, forge }) {
      const repo = await repository();
      const change = await repo.open({ files: migration(2, REQUIRED), deliver: { times: 2, order: 'reverse' } });
      await change.concludes('failure');
      await change.push(migration(3, 'create table notes (id bigint primary key);\n'), { deliver: { times: 3, order: 'reverse', parallel: true } });
      await change.concludes('failure');
      const before = (await change.calls()).length;
      const known = (await lab.deliveries({ side: forge.side })).filter((d) => forge.isRequested(d) && !d.redelivery).slice(-2);
      expect(known.length === 2, 'two deliveries', known);
      for (const delivery of known.reverse()) await lab.redeliver(delivery.id);
      await lab.idle(1000);
      expectOneOfEach(await change.view());
      expect((await change.calls()).length === before, 'a redelivery makes no call', (await change.calls()).slice(before));
    },
  },
  {
    name: 'a fix is pushed: the thread is resolved, the check follows, the summary is edited in place',
    async run({ repository }) {
      const change = await (await repository()).open({ files: migration(2, REQUIRED) });
      const first = await change.concludes('failure');
      await change.push(migration(2, `set lock_timeout = '2s';\n${NULLABLE}`));
      const view = await change.becomes('the finding is gone', (v) => state(v, 'plimsoll') === 'success' && v.threads[0]?.looksResolved);
      expectOneOfEach(view);
      expect(view.threads[0].looksResolved, 'the thread is resolved', view.threads[0]);
      const [summary] = ofKind(view, 'summary');
      expect(summary.id === ofKind(first, 'summary')[0].id && summary.edits > 0, 'the summary is the same, edited', summary);
      expect(!/required-column-without-default/.test(summary.body), 'it does not tell of the finding any more', summary.body);
    },
  },
  {
    name: 'no migrations: success, no comment, few calls',
    async run({ repository, forge }) {
      const change = await (await repository()).open({ files: { 'src/a.txt': 'hello\n' } });
      const view = await change.concludes('success');
      expect(view.comments.length === 0 && view.threads.length === 0, 'nothing is said', view.comments);
      const calls = (await change.calls()).length;
      const most = forge.name === 'github' ? 3 : 8;
      expect(calls <= most, `at most ${most} calls`, calls);
      return `${calls} calls`;
    },
  },
  {
    name: 'a draft is reviewed like any other, and ready_for_review adds nothing',
    async run({ repository }) {
      const change = await (await repository()).open({ draft: true, files: migration(2, REQUIRED) });
      await change.concludes('failure');
      await change.it.ready({ as: 'alice' });
      await change.lab.idle(1200);
      const view = await change.concludes('failure');
      expectOneOfEach(view);
    },
  },
  {
    name: "the base branch changes: the new one's configuration holds",
    async run({ repository }) {
      const repo = await repository();
      await repo.it.push({ branch: 'release', parent: 'main', as: 'carol', files: { '.plimsoll.yml': `${CONFIG}rules:\n  required-column-without-default: off\n` } });
      const change = await repo.open({ files: migration(2, REQUIRED), base: 'main' });
      await change.concludes('failure');
      await change.forge.retarget(change, 'release');
      await change.becomes('the rule is off', (v) => state(v, 'plimsoll') === 'success' && v.threads.every((t) => t.looksResolved));
    },
  },
  {
    name: 'a broken .plimsoll.yml on the base branch fails the check and names line and column',
    async run({ repository }) {
      const change = await (await repository(shop('version: 1\ndatabases:\n  main:\n    engin: postgresql\n'))).open({ files: migration(2, NULLABLE) });
      const view = await change.concludes('failure');
      const text = `${check(view).title} ${check(view).summary} ${ofKind(view, 'summary').map((c) => c.body)}`;
      expect(/\.plimsoll\.yml/.test(text) && /4\D{1,12}5|4:5/.test(text), 'it names line 4, column 5', text);
    },
  },
  {
    name: '25 findings: all are counted, threads and calls stay few',
    async run({ repository }) {
      const sql = Array.from({ length: 25 }, (_, i) => `alter table orders add column c${i} text not null;\n`).join('');
      const change = await (await repository()).open({ files: migration(2, sql) });
      const view = await change.concludes('failure');
      expect(ofKind(view, 'summary').length === 1, 'one summary', view.comments.length);
      expect(/\b25\b/.test(check(view).title), 'the title counts 25', check(view).title);
      expect(view.threads.length >= 1 && view.threads.length <= 25, 'threads are capped', view.threads.length);
      return `${view.threads.length} threads, ${(await change.calls()).length} calls`;
    },
  },
  {
    name: '20 migration files in one change request: at most 10 calls (GitLab: 12)',
    async run({ repository, forge }) {
      const files = Object.assign({}, ...Array.from({ length: 20 }, (_, i) => migration(i + 2, `create table t${i} (id bigint primary key);\n`)));
      const change = await (await repository()).open({ files });
      const view = await change.becomes('both checks are final', (v) => ['plimsoll', 'plimsoll/checklist'].every((n) => !['none', 'pending'].includes(state(v, n))));
      const calls = await change.calls();
      const most = forge.name === 'github' ? 10 : 12;
      expect(calls.length <= most, `at most ${most} calls`, calls.map((c) => `${c.method} ${c.path}`));
      return `${calls.length} calls, ${state(view, 'plimsoll')}`;
    },
  },
  {
    name: "a stranger's fork: reviewed, with the configuration of the base branch",
    async run({ repository, forge }) {
      const repo = await repository();
      const from = await forge.fork(repo, 'mallory');
      const change = await repo.open({ ...from, files: { ...migration(2, REQUIRED), '.plimsoll.yml': 'version: 1\nrules:\n  required-column-without-default: off\n' } });
      const view = await change.concludes('failure');
      expectOneOfEach(view);
      const reply = await change.says('mallory', '/plimsoll override required-column-without-default trust me');
      expect(reply.reactions.includes('confused'), 'a stranger may not override', reply);
      expect(state(reply.view, 'plimsoll') === 'failure', 'the check still fails');
    },
  },
];

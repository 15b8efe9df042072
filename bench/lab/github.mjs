// What only GitHub has: buttons, re-runs, merge queues.
import { check, ofKind, state } from './forges.mjs';
import { expect, expectOneOfEach, migration, REQUIRED } from './ground.mjs';

async function opened(repository) {
  const change = await (await repository()).open({ files: migration(2, REQUIRED) });
  return [change, await change.concludes('failure')];
}

/** The run of that name is concluded again: it is another, or has been started anew. */
const anew = (name, before) => (v) => {
  const now = v.checks.filter((k) => k.name === name).at(-1);
  return now?.state === 'failure' && (now.id !== before.id || now.updates > before.updates);
};

export const github = [
  {
    name: 'check_run and check_suite rerequested: reviewed again',
    async run({ repository, lab }) {
      const [change, view] = await opened(repository);
      await lab.github.rerequestRun(check(view).id, { as: 'alice' });
      const once = await change.becomes('the check is concluded again', anew('plimsoll', check(view)));
      await lab.github.rerequestSuite(once.checks.filter((k) => k.name === 'plimsoll').at(-1).suite, { as: 'alice' });
      const latest = once.checks.filter((k) => k.name === 'plimsoll').at(-1);
      await change.becomes('and once more', anew('plimsoll', latest));
      const last = await change.view();
      expect(last.threads.length === 1 && ofKind(last, 'summary').length === 1, 'one thread, one summary', last.threads);
    },
  },
  {
    name: 'the buttons: re-run, explain, request DBA review',
    async run({ repository, lab }) {
      const [change, view] = await opened(repository);
      const latest = async () => (await change.view()).checks.filter((k) => k.name === 'plimsoll').at(-1);
      await lab.github.clickAction(check(view).id, 'rerun', { as: 'alice' });
      await change.becomes('re-run', anew('plimsoll', check(view)));
      await lab.github.clickAction((await latest()).id, 'explain', { as: 'alice' });
      await change.becomes('an explanation', (v) => ofKind(v, 'reply').length === 1);
      await lab.github.clickAction((await latest()).id, 'ask-dba', { as: 'alice' });
      await change.becomes('a call for a DBA', (v) => ofKind(v, 'reply').length === 2);
      await lab.github.clickAction((await latest()).id, 'explain', { as: 'alice' });
      await lab.idle(1000);
      expect(ofKind(await change.view(), 'reply').length === 2, 'said once for a commit');
    },
  },
  {
    name: 'a merge group gets both checks and is merged',
    async run({ repository, lab }) {
      const repo = await repository();
      const change = await repo.open({ files: migration(2, 'create table notes (id bigint primary key);\n') });
      await change.concludes('success');
      const group = await change.it.enqueue({ as: 'carol' });
      const runs = async () => (await change.it.state()).check_runs_of_other_commits.filter((k) => k.head_sha === group.head_sha);
      await lab.until(async () => (await runs()).filter((k) => k.conclusion === 'success').length === 2, { what: 'two green checks on the merge group' });
      await lab.idle(800);
      const merged = (await change.it.state()).merged || (await lab.post(`${repo.it.p}/merge-queue/process`), (await change.it.state()).merged);
      expect(merged, 'it is merged', await runs());
    },
  },
  {
    name: 'a merge group keeps what was overridden and answered',
    async run({ repository, lab }) {
      const [change] = await opened(repository);
      await change.says('carol', '/plimsoll override required-column-without-default agreed');
      const items = ['size', 'lock', 'alternative', 'rollback', 'defaults', 'snapshot', 'window'];
      await change.says('carol', items.map((i) => `/plimsoll answer ${i} agreed`).join('\n'), items.length);
      await change.concludes('success');
      const group = await change.it.enqueue({ as: 'carol' });
      await lab.until(
        async () =>
          (await change.it.state()).check_runs_of_other_commits.filter((k) => k.head_sha === group.head_sha && k.conclusion === 'success').length === 2,
        { what: 'two green checks on the merge group' },
      );
    },
  },
  {
    name: 'every published example of a webhook is accepted, and none stops the work',
    async run({ repository, lab, bot }) {
      const result = await lab.github.replayExamples({});
      expect(result.by_status['202'] > 200 && Object.keys(result.by_status).length === 1, 'all of them 202', result);
      const [, view] = await opened(repository);
      expectOneOfEach(view);
      expect(await bot.isReady(), 'the server is ready');
      expect(state(view, 'plimsoll') === 'failure', 'and works');
    },
  },
];

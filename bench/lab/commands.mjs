// Commands in comments: reactions, replies, permissions, and what they do.
import { ofKind, state } from './forges.mjs';
import { expect, expectOneOfEach, migration, REQUIRED } from './ground.mjs';

const OVERRIDE = '/plimsoll override required-column-without-default the table is empty since Monday';
const ANSWERS = ['size', 'lock', 'alternative', 'rollback', 'defaults', 'snapshot', 'window'].map((item) => `/plimsoll answer ${item} agreed with the on-call team, see the runbook`).join('\n');

async function opened(repository) {
  const change = await (await repository()).open({ files: migration(2, REQUIRED) });
  await change.concludes('failure');
  return change;
}

export const commands = [
  {
    name: 'help, status, explain and an unknown command are answered to who can only read',
    async run({ repository }) {
      const change = await opened(repository);
      const help = await change.says('rita', '/plimsoll help');
      expect(help.reactions.includes('eyes') && help.reactions.includes('rocket'), 'eyes, then rocket', help.reactions);
      expect(/override/.test(help.text) && /answer/.test(help.text), 'help lists the commands', help.text);
      const status = await change.says('rita', '/plimsoll status');
      expect(/required-column-without-default/.test(status.text), 'status names the finding', status.text);
      const explain = await change.says('rita', '/plimsoll explain required-column-without-default');
      expect(explain.reactions.includes('rocket'), 'explain explains', explain);
      const unknown = await change.says('rita', '/plimsoll overide x');
      expect(unknown.reactions.includes('confused') && /override/.test(unknown.text), 'a misspelt command gets a hint', unknown.text);
    },
  },
  {
    name: 'permissions: read may not answer, write may not override, admin may',
    async run({ repository }) {
      const change = await opened(repository);
      const answer = await change.says('rita', '/plimsoll answer window tonight');
      expect(answer.reactions.includes('confused'), 'read may not answer', answer);
      const refused = await change.says('alice', OVERRIDE);
      expect(refused.reactions.includes('confused'), 'write may not override', refused);
      expect(state(refused.view, 'plimsoll') === 'failure', 'and nothing has changed');
      const taken = await change.says('carol', OVERRIDE);
      expect(taken.reactions.includes('rocket'), 'admin may override', taken);
      expect(state(taken.view, 'plimsoll') === 'success', 'the check passes', taken.view.checks);
      expect(/carol/.test(ofKind(taken.view, 'summary')[0].body), 'the summary names who took it', ofKind(taken.view, 'summary')[0].body);
    },
  },
  {
    name: 'answers close the checklist; seven commands in one comment get seven replies',
    async run({ repository }) {
      const change = await opened(repository);
      const replies = await change.says('alice', ANSWERS, 7);
      expect(state(replies.view, 'plimsoll/checklist') === 'success', 'the checklist passes', replies.view.checks);
      expect(state(replies.view, 'plimsoll') === 'failure', 'the finding still holds', replies.view.checks);
    },
  },
  {
    name: 'an override is revoked, and another ends when its statement changes',
    async run({ repository }) {
      const change = await opened(repository);
      await change.says('carol', OVERRIDE);
      const revoked = await change.says('carol', '/plimsoll revoke 1');
      expect(revoked.reactions.includes('rocket') && state(revoked.view, 'plimsoll') === 'failure', 'revoked: the check fails again', revoked.view.checks);
      const again = await change.says('carol', OVERRIDE.replace('Monday', 'Tuesday'));
      expect(state(again.view, 'plimsoll') === 'success', 'overridden again', again.view.checks);
      await change.push({ 'README.md': 'Another file.\n' });
      await change.becomes('the override holds for another commit', (v) => state(v, 'plimsoll') === 'success');
      await change.push(migration(2, REQUIRED.replace('text', 'varchar(40)')));
      await change.becomes('the check fails again', (v) => state(v, 'plimsoll') === 'failure');
      expect(ofKind(await change.view(), 'summary').length === 1, 'one summary');
    },
  },
  {
    name: 'rerun reviews again and changes nothing that is right',
    async run({ repository }) {
      const change = await opened(repository);
      const rerun = await change.says('alice', '/plimsoll rerun');
      expect(rerun.reactions.includes('rocket'), 'obeyed', rerun);
      expectOneOfEach(await change.concludes('failure'), { runs: 2 });
    },
  },
  {
    name: "what is no command is left alone, and so are the bot's own words",
    async run({ repository, lab }) {
      const change = await opened(repository);
      const before = (await change.calls()).length;
      await change.it.comment('rita', 'Should we run plimsoll on this? I mean `/plimsoll help`.');
      await lab.idle(1000);
      expect((await change.calls()).length === before, 'no call', (await change.calls()).slice(before));
    },
  },
];

// The two forges behind one face, so that a scenario is written once. What is seen is what a person sees on the page.

const MARKER = /<!-- plimsoll:([a-z]+):\S+ -->\s*$/;

function said(comment) {
  return { ...comment, kind: MARKER.exec(comment.body ?? '')?.[1] ?? null };
}

/** A repository on the lab's GitHub. Each has an owner of its own: secondary limits count for each installation. */
export class GitHub {
  name = 'github';
  side = 'github';
  roles = { read: 'read', write: 'write', admin: 'admin' };

  constructor(lab) {
    this.lab = lab;
  }

  async repository(name, files, people) {
    const collaborators = Object.fromEntries(Object.entries(people).map(([login, role]) => [login, this.roles[role]]));
    const repo = await this.lab.github.repo(`${name}-org/app`, { files, collaborators });
    await repo.protect('main', { required_checks: [{ context: 'plimsoll', app: 'plimsoll' }, { context: 'plimsoll/checklist', app: 'plimsoll' }] });
    return { forge: this, it: repo, path: `${name}-org/app`, open: (spec) => this.open(repo, spec), push: (files) => repo.push({ branch: 'main', as: 'carol', files }) };
  }

  async open(repo, { as = 'alice', base = 'main', ...spec }) {
    return new Change(this, await repo.pull({ title: 'Change the schema', as, base, ...spec }));
  }

  fork = (repository, as) => repository.it.fork(as).then((f) => ({ head_repo: f.fullName, as }));
  key = (change) => `${change.it.repo.fullName}#${change.it.number}`;
  retarget = (change, base) => change.it.edit({ base });
  isRequested = (delivery) => delivery.event === 'pull_request';

  async view(change) {
    const s = await change.it.state();
    const runs = s.check_runs.filter((k) => k.app === 'plimsoll');
    const bodies = new Map(s.review_comments.map((c) => [c.id, c]));
    return {
      head: s.head.sha,
      checks: runs.map((k) => ({
        id: k.id,
        suite: k.check_suite_id,
        name: k.name,
        state: k.status === 'completed' ? k.conclusion : 'pending',
        title: k.title,
        summary: k.summary,
        updates: k.updates,
      })),
      threads: s.threads
        .map((t) => ({ ...t, body: bodies.get(t.comments[0]).body, user: bodies.get(t.comments[0]).user }))
        .filter((t) => t.user === 'plimsoll[bot]')
        .map((t) => ({ path: t.path, line: t.line, resolved: t.resolved, body: t.body, looksResolved: t.resolved || t.body.startsWith('**Resolved in') })),
      comments: s.comments.map(said),
    };
  }

  reactionsOf = (comment) => Object.entries(comment.reactions).flatMap(([k, who]) => (who.includes('plimsoll[bot]') ? [k] : []));
}

/** A project on the lab's GitLab. */
export class GitLab {
  name = 'gitlab';
  side = 'gitlab';
  roles = { read: 'reporter', write: 'developer', admin: 'owner' };

  constructor(lab) {
    this.lab = lab;
    this.bot = lab.info.gitlab.bot_username;
  }

  async repository(name, files, people) {
    const members = Object.fromEntries(Object.entries(people).map(([login, role]) => [login, this.roles[role]]));
    const project = await this.lab.gitlab.project(`${name}-group/app`, { files, members });
    return { forge: this, it: project, path: project.path, open: (spec) => this.open(project, spec), push: (files) => project.push({ branch: 'main', as: 'carol', files }) };
  }

  async open(project, { as = 'alice', base = 'main', head_repo: from, ...spec }) {
    return new Change(this, await project.mr({ title: 'Change the schema', as, target_branch: base, ...(from ? { source_project: from } : {}), ...spec }));
  }

  fork = (repository, as) => repository.it.fork(as).then((f) => ({ head_repo: f.path, as }));
  key = (change) => `${change.it.project.path}!${change.it.iid}`;
  retarget = (change, base) => change.it.edit({ target_branch: base });
  isRequested = (delivery) => /merge.?request/i.test(delivery.event);

  async view(change) {
    const s = await change.it.state();
    const states = { success: 'success', failed: 'failure' };
    return {
      head: s.head_sha,
      checks: s.statuses
        .filter((k) => k.author === this.bot)
        .map((k) => ({ id: k.id, name: k.name, state: states[k.status] ?? 'pending', title: k.description, summary: '', updates: k.history.length })),
      threads: s.discussions
        .filter((d) => d.notes[0].position && d.notes[0].author === this.bot)
        .map((d) => ({
          path: d.notes[0].position.new_path,
          line: d.notes[0].position.new_line,
          resolved: d.resolved,
          looksResolved: d.resolved,
          body: d.notes[0].body,
        })),
      comments: s.notes.filter((n) => !n.position).map((n) => said({ id: n.id, user: n.author, body: n.body, edits: n.edits, reactions: n.awards })),
    };
  }

  reactionsOf = (comment) => Object.entries(comment.reactions).flatMap(([k, who]) => (who.includes(this.bot) ? [k] : []));
}

/** A pull request or merge request with Plimsoll at work on it. */
export class Change {
  constructor(forge, it) {
    this.forge = forge;
    this.lab = forge.lab;
    this.it = it;
  }

  view = () => this.forge.view(this);
  push = (files, rest = {}) => this.it.push({ as: 'alice', files, ...rest });
  key = () => this.forge.key(this);
  calls = async () => (await this.it.c.calls({ pr: this.key() })).calls;

  /** Waits until the view is as wanted and the lab has come to rest. */
  async becomes(what, wanted, timeout = 45_000) {
    let last;
    try {
      await this.lab.until(async () => wanted((last = await this.view())), { timeout, every: 150, what });
    } catch (e) {
      throw new Error(`${what}: not within ${timeout} ms (${e.message}); it is ${brief(last)}`);
    }
    await this.lab.idle(600);
    last = await this.view();
    if (!wanted(last)) throw new Error(`${what}: it was so, and is ${brief(last)}`);
    return last;
  }

  concludes = (findings, checklist = findings, timeout) =>
    this.becomes(`plimsoll ${findings}, plimsoll/checklist ${checklist}`, (v) => state(v, 'plimsoll') === findings && state(v, 'plimsoll/checklist') === checklist, timeout);

  /** Says something and waits for the replies to it. Gives the first reply, and the comment with its reactions. */
  async says(as, body, replies = 1, timeout = 45_000) {
    const before = new Set((await this.view()).comments.map((c) => c.id));
    await this.it.comment(as, body);
    const isReply = (c) => !before.has(c.id) && c.kind === 'reply';
    const isAsked = (c) => !before.has(c.id) && c.body === body;
    const done = (v) => {
      const asked = v.comments.find(isAsked);
      const ended = asked && this.forge.reactionsOf(asked).some((r) => r === 'rocket' || r === 'confused');
      return ended && v.comments.filter(isReply).length === replies;
    };
    const v = await this.becomes(`${replies} reply to "${body}"`, done, timeout);
    const reactions = this.forge.reactionsOf(v.comments.find(isAsked));
    return { text: v.comments.filter(isReply).map((c) => c.body).join('\n'), reactions, view: v };
  }
}

export const state = (view, name) => view.checks.filter((k) => k.name === name).at(-1)?.state ?? 'none';
export const check = (view, name = 'plimsoll') => view.checks.find((k) => k.name === name);
export const ofKind = (view, kind) => view.comments.filter((c) => c.kind === kind);

function brief(v) {
  if (!v) return 'unknown';
  const checks = v.checks.map((k) => `${k.name}=${k.state} "${k.title}"`).join(', ');
  const comments = v.comments.map((c) => `${c.user}:${c.kind ?? c.body.slice(0, 40)}${JSON.stringify(c.reactions)}`).join(', ');
  return `{checks: ${checks || 'none'}; threads: ${v.threads.length}; comments: ${comments || 'none'}}`;
}

// Plays whole stories against the built server, with forge-lab in place of GitHub and GitLab. See README.md.
//
//   node bench/lab-scenario.mjs [github|gitlab] [part of a name]
import fs from 'node:fs';
import { commands } from './lab/commands.mjs';
import { faults } from './lab/faults.mjs';
import { GitHub, GitLab } from './lab/forges.mjs';
import { github } from './lab/github.mjs';
import { PEOPLE, shop } from './lab/ground.mjs';
import { Bot, forgeSettings, freePort, startLab, temporaryDirectory } from './lab/processes.mjs';
import { reviews } from './lab/reviews.mjs';

const words = process.argv.slice(2);
const only = words.filter((w) => w !== 'github' && w !== 'gitlab');
const forgeNames = words.filter((w) => !only.includes(w));
const isWanted = (name) => only.every((w) => name.includes(w));

const directory = temporaryDirectory('lab');
const failures = [];
let lab;
let bot;
let number = 0;

async function play(forge, scenario) {
  const id = `${forge.name.slice(3)}-${++number}`.toLowerCase();
  const repository = (files = shop()) => forge.repository(id, files, PEOPLE);
  const start = Date.now();
  let outcome = 'ok  ';
  let note;
  try {
    note = await scenario.run({ repository, lab, forge, bot });
  } catch (e) {
    outcome = 'FAIL';
    failures.push(`${forge.name}: ${scenario.name}\n      ${e.message}`);
    note = e.message;
    await lab.clearFaults();
  }
  console.log(`${outcome} ${forge.name.padEnd(6)} ${String(((Date.now() - start) / 1000).toFixed(1)).padStart(5)} s  ${scenario.name}${note ? ` (${note})` : ''}`);
}

async function report() {
  await lab.idle(1500, 30_000);
  const { summary } = await lab.calls({ summary: 1 });
  console.log('\nAPI calls for each change request:');
  for (const [key, of] of Object.entries(summary.by_pr)) console.log(`  ${key.padEnd(28)} ${String(of.calls).padStart(4)} calls, ${String(of.writes).padStart(3)} writes`);
  const problems = await lab.problems();
  const unsupported = await lab.unsupported();
  failures.push(...problems.map((p) => `the lab: ${p}`));
  if ((unsupported.unsupported ?? unsupported).length) failures.push(`not in the lab: ${JSON.stringify(unsupported)}`);
  const warnings = (await lab.violations()).violations.filter((v) => v.severity === 'warn');
  for (const kind of new Set(warnings.map((w) => w.kind))) {
    const same = warnings.filter((w) => w.kind === kind);
    console.log(`warning ${kind} x${same.length}: ${same[0].method} ${same[0].path}: ${same[0].message}`);
  }
  const incidents = bot.log().split('\n').filter((line) => /Incident |NullPointer|IllegalState/.test(line));
  failures.push(...incidents.slice(0, 5).map((line) => `the server's log: ${line.slice(0, 400)}`));
  console.log(`resident memory of the server: ${bot.residentMiB()} MiB`);
}

try {
  const port = await freePort();
  lab = await startLab(directory, port);
  bot = new Bot(directory, port, forgeSettings(lab.info));
  await bot.start();
  for (const forge of [new GitHub(lab), new GitLab(lab)]) {
    if (forgeNames.length && !forgeNames.includes(forge.name)) continue;
    const all = [...reviews, ...commands, ...(forge.name === 'github' ? github : []), ...faults];
    for (const scenario of all.filter((s) => isWanted(s.name))) await play(forge, scenario);
  }
  await report();
} catch (e) {
  failures.push(e.stack);
} finally {
  await bot?.stop();
  await lab?.stop();
}
if (failures.length) {
  const kept = `${directory}/server.log`;
  console.log(`\n${failures.length} failures:\n${failures.map((f) => `  - ${f}`).join('\n')}\n${fs.existsSync(kept) ? `the server's log: ${kept}` : ''}`);
  process.exit(1);
}
fs.rmSync(directory, { recursive: true, force: true });
console.log('\nall scenarios hold');

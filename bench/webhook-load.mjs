// How fast webhooks are taken in, and whether one that was acknowledged survives kill -9. See README.md.
//
//   node bench/webhook-load.mjs [deliveries a second] [seconds]
import { execFileSync } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { Bot, freePort, sleep, temporaryDirectory } from './lab/processes.mjs';

const rate = Number(process.argv[2] ?? 200);
const seconds = Number(process.argv[3] ?? 30);
const directory = temporaryDirectory('load');
const secret = crypto.randomBytes(20).toString('hex');
const keyFile = path.join(directory, 'app.pem');
fs.writeFileSync(keyFile, crypto.generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs1', format: 'pem' }));

const account = (id, login) => ({ id, login, type: 'User', node_id: 'U_kg', url: `https://api.github.com/users/${login}` });

/** What leads to no call: comments without a command, labels. About as long as GitHub's own. */
function delivery(n) {
  const repository = { id: 1, name: 'app', full_name: 'octo-org/app', private: true, owner: account(2, 'octo-org'), description: 'x'.repeat(4_000) };
  const installation = { id: 77 };
  const sender = account(3, 'alice');
  if (n % 2) {
    const pull = { number: 1 + (n % 50), title: 'A change', head: { sha: 'a'.repeat(40), ref: 'x' }, base: { sha: 'b'.repeat(40), ref: 'main' }, body: 'y'.repeat(6_000) };
    return ['pull_request', { action: 'labeled', number: pull.number, pull_request: pull, label: { name: 'db' }, repository, installation, sender }];
  }
  const issue = { number: 1 + (n % 50), title: 'A change', pull_request: { url: 'https://api.github.com/repos/octo-org/app/pulls/1' }, user: sender, body: 'y'.repeat(4_000) };
  return ['issue_comment', { action: 'created', issue, comment: { id: n + 1, user: sender, body: 'Looks good to me.' }, repository, installation, sender }];
}

const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });

function post(port, n) {
  const [event, payload] = delivery(n);
  const body = Buffer.from(JSON.stringify(payload));
  const id = crypto.randomUUID();
  const headers = {
    'Content-Type': 'application/json',
    'Content-Length': body.length,
    'X-GitHub-Event': event,
    'X-GitHub-Delivery': id,
    'X-Hub-Signature-256': `sha256=${crypto.createHmac('sha256', secret).update(body).digest('hex')}`,
  };
  const start = performance.now();
  return new Promise((resolve) => {
    const request = http.request({ host: '127.0.0.1', port, path: '/webhooks/github', method: 'POST', headers, agent }, (answer) => {
      answer.resume();
      answer.once('end', () => resolve({ id, status: answer.statusCode, ms: performance.now() - start }));
      answer.once('error', () => resolve({ id, status: 0 }));
    });
    request.once('error', () => resolve({ id, status: 0 }));
    request.end(body);
  });
}

/** Sends at a fixed rate whatever the server does: a slow answer does not make the next delivery wait. */
async function load(port, duration, from, stopped = () => false) {
  const sent = [];
  const start = performance.now();
  for (let n = 0; n < duration * rate && !stopped(); n++) {
    const due = start + (n * 1000) / rate;
    const wait = due - performance.now();
    if (wait > 0) await sleep(wait);
    sent.push(post(port, from + n));
  }
  return Promise.all(sent);
}

const percentile = (sorted, p) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))];

function describe(results) {
  const ms = results.filter((r) => r.status === 202).map((r) => r.ms).sort((a, b) => a - b);
  const f = (x) => x.toFixed(1).padStart(7);
  console.log(`${results.length} deliveries, ${ms.length} answered 202; milliseconds: median ${f(percentile(ms, 0.5))}, p99 ${f(percentile(ms, 0.99))}, max ${f(ms.at(-1))}`);
  return { median: percentile(ms, 0.5), p99: percentile(ms, 0.99) };
}

/** Those of the acknowledged that are not in the inbox. */
function missing(acknowledged) {
  const database = path.join(directory, 'data/plimsoll.db');
  const code = "import sqlite3,sys\nfor (d,) in sqlite3.connect(sys.argv[1]).execute('select delivery from inbox'): print(d)";
  const output = hasSqlite() ? execFileSync('sqlite3', [database, 'select delivery from inbox'], { maxBuffer: 1 << 28 }) : execFileSync('python3', ['-c', code, database], { maxBuffer: 1 << 28 });
  const kept = new Set(output.toString().split('\n'));
  return acknowledged.filter((r) => !kept.has(r.id));
}

function hasSqlite() {
  try {
    execFileSync('sqlite3', ['-version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const problems = [];
const bot = new Bot(directory, await freePort(), {
  PLIMSOLL_GITHUB_APP_ID: '1',
  PLIMSOLL_GITHUB_PRIVATE_KEY_FILE: keyFile,
  PLIMSOLL_GITHUB_WEBHOOK_SECRET: secret,
  PLIMSOLL_GITHUB_API_URL: 'http://127.0.0.1:9',
  PLIMSOLL_LOG_LEVEL: 'WARN',
});
try {
  console.log(`${os.cpus().length} processors (${os.cpus()[0].model}), load average ${os.loadavg().map((l) => l.toFixed(1)).join(' ')}; ${rate} deliveries a second`);
  await bot.start();
  console.log(`idle: ${bot.residentMiB()} MiB resident`);
  console.log('warm-up:');
  describe(await load(bot.port, 5, 0));
  console.log('measured:');
  const measured = await load(bot.port, seconds, 1_000_000);
  const { median, p99 } = describe(measured);
  if (measured.some((r) => r.status !== 202)) problems.push(`${measured.filter((r) => r.status !== 202).length} were not answered 202`);
  if (median >= 20) problems.push(`median ${median.toFixed(1)} ms, wanted below 20`);
  if (p99 >= 100) problems.push(`p99 ${p99.toFixed(1)} ms, wanted below 100`);
  console.log(`after the load: ${bot.residentMiB()} MiB resident`);

  let killed = false;
  const killing = sleep(1_000 + Math.random() * 2_000).then(async () => {
    await bot.kill();
    killed = true;
  });
  const interrupted = await load(bot.port, 10, 2_000_000, () => killed);
  await killing;
  const acknowledged = [...measured, ...interrupted].filter((r) => r.status === 202);
  const cut = interrupted.filter((r) => r.status !== 202).length;
  await bot.start();
  const lost = missing(acknowledged);
  console.log(`kill -9 after ${interrupted.length} more: ${cut} got no answer; of ${acknowledged.length} acknowledged ones ${lost.length} are lost`);
  if (lost.length) problems.push(`${lost.length} acknowledged deliveries are lost`);
} catch (e) {
  problems.push(e.stack);
} finally {
  await bot.stop();
  agent.destroy();
}
fs.rmSync(directory, { recursive: true, force: true });
if (problems.length) {
  console.log(`\n${problems.map((p) => `  - ${p}`).join('\n')}`);
  process.exit(1);
}

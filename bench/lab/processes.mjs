// Starts what a run needs, on loopback and free ports, and stops it again: forge-lab and the server.
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const repository = path.resolve(fileURLToPath(import.meta.url), '../../..');

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export function temporaryDirectory(name) {
  return fs.mkdtempSync(path.join(os.tmpdir(), `plimsoll-${name}-`));
}

export function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** The lab's client module. A lab without its dependencies is copied to `directory` and gets them there. */
async function labModule(directory) {
  const given = process.env.PLIMSOLL_FORGE_LAB;
  const candidates = given ? [given] : ['../shared/forge-lab', '../../shared/forge-lab'].map((p) => path.join(repository, p));
  let home = candidates.find((p) => fs.existsSync(path.join(p, 'lib/client.mjs')));
  if (!home) throw new Error(`forge-lab was not found at ${candidates.join(' or ')}: set PLIMSOLL_FORGE_LAB to its directory`);
  if (!fs.existsSync(path.join(home, 'node_modules'))) {
    const copy = path.join(directory, 'forge-lab');
    fs.cpSync(home, copy, { recursive: true });
    execFileSync('chmod', ['-R', 'u+w', copy]);
    execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: copy, stdio: ['ignore', 'ignore', 'inherit'] });
    home = copy;
  }
  return import(pathToFileURL(path.join(home, 'lib/client.mjs')));
}

export async function startLab(directory, serverPort) {
  const { spawnLab } = await labModule(directory);
  return spawnLab({
    'github-webhook-target': `http://127.0.0.1:${serverPort}/webhooks/github`,
    'gitlab-webhook-target': `http://127.0.0.1:${serverPort}/webhooks/gitlab`,
  });
}

function java() {
  const home = process.env.PLIMSOLL_JAVA_HOME ?? process.env.JAVA_HOME;
  return home ? path.join(home, 'bin/java') : 'java';
}

/** `plimsoll serve`. PLIMSOLL_SERVE may hold another command line that starts it. */
export class Bot {
  constructor(directory, port, environment) {
    this.directory = directory;
    this.port = port;
    this.environment = environment;
    this.logFile = path.join(directory, 'server.log');
  }

  get url() {
    return `http://127.0.0.1:${this.port}`;
  }

  async start() {
    const flags = ['-Xlog:disable', '-XX:+UseSerialGC', '-Xms32m', '-XX:MinHeapFreeRatio=15', '-XX:MaxHeapFreeRatio=30', '-jar', path.join(repository, 'target/plimsoll.jar'), 'serve'];
    const [command, ...args] = process.env.PLIMSOLL_SERVE ? process.env.PLIMSOLL_SERVE.split(' ') : [java(), ...flags];
    const log = fs.openSync(this.logFile, 'a');
    this.child = spawn(command, args, {
      env: { ...process.env, PLIMSOLL_PORT: String(this.port), PLIMSOLL_DATA_DIR: path.join(this.directory, 'data'), ...this.environment },
      stdio: ['ignore', log, log],
    });
    fs.closeSync(log);
    const { child } = this;
    this.ended = new Promise((resolve) => child.once('exit', resolve));
    const until = Date.now() + 120_000;
    while (!(await this.isReady())) {
      if (child.exitCode !== null || Date.now() > until) throw new Error(`the server did not become ready:\n${this.log().slice(-3000)}`);
      await sleep(200);
    }
  }

  async isReady() {
    try {
      return (await fetch(`${this.url}/readyz`)).ok;
    } catch {
      return false;
    }
  }

  log() {
    return fs.existsSync(this.logFile) ? fs.readFileSync(this.logFile, 'utf8') : '';
  }

  /** Resident memory in MiB. */
  residentMiB() {
    const status = fs.readFileSync(`/proc/${this.child.pid}/status`, 'utf8');
    return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)[1]) / 1024);
  }

  async kill() {
    this.child.kill('SIGKILL');
    await this.ended;
  }

  async stop() {
    if (!this.child || this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill('SIGTERM');
    await Promise.race([this.ended, sleep(25_000).then(() => this.child.kill('SIGKILL'))]);
  }
}

export function forgeSettings(info) {
  return {
    PLIMSOLL_GITHUB_API_URL: info.github.api_url,
    PLIMSOLL_GITHUB_APP_ID: String(info.app_id),
    PLIMSOLL_GITHUB_PRIVATE_KEY_FILE: info.private_key_path,
    PLIMSOLL_GITHUB_WEBHOOK_SECRET: info.webhook_secret,
    PLIMSOLL_GITLAB_URL: info.gitlab.url,
    PLIMSOLL_GITLAB_TOKEN: info.gitlab.token,
    PLIMSOLL_GITLAB_WEBHOOK_SECRET: info.gitlab.webhook_token,
    PLIMSOLL_ADMIN_TOKEN: 'lab',
  };
}

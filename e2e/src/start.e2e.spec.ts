import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './browser.js';
import { Stack, isAlive, root, until } from './stack.js';

const watchOurselves = `connector: { type: git, project: local }
config: { repositories: [{ path: . }] }
`;

interface Row {
  id: string;
  title: string;
}

let stack: Stack;
beforeAll(async () => {
  stack = await Stack.start({ config: { 'git-connector': watchOurselves } });
});
afterAll(() => stack?.stop());

/** What the timeline shows; nothing while the backend is away. */
async function rows(): Promise<Row[]> {
  const response = await fetch(`${stack.url}/api/timeline?limit=100`).catch(() => undefined);
  if (!response?.ok) return [];
  return ((await response.json()) as { rows: Row[] }).rows;
}

const subject = spawnSync('git', ['log', '-1', '--format=%s'], { cwd: root, encoding: 'utf8' }).stdout.trim();
const showsOurLastCommit = async () =>
  (await rows()).some(({ title }) => title.includes(subject.slice(0, 40)));

/** A second start, as it ends: with these settings it must not get far. */
function startInVain(env: Record<string, string>): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['painchain/launcher/dist/main.js'], {
    cwd: root,
    encoding: 'utf8',
    timeout: 60_000,
    env: { ...process.env, ...env },
  });
  return { status, output: `${stdout}${stderr}`.trim() };
}

describe('a start', () => {
  it('says where to look, and shows the real commits of the repository that it runs in', async () => {
    expect(stack.output).toContain(`http://localhost:${stack.port}/home`);
    expect((await fetch(`${stack.url}/home`)).headers.get('content-type')).toContain('text/html');
    await until('the last commit is on the timeline', showsOurLastCommit);
  });

  it('takes the event that the README sends', async () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const [, given = ''] = /curl -X POST .*\/api\/events .* -d '(\{[\s\S]*?\})'$/m.exec(readme) ?? [];
    // The shell would put the instant there.
    const body = given.replace(/'"\$\(.*?\)"'/, new Date().toISOString());
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${stack.url}/api/events`, { method: 'POST', headers, body });
    expect([answer.status, await answer.json()]).toEqual([
      201,
      { event_id: expect.stringMatching(/^evt_/), stored_at: expect.any(String) },
    ]);
  });

  it('gives the file that the README asks for', async () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const [, path = ''] = /curl 'http:\/\/localhost:8000(\/api\/export[^']*)'/.exec(readme) ?? [];
    const answer = await fetch(`${stack.url}${path}`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      200,
      expect.stringContaining('text/csv'),
    ]);
    expect(await answer.text()).toMatch(/^timestamp,title,status,/);
  });

  it('shows them to people, in a browser', async () => {
    const browser = await launchBrowser();
    try {
      const page = await (await browser.newContext()).newPage();
      const faults: string[] = [];
      page.on('pageerror', (error) => faults.push(error.message));
      await page.goto(`${stack.url}/home`);
      await page.getByText(subject.slice(0, 40)).first().waitFor({ timeout: 60_000 });
      expect(faults).toEqual([]);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.filter(({ impact }) => impact === 'critical' || impact === 'serious')).toEqual([]);
    } finally {
      await browser.close();
    }
  });

  it.each(['git-connector', 'backend', 'postgres'])('brings %s back when it is killed', async (name) => {
    const before = stack.pidOf(name);
    stack.kill(name);
    await until(`${name} runs again`, () => {
      const now = stack.findPid(name);
      return now !== undefined && now !== before && isAlive(now);
    });
    await until('the timeline answers again', showsOurLastCommit);
    expect(stack.pidOf('launcher')).toSatisfy(isAlive);
  });

  it('beside a running one says where that is', () => {
    const second = startInVain({
      PAINCHAIN_PORT: String(stack.port),
      PAINCHAIN_DATA_DIR: stack.dataDir,
    });
    expect(second.status).toBe(1);
    expect(second.output).toMatch(new RegExp(`^.*already runs.*http://localhost:${stack.port}/home.*$`));
  });

  it('on a taken port names the setting, in one line, and leaves no lock behind', async () => {
    const squatter = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => squatter.once('listening', resolve));
    const { port } = squatter.address() as { port: number };
    const env = { PAINCHAIN_PORT: String(port), PAINCHAIN_DATA_DIR: join(stack.home, 'other') };
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const { status, output } = startInVain(env);
      expect(status).toBe(1);
      expect(output).toMatch(/^.*Port \d+ is in use.*PAINCHAIN_PORT=\d+ npm start$/);
    }
    squatter.close();
  });

  it('in a foreign folder leaves it alone and names the setting, in one line', () => {
    const foreign = join(stack.home, 'foreign');
    mkdirSync(foreign);
    writeFileSync(join(foreign, 'thesis.txt'), 'years of work');
    const { status, output } = startInVain({ PAINCHAIN_PORT: '1', PAINCHAIN_DATA_DIR: foreign });
    expect(status).toBe(1);
    expect(output).toMatch(/^.*thesis\.txt.*PAINCHAIN_DATA_DIR.*$/);
  });

  it('where nothing can be written names the setting, in one line', () => {
    const { status, output } = startInVain({ PAINCHAIN_PORT: '1', PAINCHAIN_DATA_DIR: '/sys/painchain' });
    expect(status).toBe(1);
    expect(output).toMatch(/^.*cannot be written.*PAINCHAIN_DATA_DIR.*$/);
  });

  it('after a kill -9 of the launcher works again and has lost nothing', async () => {
    const ids = (await rows()).map(({ id }) => id);
    const orphans = ['backend', 'git-connector'].map((name) => stack.pidOf(name));
    stack.kill('launcher');
    await stack.launch();
    expect(orphans.filter(isAlive)).toEqual([]);
    const after = (await rows()).map(({ id }) => id);
    expect(after).toEqual(expect.arrayContaining(ids));
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'ends by %s within five seconds, without orphans',
    async (signal) => {
      const pids = ['launcher', 'backend', 'git-connector', 'postgres'].map((name) => stack.pidOf(name));
      const startedAt = Date.now();
      expect(await stack.stopLauncher(signal)).toBe(0);
      expect(Date.now() - startedAt).toBeLessThan(5_000);
      expect(pids.filter(isAlive)).toEqual([]);
      await stack.launch();
    },
  );

  it('keeps the processes’ logs, without the key', () => {
    const log = readFileSync(join(stack.dataDir, 'logs', 'backend.log'), 'utf8');
    expect(log).toContain('"name":"backend"');
    expect(log).not.toContain(stack.apiKey);
  });
});

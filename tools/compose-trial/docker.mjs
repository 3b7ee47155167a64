// Docker and Compose as this machine has them: the plugin, or the older program of its own.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

const hasPlugin = spawnSync('docker', ['compose', 'version'], { stdio: 'ignore' }).status === 0;
/** How this machine calls Compose. */
export const compose = hasPlugin ? ['docker', 'compose'] : ['docker-compose'];

/**
 * @param {string[]} command
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<string>} what it printed; rejected with its last lines when it fails
 */
export async function run([program = '', ...args], options = {}) {
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, all] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
    out += text;
    all += text;
  });
  child.stderr.setEncoding('utf8').on('data', (/** @type {string} */ text) => (all += text));
  const [code] = await once(child, 'close');
  if (code === 0) return out.trim();
  throw new Error(
    `${program} ${args.join(' ')} ended with ${code}:\n${all.split('\n').slice(-15).join('\n')}`,
  );
}

/**
 * @template T
 * @param {string} what is waited for, as a failure says it
 * @param {() => Promise<T | undefined | false>} ask
 * @param {number} seconds
 * @returns {Promise<T>} the first answer
 */
export async function until(what, ask, seconds = 90) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask().catch(() => undefined);
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > end) throw new Error(`not within ${seconds} s: ${what}`);
    await sleep(250);
  }
}

/**
 * One project of Compose.
 *
 * @param {{ name: string, folder: string }} project
 */
export function project({ name, folder }) {
  const command = [...compose, '-p', name];
  /** @param {string[]} args */
  const call = (...args) => run([...command, ...args], { cwd: folder });
  /** @param {string} service */
  const id = async (service) => {
    const ids = await run([
      'docker',
      'ps',
      '-aq',
      '--no-trunc',
      '--filter',
      `label=com.docker.compose.project=${name}`,
      '--filter',
      `label=com.docker.compose.service=${service}`,
    ]);
    if (!/^\w+$/.test(ids)) throw new Error(`${service} has no container, or several: ${ids}`);
    return ids;
  };
  /**
   * @param {string} service
   * @param {string} template
   */
  const inspect = async (service, template) =>
    run(['docker', 'inspect', '--format', template, await id(service)]);
  return {
    call,
    id,
    inspect,
    /**
     * @param {string} service
     * @param {string[]} args
     */
    exec: async (service, ...args) => run(['docker', 'exec', await id(service), ...args]),
    /** @param {string} service */
    healthy: (service) =>
      until(`${service} is healthy`, async () => {
        const health = await inspect(service, '{{.State.Health.Status}}');
        return health === 'healthy' || undefined;
      }),
    /**
     * As the kernel would, short of memory: Docker itself takes a `docker kill` for a wish and starts nothing anew.
     *
     * @param {string} service
     */
    kill: async (service) => {
      const pid = Number(await inspect(service, '{{.State.Pid}}'));
      if (!(pid > 1)) throw new Error(`${service} does not run`);
      process.kill(pid, 'SIGKILL');
    },
  };
}

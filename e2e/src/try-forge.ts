import type { EventPage, IntegrationList } from '@painchain/contract';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './browser.js';
import { Hub } from './hub.js';
import { Reader } from './reader.js';
import { Stack, isAlive, until } from './stack.js';
import { surplus } from './surplus.js';

interface Forge {
  forge: 'github' | 'gitlab';
  /** How its one repository is named in its connector's configuration. */
  watched: string;
}

/** What must be so of any forge: tries it with the real processes and a real browser. */
export function tryForge({ forge, watched }: Forge): void {
  let hub: Hub;
  let stack: Stack;
  let browser: Browser;

  const connector = `${forge}-connector`;
  const variable = forge.toUpperCase();

  /** As the plan has it, but for where this forge is; the interval is the shortest there is. */
  const yaml = () => `
connector: { type: ${forge}, project: backend-team }
config:
  token: \${${variable}_TOKEN}
  base_url: ${hub.url}
  ${watched}
  polling: { enabled: true, interval: 10 }
  webhook: { enabled: false, secret: "\${${variable}_WEBHOOK_SECRET}" }
`;

  /** Every fact on the timeline, the earliest stored last: one line for each. */
  async function told(): Promise<string[]> {
    const response = await fetch(`${stack.url}/api/events?connector=${forge}&limit=200`);
    const { rows } = (await response.json()) as EventPage;
    return rows.map(({ type, subject }) => `${type} ${subject}`);
  }

  async function integration() {
    const response = await fetch(`${stack.url}/api/integrations`);
    return ((await response.json()) as IntegrationList).integrations[0];
  }

  beforeAll(async () => {
    hub = await Hub.start(forge);
    [stack, browser] = await Promise.all([
      Stack.start({ config: { [connector]: yaml() }, env: { [`${variable}_TOKEN`]: hub.token } }),
      launchBrowser(),
    ]);
    const first = `deployment_status ${hub.repository}/deployment/`;
    await until('the first look is told', async () => (await told()).some((line) => line.startsWith(first)));
  });
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
    hub?.stop();
  });

  describe('a repository of a forge', () => {
    it('is on the timeline, from the merge to the deployment, in words of its own', async () => {
      const reader = await Reader.sit(browser, stack.url);
      await reader.open('/home?range=7d');
      await reader.row('merged').click();
      const { detail } = reader;
      await detail.getByText('Merged by', { exact: true }).first().waitFor();
      await detail.getByRole('tab', { name: 'Related' }).click();
      for (const station of ['Commit', 'Change', 'Pipeline', 'Rollout']) {
        await detail.getByRole('heading', { name: station }).waitFor();
      }
      expect(await reader.accessFaults()).toEqual([]);
      expect(reader.faults).toEqual([]);
      await reader.leave();
    });

    it('is told change by change while its connector is killed: nothing missing, nothing doubled', async () => {
      const expected = await told();
      for (let step = 0; step < 14; step += 1) {
        const facts = await hub.change();
        expected.push(...facts.map(({ type, subject }) => `${type} ${hub.repository}/${subject}`));
        if (step === 6) {
          const pid = stack.pidOf(connector);
          stack.kill(connector);
          await until('it is started again', () => isAlive(stack.findPid(connector) ?? pid));
        }
      }
      // What is still missing after this long is shown below by name.
      const isTold = async () => surplus(expected, await told()).length === 0;
      await until('everything is told', isTold, 60_000).catch(() => undefined);
      const lines = await told();
      expect({ missing: surplus(expected, lines), doubled: surplus(lines, expected) }).toEqual({
        missing: [],
        doubled: [],
      });
    }, 120_000);

    it('is asked for with a token that nobody gets to see', async () => {
      const shown = await Promise.all(
        ['/api/integrations', '/api/events?limit=200', `/api/connectors/types/${forge}`, '/metrics'].map(
          async (path) => (await fetch(`${stack.url}${path}`)).text(),
        ),
      );
      expect(shown.join('')).not.toContain(hub.token);
      expect(stack.output).not.toContain(hub.token);
      expect(await integration()).toMatchObject({ health: 'healthy', config: { token: { set: true } } });
    });
  });
}

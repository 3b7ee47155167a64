import { describe, expect, it } from 'vitest';
import { branches, but, everything, protection, ruleset } from '../../testing/configured-repository.js';
import { type Script, ScriptedGitHub, runLook } from '../../testing/scripted-github.js';
import { configuration } from './configuration.js';

type State = Parameters<typeof configuration.look>[1];

function look(said: Record<string, Script> = everything(), known?: State) {
  const github = new ScriptedGitHub();
  for (const [target, script] of Object.entries(said)) github.says(target, script);
  return runLook(configuration, github, known).then((run) => ({ ...run, asked: github.asked }));
}

const told = ({ events }: Awaited<ReturnType<typeof look>>) => events.map(({ title }) => title);

describe('a ruleset whose rules can’t be had', () => {
  const details = '/repos/acme/api/rulesets/3';
  const list = '/repos/acme/api/rulesets?per_page=100';

  it('is told later, though the list stays as it is', async () => {
    const { state } = await look();
    const changed = { ...ruleset, updated_at: '2026-11-24T09:59:00Z', rules: [] };
    const said = but(list, { updated_at: changed.updated_at });
    const second = await look({ ...said, [details]: { missing: true } }, state);
    expect(second.events).toEqual([]);
    const third = await look({ ...said, [details]: { json: changed } }, second.state);
    expect(told(third)).toEqual(['Ruleset Releases changed: rule deletion, rule pull request']);
  });

  it('at the first look is no news later', async () => {
    const first = await look({ ...everything(), [details]: { missing: true } });
    const second = await look(everything(), first.state);
    expect(second.events).toEqual([]);
    const none = await look({ ...everything(), [list]: { json: [], etag: '"none"' } }, second.state);
    expect(told(none)).toEqual(['Ruleset Releases deleted']);
  });
});

describe('a protected branch', () => {
  const byRuleset = { name: 'main', protected: true, protection: { enabled: false } };

  it('that only a ruleset protects is not asked about, and has lost its own protection', async () => {
    const { state } = await look();
    const said = { ...everything(), [branches]: { json: [byRuleset] } };
    const run = await look(said, state);
    expect(told(run)).toEqual(['Protection of main deleted']);
    expect(run.asked).not.toContain(protection);
  });

  it('may be called like what every object has', async () => {
    const names = ['constructor', 'toString', '__proto__'];
    const answer = everything()[protection] ?? { missing: true };
    const said = {
      ...everything(),
      [branches]: { json: names.map((name) => ({ name, protected: true })) },
      ...Object.fromEntries(names.map((name) => [protection.replace('main', name), answer])),
    };
    const { state } = await look({ ...everything(), [branches]: { json: [] } });
    const second = await look(said, state);
    expect(second.events).toHaveLength(3);
    expect((await look(said, second.state)).events).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import {
  branches,
  but,
  everything,
  protection,
  ruleset,
  secret,
} from '../../testing/configured-repository.js';
import { type Script, ScriptedGitHub, runLook } from '../../testing/scripted-github.js';
import { translateWebhook } from '../../translate/webhook.js';
import { configuration } from './configuration.js';

type State = Parameters<typeof configuration.look>[1];

function look(said: Record<string, Script> = everything(), known?: State) {
  const github = new ScriptedGitHub();
  for (const [target, script] of Object.entries(said)) github.says(target, script);
  return runLook(configuration, github, known).then((run) => ({ ...run, asked: github.asked }));
}

const told = ({ events }: Awaited<ReturnType<typeof look>>) => events.map(({ title }) => title);

describe('how a repository is configured', () => {
  it('is no news at the first look, nor when nothing has changed', async () => {
    const first = await look();
    expect(first.events).toEqual([]);
    const second = await look(everything(), first.state);
    expect(second.events).toEqual([]);
    expect(second.state).toEqual(first.state);
    // What is unchanged needs no details.
    expect(second.asked).not.toContain('/repos/acme/api/rulesets/3');
  });

  it('changes with its settings, of which the changed ones are named', async () => {
    const { state } = await look();
    const run = await look(
      but('/repos/acme/api', {
        allow_squash_merge: false,
        stargazers_count: 5,
        updated_at: '2026-11-02T00:00:00Z',
      }),
      state,
    );
    expect(told(run)).toEqual(['Settings changed: allow squash merge']);
    expect(run.events[0]).toMatchObject({
      type: 'configuration_changed',
      subject: 'acme/api/configuration/settings',
      time_precision: 'gap',
      data: {
        fields: ['allow_squash_merge'],
        before: { allow_squash_merge: true },
        after: { allow_squash_merge: false },
        seen_between: { to: '2026-11-24T10:00:00.000Z' },
      },
    });
  });

  it('has no news for what it is that counts stars or is dated anew', async () => {
    const { state } = await look();
    const run = await look(
      but('/repos/acme/api', { stargazers_count: 5, updated_at: '2026-11-02T00:00:00Z' }),
      state,
    );
    expect(run.events).toEqual([]);
  });

  it.each([
    [
      { full_name: 'acme/core' },
      'repository_renamed',
      'Repository renamed from acme/api to acme/core',
      'renamed',
    ],
    [
      { full_name: 'corp/api' },
      'repository_transferred',
      'Repository handed over from acme/api to corp/api',
      'transferred',
    ],
    [{ archived: true }, 'repository_archived', 'Repository archived', 'archived'],
    [
      { visibility: 'public', private: false },
      'repository_visibility_changed',
      'Repository made public',
      'publicized',
    ],
    [
      { default_branch: 'trunk' },
      'default_branch_changed',
      'Default branch changed from main to trunk',
      'edited',
    ],
  ])(
    'changes with what the repository is, by one key with a webhook: %o',
    async (fields, type, title, action) => {
      const { state } = await look();
      const { events } = await look(but('/repos/acme/api', fields), state);
      expect(events).toMatchObject([{ type, title }]);
      const payload = {
        action,
        changes: { default_branch: { from: 'main' } },
        repository: { id: 7, full_name: 'acme/api', html_url: 'https://github.test/acme/api', ...fields },
      };
      const webhook = translateWebhook('repository', payload, 'github.test', { id: '1', receivedAt: 'now' });
      expect(webhook).toMatchObject({ events: [{ key_parts: events[0]?.key_parts }] });
    },
  );

  it.each([
    ['/repos/acme/api/environments?per_page=100', { environments: [] }, 'Environment production deleted'],
    [
      '/repos/acme/api/hooks?per_page=100',
      { active: false },
      'Webhook chat.acme.test/services/… changed: active',
    ],
    [
      '/repos/acme/api/hooks?per_page=100',
      { events: ['release'] },
      'Webhook chat.acme.test/services/… changed: events',
    ],
    [protection, { enforce_admins: { enabled: false } }, 'Protection of main changed: enforce admins'],
    [
      protection,
      { required_status_checks: null },
      'Protection of main changed: required checks, checks must be up to date',
    ],
  ])('changes at %s', async (target, fields, title) => {
    const { state } = await look();
    expect(told(await look(but(target, fields), state))).toEqual([title]);
  });

  it('changes when something comes or goes', async () => {
    const { state } = await look();
    const without = await look({ ...everything(), [branches]: { json: [] } }, state);
    expect(told(without)).toEqual(['Protection of main deleted']);
    const again = await look(everything(), without.state);
    expect(told(again)).toEqual(['Protection of main created']);
    const twice = await look({ ...everything(), [branches]: { json: [] } }, again.state);
    expect(twice.events[0]?.key_parts).toEqual([...(without.events[0]?.key_parts ?? []), '2']);
  });
});

describe('a ruleset', () => {
  const changed = {
    ...ruleset,
    updated_at: '2026-11-24T09:59:00Z',
    rules: [{ type: 'deletion' }, { type: 'creation' }],
  };
  const said = () => ({
    ...but('/repos/acme/api/rulesets?per_page=100', { updated_at: changed.updated_at }),
    '/repos/acme/api/rulesets/3': { json: changed },
  });

  it('says which of its rules have changed', async () => {
    const { state } = await look();
    const run = await look(said(), state);
    expect(told(run)).toEqual(['Ruleset Releases changed: rule creation, rule pull request']);
    expect(run.events[0]?.data).toMatchObject({
      before: { rule_creation: null },
      after: { rule_creation: true },
    });
  });

  it('has one key, told by a webhook or seen by asking', async () => {
    const { state } = await look();
    const { events } = await look(said(), state);
    const payload = {
      action: 'edited',
      // In another order, and with what only some may see.
      repository_ruleset: { ...changed, rules: changed.rules.toReversed(), bypass_actors: [{ actor_id: 1 }] },
      changes: { rules: { added: [], deleted: [] } },
      repository: { id: 7, full_name: 'acme/api', html_url: 'https://github.test/acme/api' },
      sender: { login: 'ada' },
    };
    const webhook = translateWebhook('repository_ruleset', payload, 'github.test', {
      id: '1',
      receivedAt: 'now',
    });
    expect(webhook).toMatchObject({
      kind: 'events',
      events: [{ key_parts: events[0]?.key_parts, actor: 'ada' }],
    });
  });

  it('that is dated anew without another content is no news', async () => {
    const { state } = await look();
    const touched = { ...ruleset, updated_at: changed.updated_at };
    const run = await look({ ...said(), '/repos/acme/api/rulesets/3': { json: touched } }, state);
    expect(run.events).toEqual([]);
  });
});

describe('what comes back', () => {
  it('is told each time', async () => {
    let { state } = await look();
    const keys: string[] = [];
    for (const default_branch of ['trunk', 'main', 'trunk', 'main']) {
      const run = await look(but('/repos/acme/api', { default_branch }, `"${keys.length}"`), state);
      ({ state } = run);
      keys.push(...run.events.map(({ key_parts }) => key_parts.join(' ')));
    }
    const key = (...rest: string[]) => ['github.test configuration 7 default_branch', ...rest].join(' ');
    expect(keys).toEqual([key('trunk'), key('main'), key('trunk', '2'), key('main', '2')]);
  });
});

describe('what may not be seen', () => {
  const hidden: Record<string, Script> = Object.fromEntries(
    Object.keys(everything()).map((target) => [target, { missing: true }]),
  );

  it('refuses nothing, and takes nothing for gone', async () => {
    const first = await look();
    const second = await look(hidden, first.state);
    expect(second.events).toEqual([]);
    const third = await look(everything(), second.state);
    expect(third.events).toEqual([]);
    expect(third.state).toEqual(first.state);
  });

  it('is no news when it comes to be seen', async () => {
    const first = await look(hidden);
    expect(first.events).toEqual([]);
    const second = await look(everything(), first.state);
    expect(second.events).toEqual([]);
    expect(told(await look(but('/repos/acme/api', { archived: true }), second.state))).toEqual([
      'Repository archived',
    ]);
  });

  it('of settings is left out of what is compared', async () => {
    const { state } = await look();
    const { events } = await look(but('/repos/acme/api', { allow_squash_merge: undefined }), state);
    expect(events).toEqual([]);
  });
});

it('a webhook that is gone says the key that its own last word says', async () => {
  const { state } = await look();
  const { events } = await look(
    { ...everything(), '/repos/acme/api/hooks?per_page=100': { json: [] } },
    state,
  );
  const payload = {
    action: 'deleted',
    hook_id: 9,
    hook: { id: 9, name: 'web', active: true, events: ['push'], config: {} },
    repository: { id: 7, full_name: 'acme/api', html_url: 'https://github.test/acme/api' },
  };
  const webhook = translateWebhook('meta', payload, 'github.test', { id: '1', receivedAt: 'now' });
  expect(webhook).toMatchObject({ events: [{ key_parts: events[0]?.key_parts }] });
});

it('a webhook’s secrets reach neither an event nor the state', async () => {
  const first = await look({ ...everything(), '/repos/acme/api/hooks?per_page=100': { json: [] } });
  const run = await look(everything(), first.state);
  expect(told(run)).toEqual(['Webhook chat.acme.test/services/… created']);
  for (const text of [JSON.stringify(run.events), JSON.stringify(run.state)]) {
    expect(text).not.toContain(secret);
    expect(text).toContain('chat.acme.test');
  }
});

it('answers of another shape are no news', async () => {
  const { state } = await look();
  for (const odd of [null, 'text', 7, {}, [null, {}], { environments: 'none' }]) {
    const said = Object.fromEntries(Object.keys(everything()).map((target) => [target, { json: odd }]));
    const run = await look(said, state);
    expect(run.events).toEqual([]);
  }
});

it('of a list that is too long to be watched whole, what comes and goes may have been there', async () => {
  const environments = (from: number) => ({
    environments: Array.from({ length: 40 }, (_, index) => ({
      id: from + index,
      name: `preview-${from + index}`,
    })),
  });
  const target = '/repos/acme/api/environments?per_page=100';
  const { state } = await look({ ...everything(), [target]: { json: environments(1) } });
  const run = await look({ ...everything(), [target]: { json: environments(9) } }, state);
  expect(run.events).toEqual([]);
});

import { describe, expect, it } from 'vitest';
import {
  approvals,
  branches,
  but,
  environments,
  everything,
  featureFlags,
  hooks,
  rules,
  secret,
  settings,
  tags,
  variables,
} from '../../testing/configured-project.js';
import { type Script, ScriptedGitLab, runLook } from '../../testing/scripted-gitlab.js';
import { translateWebhook } from '../../translate/webhook.js';
import { configuration } from './configuration.js';

type State = Parameters<typeof configuration.look>[1];

async function look(said: Record<string, Script> = everything(), known?: State) {
  const gitlab = new ScriptedGitLab();
  for (const [target, script] of Object.entries(said)) gitlab.says(target, script);
  const run = await runLook(configuration, gitlab, known);
  return { ...run, asked: gitlab.asked };
}

const told = ({ events }: Awaited<ReturnType<typeof look>>) => events.map(({ title }) => title);

describe('how a project is configured', () => {
  it('is no news at the first look, nor when nothing has changed', async () => {
    const first = await look();
    expect(first.events).toEqual([]);
    const second = await look(everything(), first.state);
    expect(second.events).toEqual([]);
    expect(second.state).toEqual(first.state);
  });

  it('changes with its settings, of which the changed ones are named', async () => {
    const { state } = await look();
    const run = await look(
      but(settings, { merge_method: 'ff', star_count: 5, last_activity_at: 'now' }),
      state,
    );
    expect(told(run)).toEqual(['Settings changed: merge method']);
    expect(run.events[0]).toMatchObject({
      type: 'configuration_changed',
      subject: 'acme/shop/api/configuration/settings',
      time_precision: 'gap',
      data: {
        fields: ['merge_method'],
        before: { merge_method: 'merge' },
        after: { merge_method: 'ff' },
        seen_between: { to: '2026-11-24T10:00:00.000Z' },
      },
    });
  });

  it.each([
    [
      { path_with_namespace: 'acme/shop/core' },
      'project_renamed',
      'Project renamed from acme/shop/api to acme/shop/core',
    ],
    [
      { path_with_namespace: 'corp/api' },
      'project_transferred',
      'Project moved from acme/shop/api to corp/api',
    ],
    [{ archived: true }, 'project_archived', 'Project archived'],
    [{ visibility: 'public' }, 'project_visibility_changed', 'Project made public'],
    [{ default_branch: 'trunk' }, 'default_branch_changed', 'Default branch changed from main to trunk'],
  ])('changes with what the project is: %o', async (fields, type, title) => {
    const { state } = await look();
    const { events } = await look(but(settings, fields), state);
    expect(events).toMatchObject([{ type, title }]);
  });

  it('has one key for a name, told by a system hook or seen by asking', async () => {
    const { state } = await look();
    const { events } = await look(but(settings, { path_with_namespace: 'corp/api' }), state);
    const payload = {
      event_name: 'project_transfer',
      project_id: 7,
      path_with_namespace: 'corp/api',
      old_path_with_namespace: 'acme/shop/api',
    };
    const webhook = translateWebhook(payload, 'gitlab.test', { id: '1', receivedAt: 'now' });
    expect(webhook).toMatchObject({ events: [{ key_parts: events[0]?.key_parts, type: events[0]?.type }] });
  });

  it.each([
    [branches, { allow_force_push: true }, 'Protection of main changed: allow force push'],
    [
      branches,
      { push_access_levels: [{ access_level: 0, access_level_description: 'No one' }] },
      'Protection of main changed: may push',
    ],
    [tags, { create_access_levels: [] }, 'Protection of tag v* changed: may create'],
    [
      environments,
      { required_approval_count: 2 },
      'Protection of environment production changed: required approvals',
    ],
    [approvals, { reset_approvals_on_push: false }, 'Approval settings changed: reset approvals on push'],
    [rules, { approvals_required: 2 }, 'Approval rule Owners changed: approvals required'],
    [hooks, { alert_status: 'disabled' }, 'Webhook chat.acme.test/services/… changed: disabled'],
    [hooks, { pipeline_events: true }, 'Webhook chat.acme.test/services/… changed: events'],
    [variables, { masked: false }, 'CI/CD variable DEPLOY_TOKEN in production changed: masked'],
    [featureFlags, { active: false }, 'Feature flag apples changed: active'],
  ])('changes at %s', async (target, fields, title) => {
    const { state } = await look();
    expect(told(await look(but(target, fields), state))).toEqual([title]);
  });

  it('says of whom a feature flag is for how many they are, and that they are others', async () => {
    const flag = (userIds: string) =>
      but(
        featureFlags,
        { strategies: [{ name: 'userWithId', parameters: { userIds }, scopes: [] }] },
        userIds,
      );
    const { state } = await look(flag('ada@example.com'));
    const run = await look(flag('bob@example.com'), state);
    expect(told(run)).toEqual(['Feature flag apples changed: strategies']);
    expect(JSON.stringify(run.events)).toContain('1 user (');
    expect(JSON.stringify([run.events, run.state?.parts['feature_flag']?.things])).not.toContain(
      'example.com',
    );
  });

  it('has no news for a value of a variable, nor for when a flag was touched', async () => {
    const { state } = await look();
    const value = await look(but(variables, { value: 'another', description: 'words' }), state);
    const touched = await look(but(featureFlags, { updated_at: '2026-11-24T00:00:00Z' }), state);
    expect([...value.events, ...touched.events]).toEqual([]);
  });

  it('changes when something comes or goes, as often as it does', async () => {
    const { state } = await look();
    const without = await look({ ...everything(), [branches]: { json: [] } }, state);
    expect(told(without)).toEqual(['Protection of main deleted']);
    const again = await look(everything(), without.state);
    expect(told(again)).toEqual(['Protection of main created']);
    const twice = await look({ ...everything(), [branches]: { json: [] } }, again.state);
    expect(twice.events[0]?.key_parts).toEqual([...(without.events[0]?.key_parts ?? []), '2']);
  });

  it('leads from an environment’s protection to what happens in it', async () => {
    const { state } = await look();
    const run = await look(but(environments, { required_approval_count: 2 }), state);
    expect(run.events[0]?.refs).toEqual(['env:production']);
  });
});

describe('what may not be seen, or is not there at this tier', () => {
  const hidden = Object.fromEntries(
    Object.keys(everything()).map((target) => [target, { missing: true as const }]),
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
    const second = await look(everything(), first.state);
    expect([...first.events, ...second.events]).toEqual([]);
  });

  it('of settings is left out of what is compared', async () => {
    const { state } = await look();
    expect((await look(but(settings, { merge_method: undefined }), state)).events).toEqual([]);
  });
});

it('no secret reaches an event or the state', async () => {
  const nothing = Object.fromEntries(
    Object.keys(everything()).map((target) => [target, { json: [] as unknown }]),
  );
  const first = await look({ ...nothing, [settings]: { json: {} }, [approvals]: { json: {} } });
  const run = await look(everything(), first.state);
  expect(told(run)).toContain('Webhook chat.acme.test/services/… created');
  expect(told(run)).toContain('CI/CD variable DEPLOY_TOKEN in production created');
  for (const text of [JSON.stringify(run.events), JSON.stringify(run.state)]) {
    expect(text).not.toContain(secret);
    expect(text).toContain('chat.acme.test');
  }
});

it('answers of another shape are no news', async () => {
  const { state } = await look();
  for (const odd of [null, 'text', 7, {}, [null, {}], { name: 5 }]) {
    const said = Object.fromEntries(
      Object.keys(everything()).map((target) => [target, { json: odd as unknown }]),
    );
    const { events } = await look(said, state);
    expect(events).toEqual([]);
  }
});

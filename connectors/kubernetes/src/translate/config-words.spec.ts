import type { JsonObject, SourceEvent } from '@painchain/connector-sdk';
import { describe, expect, it } from 'vitest';
import type { ConfigKind } from './config-content.js';
import { translateConfigObject } from './config-object.js';
import { keepConfig } from './kept-config.js';

const cluster = { name: 'prod', uid: 'cluster-uid' };

function edited(kind: ConfigKind, before: JsonObject, after: JsonObject) {
  const [was, is] = [before, after].map((object) => {
    const metadata = { uid: 'uid-c', name: 'one', ...(object['metadata'] as JsonObject) };
    return keepConfig(kind, { ...object, metadata }, () => true) ?? null;
  });
  const step = { before: was ?? null, after: is ?? null, managers: [] };
  const translation = translateConfigObject(kind, step, cluster, { at: '2026-11-24T10:00:00.000Z' });
  return translation.kind === 'events' ? translation.events[0] : undefined;
}

function changesOf(event: SourceEvent | undefined): JsonObject[] {
  const { changes } = (event?.data ?? {}) as JsonObject;
  return changes as JsonObject[];
}

const rules = (...list: [string, string, string[]][]) => ({
  rules: list.map(([group, resource, verbs]) => ({ apiGroups: [group], resources: [resource], verbs })),
});
const onlyNamed = {
  rules: [{ apiGroups: [''], resources: ['secrets'], resourceNames: ['db'], verbs: ['get'] }],
};
const paths = (...nonResourceURLs: string[]) => ({ rules: [{ nonResourceURLs, verbs: ['get'] }] });
const ports = (...list: JsonObject[]) => ({ spec: { ports: list } });
const routes = (...list: [string, string][]) => ({
  spec: { rules: list.map(([host, path]) => ({ host, http: { paths: [{ path }] } })) },
});

describe('a title says what has changed', () => {
  it.each<[string, ConfigKind, JsonObject, JsonObject]>([
    [
      'ConfigMap one edited: LOG_LEVEL',
      'ConfigMap',
      { data: { LOG_LEVEL: 'a' } },
      { data: { LOG_LEVEL: 'b' } },
    ],
    ['ConfigMap one edited: A removed, B added', 'ConfigMap', { data: { A: '1' } }, { data: { B: '1' } }],
    ['Service one: port 80 → 8080', 'Service', ports({ port: 80 }), ports({ port: 8080 })],
    [
      'Service one: targetPort web → 8080',
      'Service',
      ports({ port: 80, targetPort: 'web' }),
      ports({ port: 80, targetPort: 8080 }),
    ],
    ['Service one edited: port name added', 'Service', ports({ port: 80 }), ports({ name: 'web', port: 80 })],
    [
      'Service one edited: ports[81] added',
      'Service',
      ports({ port: 80 }),
      ports({ port: 80 }, { port: 81 }),
    ],
    [
      'Service one: label team shop → web',
      'Service',
      { metadata: { labels: { team: 'shop' } } },
      { metadata: { labels: { team: 'web' } } },
    ],
    ['Ingress one: host a → b', 'Ingress', routes(['a', '/']), routes(['b', '/'])],
    ['Ingress one: path / → /api', 'Ingress', routes(['a', '/']), routes(['a', '/api'])],
    ['Ingress one edited: rules[b] added', 'Ingress', routes(['a', '/']), routes(['a', '/'], ['b', '/'])],
    [
      'ResourceQuota one: pods 10 → 20',
      'ResourceQuota',
      { spec: { hard: { pods: '10' } } },
      { spec: { hard: { pods: '20' } } },
    ],
    ['PriorityClass one: value 10 → 20', 'PriorityClass', { value: 10 }, { value: 20 }],
    [
      'StorageClass one: parameters.type gp2 → gp3',
      'StorageClass',
      { parameters: { type: 'gp2' } },
      { parameters: { type: 'gp3' } },
    ],
    [
      'Role one may now delete secrets',
      'Role',
      rules(['', 'secrets', ['get']]),
      rules(['', 'secrets', ['get', 'delete']]),
    ],
    ['Role one may no longer get and list pods', 'Role', rules(['', 'pods', ['get', 'list']]), { rules: [] }],
    ['ClusterRole one may now do everything with everything', 'ClusterRole', {}, rules(['*', '*', ['*']])],
    [
      'Role one may now get ingresses.networking.k8s.io and may no longer get ingresses.extensions',
      'Role',
      rules(['extensions', 'ingresses', ['get']]),
      rules(['networking.k8s.io', 'ingresses', ['get']]),
    ],
    ['Role one may now get deployments', 'Role', {}, rules(['apps', 'deployments', ['get']])],
    [
      'Role one may now do everything with secrets',
      'Role',
      rules(['', 'secrets', ['get']]),
      rules(['', 'secrets', ['*']]),
    ],
    [
      'ClusterRole one may no longer do everything with everything',
      'ClusterRole',
      rules(['*', '*', ['*']]),
      rules(['', 'secrets', ['get']]),
    ],
    ['Role one may no longer get all secrets', 'Role', rules(['', 'secrets', ['get']]), onlyNamed],
    ['Role one may now get all secrets', 'Role', onlyNamed, rules(['', 'secrets', ['get']])],
    [
      'Role one may no longer get pods of every group',
      'Role',
      rules(['*', 'pods', ['get']]),
      rules(['', 'pods', ['get']]),
    ],
    [
      'Role one may no longer get ingresses.extensions',
      'Role',
      rules(['extensions', 'ingresses', ['get']], ['networking.k8s.io', 'ingresses', ['get']]),
      rules(['networking.k8s.io', 'ingresses', ['get']]),
    ],
    ['ClusterRole one may now get /logs', 'ClusterRole', paths('/healthz/*'), paths('/healthz/*', '/logs')],
    ['ClusterRole one edited: nonResourceURLs', 'ClusterRole', paths('/a/*'), paths('/a/*', '/a/b')],
    [
      'ClusterRole one edited: resources',
      'ClusterRole',
      rules(['apps', '*/scale', ['get']]),
      { rules: [{ apiGroups: ['apps'], resources: ['*/scale', 'deployments/scale'], verbs: ['get'] }] },
    ],
    [
      'ClusterRole one edited: rules',
      'ClusterRole',
      rules(['', 'pods', ['get']]),
      rules(...Array.from({ length: 400 }, (_, at): [string, string, string[]] => ['', `r${at}`, ['get']])),
    ],
    [
      'ClusterRole one edited: rules removed, aggregationRule added',
      'ClusterRole',
      rules(['', 'pods', ['get']]),
      { aggregationRule: { clusterRoleSelectors: [{ matchLabels: { a: 'b' } }] } },
    ],
    [
      'RoleBinding one edited: subjects',
      'RoleBinding',
      {
        subjects: [
          { kind: 'User', name: 'ada' },
          { kind: 'User', name: 'bob' },
        ],
      },
      {
        subjects: [
          { kind: 'User', name: 'bob' },
          { kind: 'User', name: 'ada' },
        ],
      },
    ],
  ])('%s', (title, kind, before, after) => {
    expect(edited(kind, before, after)?.title).toBe(title);
  });

  it('of very much no more than one reads', () => {
    const verbs = Array.from({ length: 40 }, (_, at) => `${'very'.repeat(50)}${at}`);
    const title = edited('Role', {}, rules(['', 'pods', verbs]))?.title ?? '';
    expect(title).toMatch(/^Role one may now veryvery.*… \(\d+ characters\)$/);
    expect(title.length).toBeLessThan(330);
  });

  it('of a Service nothing, when a newer API server fills in more of it', () => {
    const filled = { internalTrafficPolicy: 'Cluster', ipFamilyPolicy: 'SingleStack', ports: [{ port: 80 }] };
    expect(edited('Service', ports({ port: 80 }), { spec: filled })).toBeUndefined();
    const local = { spec: { ...filled, internalTrafficPolicy: 'Local' } };
    expect(edited('Service', { spec: filled }, local)?.title).toBe(
      'Service one: internalTrafficPolicy Cluster → Local',
    );
  });

  it('of a role whose rules only stand in another order that they were edited', () => {
    const pods: [string, string, string[]] = ['', 'pods', ['get']];
    const secrets: [string, string, string[]] = ['', 'secrets', ['get']];
    expect(edited('Role', rules(pods, secrets), rules(secrets, pods))?.title).toMatch(/^Role one edited: /);
  });
});

describe('a text of many lines', () => {
  const change = (before: string, after: string) => {
    return changesOf(edited('ConfigMap', { data: { conf: before } }, { data: { conf: after } }))[0];
  };
  const lines = Array.from({ length: 40 }, (_, index) => `key-${index}: ${index}`);
  const text = lines.join('\n');

  it('is told by the first lines that differ, and by how many do', () => {
    expect(change(text, text.replace('key-9: 9', 'key-9: 99').replace('key-30: 30\n', ''))).toEqual({
      path: 'data.conf',
      line: 10,
      old: 'key-9: 9',
      new: 'key-9: 99',
      lines: { removed: 2, added: 1 },
    });
  });

  it('that gets a line is told by that', () => {
    expect(change(text, text.replace('key-9', 'more: 1\nkey-9'))).toMatchObject({
      line: 10,
      old: '',
      new: 'more: 1',
    });
    expect(change(text, `${text}\nmore: 1`)).toMatchObject({ line: 41, old: '', new: 'more: 1' });
  });

  it('that is too long to be kept is told by what can be known', () => {
    const long = 'some words in a line\n'.repeat(1_000);
    expect(change(long, `${long}more`)).toMatchObject({
      behind_line: 47,
      old: '21000 characters in 1001 lines',
      new: '21004 characters in 1001 lines',
    });
    expect(change(long, `first\n${long}`)).toMatchObject({
      line: 1,
      new: 'first',
      line_count: { old: 1001, new: 1002 },
    });
  });

  it('that others leave less room than before is none that has changed', () => {
    const room = { a: 'a'.repeat(3_900), b: 'b'.repeat(3_900) };
    const event = edited('ConfigMap', { data: room }, { data: { ...room, c: 'c'.repeat(3_800) } });
    expect(changesOf(event).map(({ path }) => path)).toEqual(['data.c']);
  });

  it('that is written anew shows no more than the first lines', () => {
    const fresh = lines.map((line) => `${line}${'!'.repeat(30)}`).join('\n');
    expect(change(text, fresh)).toMatchObject({ line: 1, lines: { removed: 40, added: 40 } });
    expect(JSON.stringify(change(text, fresh)).length).toBeLessThan(1_300);
  });
});

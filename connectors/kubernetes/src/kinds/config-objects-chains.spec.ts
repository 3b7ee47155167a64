import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { livingKinds, moments, toldOf, versionsOf } from '../testing/config-life.js';
import { cluster } from '../testing/workload-life.js';
import { configObjectKinds } from './config-objects.js';

const kinds = configObjectKinds({
  redact: [],
  noise: () => true,
  secrets: 'keys',
  helm: 'off',
  digestKey: 'key',
  autoscalingMinutes: 10,
});
const cases = livingKinds.flatMap((name) => kinds.filter((kind) => kind.name === name));
const chains = fc.array(moments, { minLength: 1, maxLength: 12 });
const keysOf = (told: ReturnType<typeof toldOf>) =>
  told.flat().map(({ key_parts: parts }) => parts.join('|'));

describe.each(cases.map((kind) => [kind.name, kind] as const))('any chain of edits of a %s', (name, kind) => {
  it('gives exactly one event for each that changes something, and none for noise', () => {
    fc.assert(
      fc.property(chains, fc.constantFrom(1, 5), (chain, perSecond) => {
        const versions = versionsOf(name, chain, perSecond);
        const told = toldOf(kind, versions);
        const changes = versions.map(({ wanted }, index) => Number(wanted !== versions[index - 1]?.wanted));
        expect(told.map(({ length }) => length)).toEqual(changes);
        const keys = keysOf(told);
        expect(new Set(keys).size).toBe(keys.length);
        expect(keys.every((key) => key.startsWith(`${cluster.uid}|uid-c|`))).toBe(true);
      }),
      { numRuns: 25 },
    );
  });

  it('gives the same keys when it is told again, watched or compared', () => {
    fc.assert(
      fc.property(chains, (chain) => {
        const versions = versionsOf(name, chain);
        expect(keysOf(toldOf(kind, versions, 'compared'))).toEqual(keysOf(toldOf(kind, versions)));
      }),
      { numRuns: 20 },
    );
  });

  it('there and back and there again is three changes, also within one second', () => {
    const chain = [0, 1, 0, 1].map((content) => ({ content, label: 0, noise: 0 }));
    const keys = keysOf(toldOf(kind, versionsOf(name, chain, 10))).slice(1);
    expect(new Set(keys).size).toBe(3);
  });

  it('is dated by its author, and named', () => {
    const chain = [0, 1].map((content) => ({ content, label: content, noise: 0 }));
    const [, edited] = toldOf(kind, versionsOf(name, chain));
    expect(edited).toMatchObject([
      {
        type: 'object_edited',
        project: 'prod/shop',
        subject: `prod/shop/${name.toLowerCase()}/one`,
        environment: 'production',
        actor: 'kubectl edit',
        data: { kind: name, namespace: 'shop', name: 'one', cluster: 'prod' },
      },
    ]);
  });
});

describe('very large objects', () => {
  const kindOf = (name: string) => kinds.find((kind) => kind.name === name);
  const metadata = { uid: 'uid-c', name: 'one', namespace: 'shop', resourceVersion: '1' };
  const size = (value: unknown) => JSON.stringify(value).length;
  const mega = 1_000_000;

  it.each([
    ['one text', { big: 'some words in a line\n'.repeat(mega / 21) }],
    ['one line', { big: 'x'.repeat(mega) }],
    [
      'many texts',
      Object.fromEntries(Array.from({ length: 1_000 }, (_, i) => [`key-${i}`, 'abc\n'.repeat(250)])),
    ],
  ])('of a ConfigMap with %s little is kept and told', (_, data) => {
    const kind = kindOf('ConfigMap');
    const edited = Object.fromEntries(Object.entries(data).map(([key, text]) => [key, `${text}tail`]));
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata };
    const before = kind?.keep({ ...object, data }) ?? null;
    const after = kind?.keep({ ...object, data: edited }, before ?? undefined) ?? null;
    expect(size(before)).toBeLessThan(120_000);
    const told = [null, before].map((from) =>
      kind?.translate({ before: from, after, managers: [] }, cluster, { at: '2026-11-24T10:00:00Z' }),
    );
    for (const translation of told) {
      expect(translation?.kind).toBe('events');
      expect(size(translation)).toBeLessThan(100_000);
    }
  });

  it('of other kinds neither', () => {
    const ports = Array.from({ length: 20_000 }, (_, port) => ({ port }));
    const of = (from: typeof ports) => ({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata,
      spec: { podSelector: {}, ingress: [{ ports: from }] },
    });
    const kind = kindOf('NetworkPolicy');
    const [before, after] = [ports, ports.slice(1)].map((from) => kind?.keep(of(from)) ?? null);
    const translation = kind?.translate(
      { before: before ?? null, after: after ?? null, managers: [] },
      cluster,
      {
        at: '2026-11-24T10:00:00Z',
      },
    );
    expect(translation).toMatchObject({ events: [{ title: expect.stringContaining('edited') as string }] });
    expect(size([before, after, translation])).toBeLessThan(5_000);
  });
});

import type { JsonObject, JsonValue } from '@painchain/connector-sdk';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from '../cluster/cluster.js';
import type { Kept } from '../translate/facts.js';
import { allKinds } from './index.js';

const canary = 'c4n4ryOfTheSecret';
const cluster = { name: 'prod', uid: 'cluster-uid' };
const at = '2026-11-24T10:00:00.000Z';

const kinds = allKinds({
  redact: ['*pepper*'],
  // With every rule off, annotations that hold all of an object are kept, too.
  noise: () => false,
  secrets: 'keys',
  helm: 'labels',
  digestKey: 'key',
  autoscalingMinutes: 10,
});

const names = ['DB_PASSWORD', 'apiToken', 'client-secret', 'AWS_SECRET_ACCESS_KEY', 'pepper.value'];

/** An object with a secret wherever one may be, and a version that nobody must take for the same. */
function objectWith(kind: string, name: string, secret: string, version: number): KubernetesObject {
  const text = `log: info\n${name}: ${secret}\nport: ${8080 + version}\n`;
  const url = `https://ada:${secret}@hooks.acme.test/v${version}`;
  const template: JsonObject = {
    metadata: { annotations: { [`acme.test/${name}`]: secret } },
    spec: {
      containers: [
        {
          name: 'api',
          image: `ghcr.io/acme/api:1.${version}`,
          env: [{ name, value: secret }],
          args: [`--${name}=${secret}`, `--${name}`, secret],
          command: ['sh', '-c', `curl ${url} --header "Authorization: Bearer ${secret}"`],
        },
      ],
    },
  };
  const message = `could not log in with ${name}=${secret} at ${url}`;
  const conditions = ['Ready', 'Progressing', 'Degraded', 'Failed'].map((type) => {
    return { type, status: 'False', reason: 'ProgressDeadlineExceeded', message };
  });
  return {
    apiVersion: 'v1',
    kind,
    metadata: {
      uid: 'uid-c',
      name: 'one',
      namespace: 'shop',
      resourceVersion: String(version),
      generation: version,
      creationTimestamp: '2026-11-24T09:00:00Z',
      labels: { version: String(version), owner: 'helm', name: 'shop', status: 'deployed' },
      annotations: {
        [`acme.test/${name}`]: secret,
        'acme.test/note': text,
        'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify({ data: { any: secret } }),
      },
    },
    type: kind === 'Event' ? 'Warning' : 'Opaque',
    data: { [name]: secret, 'application.yaml': text, url, ...(kind === 'Secret' && { any: secret }) },
    parameters: { [name]: secret, version: String(version) },
    webhooks: [{ name: 'a.acme.test', clientConfig: { url } }],
    spec: {
      replicas: version,
      template,
      jobTemplate: { spec: { template } },
      ...(template['spec'] as JsonObject),
      values: { [name]: secret, deep: { [name]: { inner: [secret] } } },
      source: { repoURL: url, helm: { parameters: [{ name, value: secret }] } },
      url,
    },
    status: {
      phase: 'Failed',
      message,
      reason: 'Evicted',
      conditions,
      observedGeneration: version,
      operationState: { phase: 'Failed', message, finishedAt: at, syncResult: { revision: 'main' } },
      containerStatuses: [
        {
          name: 'api',
          restartCount: version,
          state: { waiting: { reason: 'CrashLoopBackOff', message } },
          lastState: { terminated: { reason: 'Error', exitCode: 1, message } },
        },
      ],
    },
    reason: 'FailedMount',
    message,
    count: version,
    lastTimestamp: at,
    involvedObject: { kind: 'Pod', name: 'api-1', namespace: 'shop', uid: 'uid-p' },
  };
}

describe.each(kinds.map((kind) => [kind.name, kind] as const))('a secret in a %s', (name, kind) => {
  it('is neither kept nor told', () => {
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.stringMatching(/^[a-z/+]{0,8}$/), (secretName, tail) => {
        const [old, fresh] = [`${canary}${tail}`, `${tail}${canary}2`];
        const before = kind.keep(objectWith(name, secretName, old, 1)) ?? null;
        const after = kind.keep(objectWith(name, secretName, fresh, 2), before ?? undefined) ?? null;
        const steps: [Kept | null, Kept | null][] = [
          [null, before],
          [before, after],
          [after, null],
        ];
        const told = steps.map(([from, to]) =>
          kind.translate({ before: from, after: to, managers: [] }, cluster, { at }),
        );
        const all: JsonValue = JSON.parse(JSON.stringify([before, after, told])) as JsonValue;
        const text = JSON.stringify(all);
        const leak = text.indexOf(canary);
        expect(leak < 0 ? '' : text.slice(Math.max(0, leak - 80), leak + 40)).toBe('');
      }),
      { numRuns: 15 },
    );
  });
});

import { existsSync, readFileSync } from 'node:fs';
import type { JsonObject, SourceEvent } from '@painchain/connector-sdk';
import { describe, expect, it } from 'vitest';
import type { KubernetesObject } from './cluster/cluster.js';
import { allKinds } from './kinds/index.js';
import type { Kind } from './kinds/kind.js';
import { managersOf } from './source/managers.js';
import type { Kept, Step } from './translate/facts.js';

// Recorded data of public projects, beside the repository where it is there at all.
const recorded = new URL('../../../../shared/data/kubernetes/', import.meta.url);
const files = ['objects.ndjson', 'object-states-is-healthy.ndjson', 'events.ndjson'];

const cluster = { name: 'prod', uid: 'cluster-uid', environment: 'production' };
const sighting = { at: '2026-11-24T07:00:00.000Z' };
const kinds = allKinds({
  redact: [],
  noise: () => true,
  secrets: 'keys',
  helm: 'payload',
  digestKey: 'a key of this test',
  autoscalingMinutes: 10,
});

/** As a server gives it: what a file may have left out is filled in. */
function served(object: JsonObject, index: number): KubernetesObject {
  const metadata = {
    name: 'nameless',
    uid: `uid-${index}`,
    resourceVersion: '1',
    ...(object.metadata as JsonObject),
  };
  return { apiVersion: 'v1', kind: 'Unknown', ...object, metadata };
}

function objectsOf(name: string): KubernetesObject[] {
  return readFileSync(new URL(name, recorded), 'utf8')
    .trim()
    .split('\n')
    .map((line, index) => served((JSON.parse(line) as { object: JsonObject }).object, index));
}

/** An object comes, goes, and becomes what it was and what others of its kind are. */
function stepsOf(object: KubernetesObject, kept: Kept, others: readonly Kept[]): Step[] {
  const managers = managersOf(object);
  return [
    { before: null, after: kept, managers },
    { before: kept, after: null, managers },
    ...others.map((before) => ({ before, after: kept, managers })),
  ];
}

function toldOf(kind: Kind, step: Step): SourceEvent[] {
  const translation = kind.translate(step, cluster, sighting);
  expect(['events', 'ignored', 'unsupported']).toContain(translation.kind);
  const events = translation.kind === 'events' ? translation.events : [];
  if (!kind.fold) return events;
  const folded = kind.fold.add(kind.fold.empty, step, events, sighting);
  return [...folded.events, ...kind.fold.due(folded.state, '2026-11-24T09:00:00.000Z').events];
}

function expectWhole({ key_parts, title, project, subject, data }: SourceEvent): void {
  expect(key_parts[0]).toBe(cluster.uid);
  expect(title).toMatch(/\S/);
  expect(project).toMatch(/^prod(\/|$)/);
  expect(subject).toMatch(/^prod\//);
  expect(data).toHaveProperty('kind');
}

describe.each(files)('recorded %s', (name) => {
  it.skipIf(!existsSync(new URL(name, recorded)))(
    'is read by every kind without an error (skipped without shared/data)',
    () => {
      const objects = objectsOf(name);
      const found = new Set<string>();
      for (const kind of kinds) {
        const own = objects.filter((object) => object.kind === kind.name);
        const others = own.map((object) => kind.keep(object)).filter((kept) => kept !== undefined);
        for (const object of objects) {
          const kept = kind.keep(object);
          if (kept === undefined) continue;
          const isOwn = own.includes(object);
          const steps = stepsOf(object, kept, isOwn ? others : []);
          const events = steps.flatMap((step) => toldOf(kind, step));
          events.forEach(expectWhole);
          if (isOwn && events.length > 0) found.add(kind.name);
        }
      }
      expect(found).not.toEqual(new Set());
    },
    60_000,
  );
});

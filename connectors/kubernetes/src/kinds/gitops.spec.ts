import type { JsonObject, SourceEvent } from '@painchain/connector-sdk';
import { describe, expect, it } from 'vitest';
import { instantAt } from '../testing/workload-life.js';
import type { Kept } from '../translate/facts.js';
import { gitopsKinds } from './gitops.js';

const kinds = gitopsKinds({
  redact: [],
  noise: () => true,
  secrets: 'off',
  helm: 'off',
  digestKey: 'key',
  autoscalingMinutes: 10,
});
const cluster = { name: 'prod', uid: 'cluster-uid' };

/** What is told of an object that is seen in these states, one each minute. */
function toldOf(name: string, statuses: readonly JsonObject[]): string[] {
  const kind = kinds.find((one) => one.name === name);
  const told: SourceEvent[] = [];
  let state = kind?.fold?.empty;
  let before: Kept | null = null;
  statuses.forEach((status, minute) => {
    const metadata = { uid: 'uid-a', name: 'web', namespace: 'gitops', resourceVersion: '1' };
    const object = { apiVersion: 'v1', kind: name, metadata, spec: {}, status };
    const after = kind?.keep(JSON.parse(JSON.stringify(object)), before ?? undefined) ?? null;
    const sighting = { at: instantAt(minute * 60) };
    const step = { before, after, managers: [] };
    const translation = before && kind?.translate(step, cluster, sighting);
    const events = translation?.kind === 'events' ? translation.events : [];
    const folded = kind?.fold?.add(state, step, events, sighting);
    state = folded?.state;
    told.push(...(folded?.events ?? []));
    before = after;
  });
  return told.map(({ title }) => title);
}

const minutes = Array.from({ length: 60 }, (_, minute) => minute);

function synced(minute: number, revision: string, initiatedBy: JsonObject): JsonObject {
  return {
    operationState: {
      phase: 'Succeeded',
      startedAt: instantAt(minute * 60 - 5),
      finishedAt: instantAt(minute * 60 - 1),
      syncResult: { revision },
      operation: { initiatedBy, sync: { revision } },
    },
  };
}

describe('an Application', () => {
  const revision = 'a'.repeat(40);

  it('that heals itself each minute is told now and then', () => {
    expect(
      toldOf(
        'Application',
        minutes.map((at) => synced(at, revision, { automated: true })),
      ),
    ).toEqual([
      'web synced automatically to aaaaaaaa again',
      'web synced automatically to aaaaaaaa again (4 more within 5 minutes)',
      'web synced automatically to aaaaaaaa again (10 more within 10 minutes)',
      'web synced automatically to aaaaaaaa again (20 more within 20 minutes)',
    ]);
  });

  it('that somebody synchronizes, or to something else, is told each time', () => {
    const byHand = minutes.map((at) => synced(at, revision, { username: 'ada' }));
    const onwards = minutes.map((at) => synced(at, String(at).padStart(40, 'a'), { automated: true }));
    expect([toldOf('Application', byHand), toldOf('Application', onwards)].map((all) => all.length)).toEqual([
      59, 59,
    ]);
  });
});

describe('what Flux applies', () => {
  it('again and again is told now and then', () => {
    const statuses = minutes.map((at) => ({
      history: [{ chartVersion: '1.2.3', version: at, status: 'deployed', lastDeployed: instantAt(at * 60) }],
    }));
    expect(toldOf('HelmRelease', statuses)).toHaveLength(4);
  });

  it('is not told while each look finds the same', () => {
    const statuses = minutes.map((at) => ({
      lastAppliedRevision: `main@sha1:${'a'.repeat(40)}`,
      conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: instantAt(at * 60) }],
    }));
    expect(toldOf('Kustomization', statuses)).toEqual([]);
  });
});

import { createLogger } from '@painchain/connector-sdk';
import { describe, expect, it } from 'vitest';
import type { Reflected } from '../reflector/reflector.js';
import { Snapshot } from '../snapshot/snapshot.js';
import { deployment, pretendKind } from '../testing/kind-scene.js';
import { World } from '../testing/world.js';
import { Draft } from './draft.js';
import { Teller } from './teller.js';

const start = Date.parse('2026-11-24T07:00:00Z');
let now = start;

const world = new World(() => start);
const put = (value: number) => world.put(deployment('api', value));

/** A teller that knows of one deployment, as it was at the start. */
function teller(): Teller {
  now = start;
  const made = new Teller({
    kind: pretendKind,
    facts: { name: 'prod', uid: 'u' },
    draft: new Draft(new Snapshot()),
    run: {
      take: (translation) => (translation.kind === 'events' ? translation.events : []),
      log: createLogger({ name: 'test', level: 'silent' }),
    },
    now: () => now,
    watches: () => true,
  });
  tell(made, { kind: 'listing', scope: '' });
  tell(made, { kind: 'object', scope: '', object: put(1) });
  tell(made, { kind: 'listed', scope: '', resourceVersion: '1', heard: start });
  return made;
}

function tell(made: Teller, reflected: Reflected) {
  return [...made.tell(reflected)].flat();
}

describe('what is told of an object', () => {
  it('is dated by when it was heard, however long it has waited for what came before it to be stored', () => {
    const made = teller();
    now = start + 600_000;
    const heard = start + 5_000;
    const [event] = tell(made, { kind: 'object', scope: '', object: put(2), heard });
    expect(event).toMatchObject({ timestamp: new Date(heard).toISOString(), time_precision: 'exact' });
  });

  it('has not been found before it was looked for, should a clock have been set right', () => {
    const made = teller();
    now = start - 500;
    const [event] = tell(made, { kind: 'object', scope: '', object: put(2) });
    const at = new Date(now).toISOString();
    expect(event).toMatchObject({ timestamp: at, time_precision: 'gap', data: { since: at } });
  });
});

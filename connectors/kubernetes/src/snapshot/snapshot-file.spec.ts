import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Logger, createLogger } from '@painchain/connector-sdk';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SnapshotFile } from './snapshot-file.js';
import { Snapshot } from './snapshot.js';

const lineage = { cluster: 'uid-of-prod', kind: 'Deployment', shape: '1' };

let dir: string;
let now: number;
let logged: string[];
let log: Logger;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'painchain-snapshot-'));
  now = 1_000_000;
  logged = [];
  log = createLogger({ name: 'test', level: 'silent' });
  for (const level of ['warn', 'info'] as const) {
    log[level] = (...words: unknown[]) => void logged.push(`${level}: ${String(words.at(-1))}`);
  }
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const fileOf = (of = lineage) => new SnapshotFile(dir, 'prod/deployments', of, { log, now: () => now });
const pathOf = () => join(dir, readdirSync(dir)[0] ?? '');

function filled(count = 3): Snapshot {
  const snapshot = new Snapshot();
  for (let index = 0; index < count; index += 1) {
    snapshot.set({ uid: `uid-${index}`, path: `shop/api-${index}`, kept: { index } });
  }
  snapshot.reach('', { version: '42', heard: 1_234 });
  snapshot.fold = { since: 'then' };
  return snapshot;
}

describe('the file of a snapshot', () => {
  it('brings everything back', async () => {
    const snapshot = filled(2_500);
    await fileOf().save(snapshot);
    const loaded = await fileOf().load();
    expect(loaded?.content()).toEqual(snapshot.content());
    expect(loaded?.uidAt('shop/api-7')).toBe('uid-7');
    expect(logged).toEqual([]);
  });

  it('is none where there is none', async () => {
    expect(await fileOf().load()).toBeUndefined();
    expect(logged).toEqual([]);
  });

  it.each([
    ['of another cluster', { ...lineage, cluster: 'another' }],
    ['of another kind', { ...lineage, kind: 'Pod' }],
    ['kept in another way', { ...lineage, shape: '2' }],
  ])('is of no use when it is %s, and the log says so', async (_, other) => {
    await fileOf().save(filled());
    expect(await fileOf(other).load()).toBeUndefined();
    expect(logged).toHaveLength(1);
  });

  it('is of no use when it is cut or changed anywhere', async () => {
    await fileOf().save(filled());
    const whole = readFileSync(pathOf());
    const broken = fc.oneof(
      fc.nat(whole.length - 1).map((length) => whole.subarray(0, length)),
      fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 })).map(([at, flip]) => {
        const bytes = Buffer.from(whole);
        bytes[at] = (bytes[at] ?? 0) ^ flip;
        return bytes;
      }),
      fc.uint8Array().map((bytes) => Buffer.from(bytes)),
    );
    await fc.assert(
      fc.asyncProperty(broken, async (bytes) => {
        writeFileSync(pathOf(), bytes);
        expect(await fileOf().load()).toBeUndefined();
      }),
      { numRuns: 200 },
    );
  });

  it('is written when something has changed, at most every few seconds unless it must be', async () => {
    const file = fileOf();
    const snapshot = filled();
    await file.save(snapshot);
    snapshot.delete('uid-0');
    await file.save(snapshot);
    expect((await fileOf().load())?.size).toBe(3);
    await file.save(snapshot, true);
    expect((await fileOf().load())?.size).toBe(2);
    snapshot.delete('uid-1');
    now += 6_000;
    await file.save(snapshot);
    expect((await fileOf().load())?.size).toBe(1);
  });

  it('is written the less often the larger it is', async () => {
    const file = fileOf();
    const snapshot = filled();
    snapshot.set({
      uid: 'large',
      path: 'shop/large',
      kept: { text: randomBytes(2_000_000).toString('latin1') },
    });
    await file.save(snapshot);
    snapshot.delete('uid-0');
    now += 6_000;
    await file.save(snapshot);
    expect((await fileOf().load())?.size).toBe(4);
    now += 60_000;
    await file.save(snapshot);
    expect((await fileOf().load())?.size).toBe(3);
  });

  it("that can't be written is said to be so, once, and goes on when it can", async () => {
    const taken = join(dir, 'taken');
    writeFileSync(taken, 'no folder');
    const file = new SnapshotFile(taken, 'prod/pods', lineage, { log, now: () => now });
    const snapshot = filled();
    await file.save(snapshot, true);
    await file.save(snapshot, true);
    expect(logged).toEqual([expect.stringMatching(/^warn: the snapshot can't be written/)]);
    rmSync(taken);
    await file.save(snapshot, true);
    expect(logged.at(-1)).toBe('info: the snapshot is on the disk again');
  });

  it('leaves nothing half written behind', async () => {
    const file = fileOf();
    await file.save(filled());
    const path = pathOf();
    rmSync(path);
    // Where a folder lies no file can be put.
    mkdirSync(path);
    await file.save(filled(), true);
    expect(readdirSync(dir)).toHaveLength(1);
  });
});

type Deed = { do: 'set' | 'delete'; uid: number } | { do: 'save' | 'crash' };

const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({ do: fc.constantFrom('set' as const, 'delete' as const), uid: fc.nat(5) }),
  fc.record({ do: fc.constantFrom('save' as const, 'crash' as const) }),
);

describe('any sequence of changes, saves and crashes', () => {
  it('finds behind a crash just what was saved last', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { maxLength: 40 }), async (deeds) => {
        rmSync(dir, { recursive: true, force: true });
        let snapshot = new Snapshot();
        let file = fileOf();
        let saved: unknown;
        let count = 0;
        for (const step of deeds) {
          count += 1;
          if (step.do === 'set') {
            snapshot.set({ uid: `u${step.uid}`, path: `shop/${step.uid % 3}`, kept: { count } });
            snapshot.reach('', { version: String(count), heard: count });
          } else if (step.do === 'delete') snapshot.delete(`u${step.uid}`);
          else if (step.do === 'save') {
            await file.save(snapshot, true);
            saved = snapshot.content();
          } else {
            file = fileOf();
            const loaded = await file.load();
            expect(loaded?.content()).toEqual(saved);
            snapshot = loaded ?? new Snapshot();
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

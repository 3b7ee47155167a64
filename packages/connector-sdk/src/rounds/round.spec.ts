import { HttpError } from '@painchain/runtime/http';
import { expect, it } from 'vitest';
import { ScriptedUpstream } from '../testing/scripted-upstream.js';
import { SourceScene } from '../testing/source-scene.js';
import { StubLook } from '../testing/stub-look.js';
import { SourceError } from '../source-error.js';
import { ThingSource, type Vendor } from './thing-source.js';

type Kind = 'push' | 'tag';

/** A forge of one repository, on a clock that a test moves. */
class Forge extends ScriptedUpstream {
  readonly baseUrl = 'https://forge.test';
  ms = Date.UTC(2026, 10, 24, 10);

  now(): number {
    return this.ms;
  }

  limit() {
    return undefined;
  }

  pace(): number {
    return 1;
  }
}

const vendor: Vendor<object, Kind> = {
  vendor: 'The forge',
  noun: 'repository',
  addresses: (name) => [`/${name}`],
  read: () => ({ id: 7, fullName: 'acme/api', webUrl: 'https://forge.test/acme/api', archived: false }),
  remedies: { missing: '', notPermitted: '', unreadable: '' },
  rights: { access: { push: { what: 'pushes', right: '' }, tag: { what: 'tags', right: '' } }, bearer: '' },
  ownOf: () => ({}),
  isNothingToSee: () => false,
  isRefusal: (error): error is SourceError => error instanceof SourceError && error.kind === 'configuration',
  isCredentialFault: () => false,
};

/** A look that takes its time. */
class SlowLook extends StubLook<object, Kind> {
  constructor(private readonly forge: Forge) {
    super('push');
  }

  override get look() {
    const { look, ...rest } = super.look;
    return {
      ...rest,
      look: (...given: Parameters<typeof look>) => {
        this.forge.ms += 90_000;
        return look(...given);
      },
    };
  }
}

function forgeOf(): Forge {
  return new Forge('https://forge.test').says('/acme/api', { json: {} });
}

function sceneOf(forge: Forge, looks: readonly StubLook<object, Kind>[]) {
  const config = {
    events: ['push', 'tag'] as Kind[],
    polling: { enabled: true, interval: 60 },
    backfill: { days: 7 },
  };
  const place = { upstream: forge, vendor, config, looks: looks.map(({ look }) => look) };
  return new SourceScene(
    () => new ThingSource({ name: 'acme/api', fullName: 'acme/api' }, place),
    () => void (forge.ms += 60_000),
  );
}

/** What a look fails by that the upstream fails over itself. */
function failing(kind: 'status' | 'network' = 'status'): SourceError {
  const cause = new HttpError(kind, 'GET https://forge.test/acme/api answered 500', { status: 500 });
  return new SourceError({
    code: 'forge-failing',
    detail: 'It fails.',
    remedy: 'wait',
    kind: 'upstream',
    cause,
  });
}

it('what a look finds is dated by that look, however long the ones before it took', async () => {
  const forge = forgeOf();
  const tag = new StubLook<object, Kind>('tag');
  const scene = sceneOf(forge, [new SlowLook(forge), tag]);
  const began = forge.now();
  await scene.round();
  await scene.round();
  const [first, second] = tag.rounds.map(({ round }) => round);
  expect(first?.at).toBe(new Date(began + 90_000).toISOString());
  expect(second?.before).toBe(new Date(began).toISOString());
});

it('a look over which the upstream fails again and again keeps the others from being taken no longer', async () => {
  const [push, tag] = [new StubLook<object, Kind>('push'), new StubLook<object, Kind>('tag')];
  push.usual = failing();
  const forge = forgeOf();
  const scene = sceneOf(forge, [push, tag]);
  for (let time = 1; time < 5; time++)
    await expect(scene.round().finally(() => (forge.ms += 60_000))).rejects.toMatchObject({
      code: 'forge-failing',
    });
  expect(tag.rounds).toHaveLength(0);
  await expect(scene.round().finally(() => (forge.ms += 30_000))).rejects.toMatchObject({
    code: 'events-failing',
    detail: 'Of acme/api, pushes can’t be read right now; all else is told. It fails.',
    kind: 'upstream',
    retryAfterMs: 60_000,
  });
  await expect(scene.round()).rejects.toMatchObject({ code: 'events-failing' });
  expect([push.rounds.length, tag.rounds.length]).toEqual([5, 2]);
  // Of what was not seen nobody says that it was.
  expect(scene.watermark).toBeNull();
  forge.ms += 60_000;
  push.usual = [{ events: [], state: 'quiet' }];
  await scene.round();
  expect(push.rounds).toHaveLength(6);
  expect(scene.watermark).not.toBeNull();
});

it('in an outage no other look is tried, however long it takes', async () => {
  const [push, tag] = [new StubLook<object, Kind>('push'), new StubLook<object, Kind>('tag')];
  push.usual = failing('network');
  const scene = sceneOf(forgeOf(), [push, tag]);
  for (let time = 0; time < 8; time++)
    await expect(scene.round()).rejects.toMatchObject({ code: 'forge-failing' });
  expect(tag.rounds).toHaveLength(0);
});

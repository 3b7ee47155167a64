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
  rights: { access: { push: { what: '', right: '' }, tag: { what: '', right: '' } }, bearer: '' },
  ownOf: () => ({}),
  isNothingToSee: () => false,
  isRefusal: (error): error is SourceError => error instanceof SourceError,
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

it('what a look finds is dated by that look, however long the ones before it took', async () => {
  const forge = new Forge('https://forge.test').says('/acme/api', { json: {} });
  const tag = new StubLook<object, Kind>('tag');
  const config = {
    events: ['push', 'tag'] as Kind[],
    polling: { enabled: true, interval: 60 },
    backfill: { days: 7 },
  };
  const looks = [new SlowLook(forge).look, tag.look];
  const place = { upstream: forge, vendor, config, looks };
  const scene = new SourceScene(
    () => new ThingSource({ name: 'acme/api', fullName: 'acme/api' }, place),
    () => void (forge.ms += 60_000),
  );
  const began = forge.now();
  await scene.round();
  await scene.round();
  const [first, second] = tag.rounds.map(({ round }) => round);
  expect(first?.at).toBe(new Date(began + 90_000).toISOString());
  expect(second?.before).toBe(new Date(began).toISOString());
});

import type { JsonObject } from '@painchain/connector-sdk';
import { type Asked, PretendScene, type Room, openStage } from '@painchain/connector-sdk/testing/pretend';
import { type GitHubConfig, eventKinds } from '../../config.js';
import { gitHub } from '../../connector.js';
import { type Account, FakeGitHub, type Repository, World, live } from '../fake-github/index.js';
import { wordsOfEvent } from './words-of-event.js';

export const minute = 60_000;

/** All that shows as a difference is looked at about as often as tags are. */
const room = 'tags';

function lookedAt({ target }: Asked<Account>, world: World): Room | undefined {
  const [, path = '', byId] =
    /^\/(?:repos\/([^/]+\/[^/]+)|repositories\/(\d+))\/git\/matching-refs/.exec(target) ?? [];
  const source = byId === undefined ? world.find(path)?.repository.id : Number(byId);
  return source === undefined ? undefined : { source, room };
}

/** A GitHub in which people work, a backend, and the connector between them, on one fast clock. */
export class Scene extends PretendScene<World, Account, GitHubConfig> {
  private constructor(
    stage: Awaited<ReturnType<typeof openStage>>,
    readonly github: FakeGitHub,
  ) {
    super(stage, { server: github, connector: gitHub, wordsOfEvent, lookedAt, roomOf: () => room });
  }

  static async open(seed: number): Promise<Scene> {
    const stage = await openStage(seed);
    const world = new World(() => stage.clock.now(), seed);
    // One thing in ten shows late.
    world.lag = (chance) => (chance.happens(0.1) ? Math.round(chance.between(5, 240)) * 1_000 : 0);
    return new Scene(stage, await FakeGitHub.start(world));
  }

  /** A repository in which people have worked for a while, and go on for so many minutes. */
  repository(
    owner: string,
    name: string,
    { minutes, everyMs }: { minutes: number; everyMs: number },
  ): Repository {
    const repository = this.world.addRepository(owner, name);
    const [from, until] = [this.began - 90 * minute, this.minute(minutes)];
    live(repository, { seed: repository.id, from, until, everyMs });
    return repository;
  }

  /** An integration of that name, and of the owner of that name unless `rest` names repositories. Gives its id. */
  integration(name: string, credential: JsonObject, rest: JsonObject = {}): string {
    const repositories = [{ owner: name }];
    const events = eventKinds.filter((kind) => kind !== 'configuration');
    const config = { ...credential, base_url: this.github.url, repositories, events, ...rest };
    return this.backend.store.upsert({ type: 'github', name, config }).id;
  }
}

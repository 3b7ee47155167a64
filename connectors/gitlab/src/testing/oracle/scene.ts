import type { JsonObject } from '@painchain/connector-sdk';
import { type Asked, PretendScene, type Room, openStage } from '@painchain/connector-sdk/testing/pretend';
import { type GitLabConfig, eventKinds } from '../../config.js';
import { gitLab } from '../../connector.js';
import { type Account, FakeGitLab, type Project, World, live } from '../fake-gitlab/index.js';
import { wordsOfEvent } from './words-of-event.js';

export const minute = 60_000;

/** Lists by which differences show, and the looks that ask for them. */
const rooms: readonly [RegExp, room: string][] = [
  [/^\/merge_requests\?/, 'merge_requests'],
  [/^\/pipelines\?/, 'pipelines'],
  [/^\/environments\?/, 'environments'],
  [/^\/releases\?/, 'releases'],
  [/^\/repository\/branches\?/, 'refs'],
  [/^\/registry\/repositories\?/, 'images'],
];

function lookedAt({ target }: Asked<Account>, world: World): Room | undefined {
  const [, named = '', rest = ''] = /^\/api\/v4\/projects\/([^/?]+)(.*)$/.exec(target) ?? [];
  const room = rooms.find(([pattern]) => pattern.test(rest))?.[1];
  const id = /^\d+$/.test(named) ? Number(named) : world.find(decodeURIComponent(named))?.project.id;
  return room === undefined || id === undefined ? undefined : { source: id, room };
}

const roomNames: readonly [RegExp, room: string][] = [
  [/^merge_request/, 'merge_requests'],
  [/^pipeline/, 'pipelines'],
  [/^environment/, 'environments'],
  [/^release/, 'releases'],
  [/^image/, 'images'],
];

function roomOf(type: string): string {
  return roomNames.find(([pattern]) => pattern.test(type))?.[1] ?? 'refs';
}

/** A GitLab in which people work, a backend, and the connector between them, on one fast clock. */
export class Scene extends PretendScene<World, Account, GitLabConfig> {
  private constructor(
    stage: Awaited<ReturnType<typeof openStage>>,
    readonly gitlab: FakeGitLab,
  ) {
    super(stage, { server: gitlab, connector: gitLab, wordsOfEvent, lookedAt, roomOf });
  }

  /** @param aheadMs how far GitLab's clock is ahead of ours */
  static async open(seed: number, aheadMs = 0): Promise<Scene> {
    const stage = await openStage(seed);
    const world = new World(() => stage.clock.now() + aheadMs, seed);
    // One thing in ten shows late, and what is pushed shows a little later in the activity.
    world.lag = (chance) => (chance.happens(0.1) ? Math.round(chance.between(5, 240)) * 1_000 : 0);
    world.eventLag = (chance) => Math.round(chance.between(1, chance.happens(0.1) ? 60 : 6)) * 1_000;
    return new Scene(stage, await FakeGitLab.start(world, { subPath: '/gitlab' }));
  }

  /** A project in which people have worked for a while, and go on for so many minutes. */
  project(path: string, { minutes, everyMs }: { minutes: number; everyMs: number }): Project {
    const project = this.world.addProject(path);
    const [from, until] = [this.began - 90 * minute, this.minute(minutes)];
    live(project, { seed: project.id, from, until, everyMs });
    return project;
  }

  /** An integration of that name, and of the group of that name unless `rest` names projects. Gives its id. */
  integration(name: string, token: string, rest: JsonObject = { groups: [{ group: name }] }): string {
    const events = eventKinds.filter((kind) => kind !== 'configuration');
    const config = { token, base_url: this.gitlab.url, events, ...rest };
    return this.backend.store.upsert({ type: 'gitlab', name, config }).id;
  }
}

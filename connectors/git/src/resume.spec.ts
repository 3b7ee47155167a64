import { rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ScratchRepository, scratchFolder } from './testing/scratch-repository.js';
import { Watch, sourceFor } from './testing/watch.js';

vi.setConfig({ testTimeout: 120_000 });

let folder: ReturnType<typeof scratchFolder>;
let repository: ScratchRepository;
const dataDir = () => `${folder.path}/data`;

beforeEach(() => {
  folder = scratchFolder();
  repository = ScratchRepository.init(`${folder.path}/shop`);
});
afterEach(() => folder.remove());

const now = Math.floor(Date.now() / 1_000);
const commits = (name: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({ message: `${name} ${index}`, at: now - 10_000 + index }));

function createRefs(count: number): void {
  const tip = repository.head('main');
  const lines = Array.from({ length: count }, (_, index) => `create refs/tags/release-${index} ${tip}`);
  repository.write('refs.txt', `${lines.join('\n')}\n`);
  repository.git('-c', 'alias.refs=!git update-ref --stdin < refs.txt', 'refs');
  repository.git('pack-refs', '--all');
}

describe('a process that is killed after any page', () => {
  it('is continued by the next one: nothing missing, nothing doubled, though refs go on moving', async () => {
    repository.import('main', commits('First', 250));
    createRefs(130);
    const source = () => sourceFor({ path: repository.dir }, dataDir());
    const watch = new Watch(await source());
    let rounds = 0;
    for (let quiet = false; !quiet; rounds++) {
      if (rounds === 1) repository.import('side', commits('Second', 150));
      if (rounds === 4) repository.git('tag', '-d', 'release-7');
      // Another process each time: nothing is remembered but the cursor.
      const next = new Watch(await source());
      Object.assign(next, { cursor: watch.cursor, watermark: watch.watermark, events: watch.events });
      const { events } = await next.look({ pages: 1 });
      watch.repeated.push(...next.repeated);
      Object.assign(watch, { cursor: next.cursor, watermark: next.watermark });
      quiet = events.length === 0;
    }
    const types = [...watch.events.values()].map(({ type }) => type);
    const count = (type: string) => types.filter((one) => one === type).length;
    expect(rounds).toBeGreaterThan(6);
    expect([count('commit'), count('tag_created'), count('tag_deleted')]).toEqual([400, 130, 1]);
    expect(count('branch_created')).toBe(2);
    expect(watch.repeated).toEqual([]);
  });
});

describe('a repository with more refs than a cursor holds', () => {
  it('keeps them in a file that the cursor names', async () => {
    repository.import('main', commits('Only', 1));
    createRefs(500);
    const watch = new Watch(await sourceFor({ path: repository.dir }, dataDir()));
    const first = await watch.look();
    expect(first.events).toHaveLength(502);
    expect(JSON.stringify(watch.cursor).length).toBeLessThan(1_000);
    expect((await watch.look()).events).toEqual([]);
    repository.git('tag', 'one-more', 'main');
    expect((await watch.look()).events.map(({ type }) => type)).toEqual(['tag_created']);
  });

  it('starts anew without telling refs twice when that file is lost, and says what it could not see', async () => {
    repository.import('main', commits('Only', 1));
    createRefs(500);
    const watch = new Watch(await sourceFor({ path: repository.dir }, dataDir()));
    await watch.look();
    const from = watch.watermark;
    rmSync(dataDir(), { recursive: true });
    repository.import('next', commits('Meanwhile', 1));
    const again = await watch.look();
    expect(again.coverage).toMatchObject([{ kind: 'blind', from }]);
    expect([...watch.events.values()].filter(({ title }) => title.startsWith('Meanwhile'))).toHaveLength(1);
    expect(again.events.every(({ type }) => type === 'commit')).toBe(true);
    expect((await watch.look()).events).toEqual([]);
  });
});

describe('a history that is rewritten and whose old commits are collected as garbage', () => {
  it('tells what is new, and not the whole past', async () => {
    const old = Array.from({ length: 150 }, (_, index) => ({
      message: `Old ${index}`,
      at: now - 3 * 365 * 86_400 + index,
    }));
    repository.import('main', old);
    repository.git('reset', '-q', '--hard');
    repository.commit('Typo');
    const watch = new Watch(await sourceFor({ path: repository.dir }, dataDir()));
    await watch.look();
    repository.git('commit', '-q', '--amend', '-m', 'Mended');
    repository.git('reflog', 'expire', '--expire=now', '--all');
    repository.git('gc', '-q', '--prune=now');
    const { events } = await watch.look();
    expect(events.map(({ type }) => type)).toEqual(['commit', 'force_push']);
    expect(events[0]?.title).toBe('Mended');
  });
});

import { z } from 'zod';
import { Sha } from '../../translate/payload.js';
import { Tag, targetsOf } from '../../translate/tag.js';
import { listPages } from '../list-pages.js';
import type { Round } from '../look.js';

/** Branches or tags. */
export type Room = 'heads' | 'tags';

/** Refs that are there, each with what it points at. */
export interface Listed {
  etag: string | undefined;
  pages: number;
  refs: ReadonlyMap<string, readonly string[]>;
  /** Tags as they were listed, by their names. */
  items: ReadonlyMap<string, unknown>;
  /** The default branch, then those that are protected. */
  firm: readonly string[];
}

const paths: Readonly<Record<Room, string>> = { heads: 'repository/branches', tags: 'repository/tags' };

// By name, which stays where it is while pages are turned.
const questions: Readonly<Record<Room, string>> = {
  heads: 'pagination=keyset&per_page=100',
  tags: 'pagination=keyset&order_by=name&sort=asc&per_page=100',
};

// No control characters, no lone surrogates: git allows for none, and what is kept of refs could not hold them.
const Name = z.string().regex(/^[^\p{Cc}\p{Cs}]+$/u);

const Flag = z.boolean().nullish().catch(null);

const Branch = z.object({ name: Name, commit: z.object({ id: Sha }), default: Flag, protected: Flag });

interface Firm {
  name: string;
  isDefault: boolean;
}

function firmOf(items: readonly unknown[]): Firm[] {
  const branches = items.flatMap((item) => Branch.safeParse(item).data ?? []);
  const firm = branches.filter((branch) => branch.default || branch.protected);
  return firm.map((branch) => ({ name: branch.name, isDefault: branch.default === true }));
}

function inOrder(firm: readonly Firm[]): string[] {
  const defaultFirst = firm.toSorted((one, other) => Number(other.isDefault) - Number(one.isDefault));
  return defaultFirst.map(({ name }) => name);
}

function readRef(room: Room, item: unknown): [name: string, shas: string[]] | undefined {
  if (room === 'heads') {
    const { data } = Branch.safeParse(item);
    return data && [data.name, [data.commit.id]];
  }
  const { data: tag } = Tag.safeParse(item);
  const shas = tag && Name.safeParse(tag.name).success ? targetsOf(tag) : [];
  return tag && shas.length > 0 ? [tag.name, shas] : undefined;
}

/**
 * All branches or tags; undefined where nothing has changed, or it was no list. By keyset where a server knows of it:
 * no ref is passed over when another one goes meanwhile.
 */
export async function listRefs(
  round: Round,
  room: Room,
  etag: string | undefined,
): Promise<Listed | undefined> {
  const target = `${round.path}/${paths[room]}?${questions[room]}`;
  const refs = new Map<string, readonly string[]>();
  const items = new Map<string, unknown>();
  const firm: Firm[] = [];
  let [first, pages, whole] = [undefined as string | undefined, 0, false];
  for await (const page of listPages(round, room === 'heads' ? 'branches' : 'tags', target, etag)) {
    pages += 1;
    first ??= page.etag;
    whole = page.last;
    if (room === 'heads') firm.push(...firmOf(page.items));
    for (const item of page.items) {
      const ref = readRef(room, item);
      if (!ref) {
        round.take({ kind: 'unsupported', what: 'a ref of another shape' });
        continue;
      }
      refs.set(...ref);
      if (room === 'tags') items.set(ref[0], item);
    }
  }
  if (!whole) return undefined;
  // The ETag of several pages is only the first one's.
  return { etag: pages === 1 ? first : undefined, pages, refs, items, firm: inOrder(firm) };
}

/** One branch or tag as it is now; undefined where it isn't there. */
export async function findRef(round: Round, room: Room, name: string): Promise<unknown> {
  const target = `${round.path}/${paths[room]}/${encodeURIComponent(name)}`;
  const reading = await round.gitlab.find(target, { signal: round.signal });
  return reading?.unchanged === false ? reading.json : undefined;
}

/** Where a ref that is there points at. */
export function shaIn(room: Room, json: unknown): string | undefined {
  return readRef(room, json)?.[1][0];
}

import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Packed } from './packed.js';
import type { Content } from './snapshot.js';

/** Of what a snapshot is. That of anything else is none. */
export interface Lineage {
  /** The cluster's uid. */
  cluster: string;
  kind: string;
  /** What keeping depends on, such as the configuration: what was kept in another way can't be compared with. */
  shape: string;
}

const magic = Buffer.from('PainChain kubernetes snapshot 1\n');
const checksumBytes = 32;

const Header = z.object({
  cluster: z.string(),
  kind: z.string(),
  shape: z.string(),
  id: z.string(),
  positions: z.record(z.string(), z.object({ version: z.string().optional(), heard: z.number() })),
  fold: z.json(),
  count: z.int(),
});

function sized(bytes: Buffer): Buffer[] {
  const size = Buffer.allocUnsafe(4);
  size.writeUInt32LE(bytes.length);
  return [size, bytes];
}

/** A snapshot as the bytes of its file: what it is of, each object, and a checksum of all. */
export function* encode(lineage: Lineage, content: Content): Generator<Buffer> {
  const checksum = createHash('sha256');
  const { objects, uids, id, positions, fold } = content;
  const paths = new Map([...uids].map(([path, uid]) => [uid, path]));
  const header = JSON.stringify({ ...lineage, id, positions, fold, count: objects.size });
  let chunk = [magic, ...sized(Buffer.from(header))];
  for (const [uid, packed] of objects) {
    const path = Buffer.from(paths.get(uid) ?? '');
    chunk.push(...sized(Buffer.from(uid)), ...sized(path), ...sized(Buffer.from(packed, 'latin1')));
    if (chunk.length < 1_000) continue;
    const bytes = Buffer.concat(chunk);
    checksum.update(bytes);
    yield bytes;
    chunk = [];
  }
  const rest = Buffer.concat(chunk);
  yield Buffer.concat([rest, checksum.update(rest).digest()]);
}

/** What a file says, or in a few words why it says nothing. */
export function decode(file: Buffer, lineage: Lineage): Content | string {
  if (!file.subarray(0, magic.length).equals(magic)) return 'it is of another format';
  const body = file.subarray(0, -checksumBytes);
  const checksum = createHash('sha256').update(body).digest();
  if (!file.subarray(-checksumBytes).equals(checksum)) return 'it is damaged';
  let at = magic.length;
  const next = () => {
    const size = body.readUInt32LE(at);
    at += 4 + size;
    return body.subarray(at - size, at);
  };
  const header = Header.parse(JSON.parse(next().toString()));
  if (header.cluster !== lineage.cluster) return 'it is of another cluster';
  if (header.kind !== lineage.kind) return 'it is of another kind';
  if (header.shape !== lineage.shape) return 'it was kept in another way';
  const objects = new Map<string, Packed>();
  const uids = new Map<string, string>();
  for (let count = 0; count < header.count; count += 1) {
    const uid = next().toString();
    const path = next().toString();
    if (path !== '') uids.set(path, uid);
    objects.set(uid, next().toString('latin1'));
  }
  return { id: header.id, positions: header.positions, fold: header.fold, objects, uids };
}

import type { JsonObject } from '@painchain/connector-sdk';
import { z } from 'zod';
import type { Kept } from './facts.js';
import { Instant } from './instant.js';
import { Metadata } from './metadata.js';
import { cutText } from './wording.js';

const releaseType = 'helm.sh/release.v1';

const Text = z.string().optional().catch(undefined);

/** No name and no version is longer: what is comes from somebody who wants more than to name it. */
const Name = z.string().max(250).optional().catch(undefined);

/** What is told of a release’s chart. */
const Chart = z.object({ name: Name, version: Name, appVersion: Name, description: Text });
type Chart = z.output<typeof Chart>;

/** One revision of a release, which is one Secret. */
export const KeptRelease = z.object({
  metadata: Metadata,
  release: z.string(),
  revision: z.int(),
  status: z.string(),
  /** When Helm has written it. */
  at: Instant,
  chart: Chart.optional(),
});
export type KeptRelease = z.output<typeof KeptRelease>;

const Payload = z.object({
  info: z.object({ description: Text }).optional().catch(undefined),
  chart: z
    .object({ metadata: Chart.omit({ description: true }).optional().catch(undefined) })
    .optional()
    .catch(undefined),
});

/** Of a release’s payload no more than which chart it is and how it went: nothing of its values and manifests. */
function chartOf(payload: unknown, plain: Payloads['plain']): Chart | undefined {
  const read = Payload.safeParse(payload).data;
  const metadata = read?.chart?.metadata;
  const description = read?.info?.description;
  if (!metadata && !description) return undefined;
  return { ...metadata, ...(description && { description: cutText(plain(description), 500) }) };
}

/** How a payload is read. */
export interface Payloads {
  unpack(object: JsonObject): unknown;
  /** Takes the secrets out of what Helm has to say. */
  plain(message: string): string;
}

/** What is kept of a revision by its labels, and of its payload where it may be read. */
export function keepRelease(
  object: JsonObject,
  payloads: Payloads | undefined,
  before?: Kept,
): Kept | undefined {
  const metadata = Metadata.safeParse(object['metadata']).data;
  // Absent where only metadata was asked for, of what the server has chosen by its type.
  const { type = releaseType } = object;
  if (!metadata || type !== releaseType) return undefined;
  const { uid, namespace, creationTimestamp, labels } = metadata;
  const { status, version, modifiedAt } = labels;
  const release = labels['name'];
  const revision = Number(version);
  if (!release || !status || !Number.isInteger(revision)) return undefined;
  // A revision stays as it is but for its status, so its payload needs to be read only then.
  if (before && before['status'] === status) return before;
  const isRead = payloads !== undefined && status !== 'superseded';
  const chart = isRead ? chartOf(payloads.unpack(object), payloads.plain) : undefined;
  const at = instantOf(modifiedAt) ?? creationTimestamp;
  return {
    metadata: {
      uid,
      name: metadata.name,
      ...(namespace && { namespace }),
      ...(creationTimestamp && { creationTimestamp }),
    },
    release,
    revision,
    status,
    ...(at && { at }),
    ...(chart && { chart: written(chart) }),
  };
}

function written(chart: Chart): JsonObject {
  return Object.fromEntries(
    Object.entries(chart).flatMap(([name, text]) => (text === undefined ? [] : [[name, text]])),
  );
}

function instantOf(seconds: string | undefined): string | undefined {
  const time = Number(seconds) * 1_000;
  return time > 0 && time < 8e15 ? new Date(time).toISOString() : undefined;
}

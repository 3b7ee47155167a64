import { gunzipSync } from 'node:zlib';
import type { JsonObject } from '@painchain/connector-sdk';
import { z } from 'zod';

/** More than a Secret can hold. */
const maxPacked = 2 * 1024 * 1024;
/** A release is rarely above one MiB; what would unpack to more is left as it is. */
const maxUnpacked = 8 * 1024 * 1024;

const Data = z.object({ data: z.object({ release: z.string().max(2 * maxPacked) }) });

/**
 * What a Helm release’s Secret holds: JSON, packed by gzip, as base64, as base64 once more since it is a Secret.
 * Undefined where it can’t be read within bounds. It holds values and manifests: only what is chosen from it may be kept.
 */
export function releasePayload(object: JsonObject): unknown {
  const release = Data.safeParse(object).data?.data.release;
  if (release === undefined) return undefined;
  const packed = Buffer.from(Buffer.from(release, 'base64').toString('latin1'), 'base64');
  try {
    const isGzip = packed[0] === 0x1f && packed[1] === 0x8b;
    const json = isGzip ? gunzipSync(packed, { maxOutputLength: maxUnpacked }) : packed;
    return JSON.parse(json.toString('utf8'));
  } catch {
    return undefined;
  }
}

import type { components } from '@octokit/openapi-types';
import { type Configured, addressOf } from '@painchain/connector-sdk/wording';
import { z } from 'zod';
import { Id, reading } from './payload.js';

const Hook = reading<components['schemas']['hook']>()(
  z.object({
    id: Id,
    active: z.boolean().catch(true),
    events: z.array(z.string()).catch([]),
    config: z
      .object({
        url: z.string().optional().catch(undefined),
        content_type: z.string().optional().catch(undefined),
        insecure_ssl: z.union([z.string(), z.number()]).optional().catch(undefined),
      })
      .catch({}),
  }),
);

/** A webhook of `/hooks`. */
export function readHook(json: unknown): Configured | undefined {
  const read = Hook.safeParse(json);
  if (!read.success) return undefined;
  const { id, active, events, config } = read.data;
  const address = addressOf(config.url);
  const values = {
    active,
    events: [...new Set(events)].sort(),
    address,
    content_type: config.content_type ?? null,
    verify_ssl: config.insecure_ssl === undefined ? null : String(config.insecure_ssl) === '0',
  };
  return { id: String(id), name: address ?? String(id), values };
}

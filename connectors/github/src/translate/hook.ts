import type { components } from '@octokit/openapi-types';
import { z } from 'zod';
import type { Configured } from './configured.js';
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

/**
 * A part of a path that a human has named, or a version. Everything else may be what lets one in, as in the addresses
 * of chats: digits, or more letters than a word has.
 */
const harmless = /^(?:v\d{1,2}|(?:[A-Za-z]{1,20}(?:[._-]|$)){0,5})$/;

/** Where a webhook goes, without anything that lets one in: no password, no query, no token in the path. */
export function addressOf(url: string | undefined): string | null {
  if (url === undefined || !URL.canParse(url)) return null;
  const { host, pathname } = new URL(url);
  const path = pathname.split('/').map((part) => (harmless.test(part) ? part : '…'));
  return `${host}${path.join('/')}`;
}

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

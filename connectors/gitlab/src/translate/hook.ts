import { type Configured, addressOf } from '@painchain/connector-sdk/wording';
import { z } from 'zod';
import { Id } from './payload.js';

/** What a webhook tells of is switched on by `…_events`; each server has some of its own. */
const Hook = z.looseObject({
  id: Id,
  url: z.string().optional().catch(undefined),
  enable_ssl_verification: z.boolean().nullish().catch(null),
  push_events_branch_filter: z.string().nullish().catch(null),
  /** `disabled` once it has failed too often. */
  alert_status: z.string().nullish().catch(null),
});

function eventsOf(hook: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(hook)
    .filter((key) => key.endsWith('_events') && hook[key] === true)
    .map((key) => key.slice(0, -'_events'.length))
    .sort();
}

/** A webhook of `/hooks`: https://docs.gitlab.com/api/project_webhooks/ */
export function readHook(json: unknown): Configured | undefined {
  const { data } = Hook.safeParse(json);
  if (!data) return undefined;
  const { id, url, enable_ssl_verification, push_events_branch_filter: branches, alert_status } = data;
  const address = addressOf(url);
  const values = {
    address,
    events: eventsOf(data),
    branches: branches || null,
    verify_ssl: enable_ssl_verification ?? null,
    disabled: alert_status == null ? null : alert_status === 'disabled',
  };
  return { id: String(id), name: address ?? String(id), values };
}

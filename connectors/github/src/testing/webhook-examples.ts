import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** A webhook as GitHub sends it. */
export interface WebhookExample {
  event: string;
  payload: object;
}

/** Every payload of @octokit/webhooks-examples: what GitHub has sent to somebody at some time. */
export function webhookExamples(): WebhookExample[] {
  const file = createRequire(import.meta.url).resolve('@octokit/webhooks-examples');
  const kinds = JSON.parse(readFileSync(file, 'utf8')) as { name: string; examples: object[] }[];
  return kinds.flatMap(({ name, examples }) => examples.map((payload) => ({ event: name, payload })));
}

/** Recorded data of public projects, beside the repository where it is there at all. */
export const recorded = new URL('../../../../../shared/data/github/', import.meta.url);
export const hasRecorded = existsSync(recorded);

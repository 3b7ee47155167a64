import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { stored } from '../testing/stored.js';
import { hasRecorded, recorded } from '../testing/webhook-examples.js';
import { translateWebhook } from './webhook.js';

interface ArchivedPush {
  ref: string;
  before: string;
  head: string;
  commits: { sha: string; message: string; author: { name: string } }[];
}

/** An object of the Events API: its payload is a webhook's, without the repository and the sender. */
interface Archived {
  id: string;
  type: string;
  actor: { login: string };
  repo: { id: number; name: string };
  payload: object;
  created_at: string;
}

function isPush(type: string, _payload: object): _payload is ArchivedPush {
  return type === 'PushEvent';
}

/** A push as a webhook says it; the Events API leaves out what it can be derived from. */
function ownPayload({ type, payload, created_at }: Archived): object {
  if (!isPush(type, payload)) return payload;
  const commits = payload.commits.map(({ sha, ...commit }) => ({
    ...commit,
    id: sha,
    timestamp: created_at,
  }));
  return {
    ...payload,
    after: payload.head,
    commits,
    head_commit: commits.at(-1) ?? null,
    created: false,
    deleted: false,
    forced: false,
  };
}

function translated(archived: Archived) {
  const { id, type, actor, repo, created_at } = archived;
  const event = type
    .replace(/Event$/, '')
    .replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter}`)
    .toLowerCase();
  const repository = {
    id: repo.id,
    full_name: repo.name,
    html_url: `https://github.com/${repo.name}`,
    pushed_at: created_at,
  };
  const payload = { ...ownPayload(archived), repository, sender: actor };
  return translateWebhook(event, payload, 'github.com', { id, receivedAt: created_at });
}

describe.skipIf(!hasRecorded)('a month of an organisation (skipped without shared/data)', () => {
  let rows: Archived[] = [];

  beforeAll(() => {
    const file = new URL('gharchive-kubernetes-org-2017-07.ndjson.gz', recorded);
    rows = gunzipSync(readFileSync(file))
      .toString()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Archived);
  });

  it('is events, or has reasons', async () => {
    const made = rows.map((row) => ({ type: row.type, translation: translated(row) }));
    const events = made.flatMap(({ translation }) =>
      translation.kind === 'events' ? translation.events : [],
    );
    await stored(events);
    const unsupported = made.filter(({ translation }) => translation.kind === 'unsupported');
    expect(unsupported.map(({ type }) => type)).toEqual([]);
    const types = [...new Set(events.map(({ type }) => type))];
    expect(types).toEqual(
      expect.arrayContaining(['push', 'pull_request_opened', 'pull_request_merged', 'issue_opened']),
    );
    expect(rows).toHaveLength(6_000);
  });

  it('has a key of its own for each fact', () => {
    const facts = rows.flatMap((row) => {
      const translation = translated(row);
      return translation.kind === 'events' ? translation.events : [];
    });
    const keys = new Set(facts.map(({ key_parts }) => JSON.stringify(key_parts)));
    expect(keys.size).toBe(facts.length);
  });
});

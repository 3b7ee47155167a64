import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { hasRecorded, recorded } from '../testing/webhook-examples.js';
import { translateIssueEvent } from './issue-event.js';
import { translateIssue } from './issue.js';
import { translatePullRequest } from './pull-request.js';

const repository = {
  host: 'github.com',
  id: 7,
  fullName: 'acme/api',
  webUrl: 'https://github.com/acme/api',
};

function rowsOf(kind: string): unknown[] {
  return readFileSync(new URL('api-devlake-github.ndjson', recorded), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { kind: string; data: unknown })
    .filter((row) => row.kind === `_raw_github_api_${kind}`)
    .map(({ data }) => data);
}

describe.skipIf(!hasRecorded)('recorded payloads (skipped without shared/data)', () => {
  it('of pull requests are all read', () => {
    const rows = rowsOf('pull_requests');
    const told = rows.map((pull) => translatePullRequest({ kind: 'opened' }, { pull }, repository, {}));
    expect(rows.length).toBeGreaterThan(0);
    expect(told.filter(({ kind }) => kind !== 'events')).toEqual([]);
  });

  it('of issues are all read, pull requests among them passed over', () => {
    const kinds = rowsOf('issues').map((issue) => translateIssue(issue, repository, {}).kind);
    expect(kinds).toContain('events');
    expect(kinds).not.toContain('unsupported');
  });

  it('of issue events are all read', () => {
    const told = rowsOf('events').map((event) => translateIssueEvent({ event }, repository, {}));
    expect(told.filter(({ kind }) => kind === 'events').length).toBeGreaterThan(10);
    expect(told.filter(({ kind }) => kind === 'unsupported')).toEqual([]);
  });
});

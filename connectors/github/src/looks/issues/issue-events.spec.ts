import { describe, expect, it } from 'vitest';
import { ScriptedGitHub, runLook } from '../../testing/scripted-github.js';
import {
  type IssueShape,
  head,
  issueEventPayload,
  issuePayload,
  pullDetails,
  reviews,
} from '../../testing/tickets.js';
import { issueEvents } from './issue-events.js';

const list = '/repos/acme/api/issues/events?per_page=100';
const closedAt = '2026-11-24T09:30:00Z';
const pull = { number: 42, pull: {} };

function gitHub(events: unknown[], etag = JSON.stringify(events)): ScriptedGitHub {
  return new ScriptedGitHub().says(list, { json: events, etag });
}

const types = ({ events }: { events: readonly { type?: string | undefined }[] }) =>
  events.map(({ type }) => type);

describe('events of issues', () => {
  it('are told the oldest first, each by what it knows', async () => {
    const events = [
      issueEventPayload(14, 'unlabeled', '2026-11-24T09:50:00Z', {}, { label: { name: 'bug' } }),
      issueEventPayload(13, 'reopened', '2026-11-24T09:40:00Z'),
      issueEventPayload(12, 'closed', closedAt, {}, { state_reason: 'not_planned' }),
      issueEventPayload(11, 'labeled', '2026-11-24T09:20:00Z', {}, { label: { name: 'bug' } }),
    ];
    const run = await runLook(issueEvents, gitHub(events));
    expect(run.events.map(({ title, key_parts, actor }) => [title, key_parts.slice(1), actor])).toEqual([
      ['#7 labeled bug: Payments fail', ['issue_event', '11'], 'cora'],
      ['#7 closed as not planned: Payments fail', ['issue_event', '12'], 'cora'],
      ['#7 reopened: Payments fail', ['issue_event', '13'], 'cora'],
      ['#7 no longer labeled bug: Payments fail', ['issue_event', '14'], 'cora'],
    ]);
  });

  it('tells one closing under one key, whatever has become of the issue since', async () => {
    const keyOf = async (issue: IssueShape) => {
      const event = issueEventPayload(12, 'closed', '2026-11-24T09:30:01Z', issue);
      const { events } = await runLook(issueEvents, gitHub([event]));
      return events.map(({ title, key_parts }) => [title, key_parts[2]]);
    };
    const still = await keyOf({ closed: closedAt, reason: 'completed' });
    expect(still).toEqual([['#7 closed as completed: Payments fail', '12']]);
    expect(await keyOf({ closed: null })).toEqual([['#7 closed: Payments fail', '12']]);
  });

  it('asks one question and tells nothing where nothing has happened', async () => {
    const events = [issueEventPayload(11, 'reopened', closedAt)];
    const { state } = await runLook(issueEvents, gitHub(events));
    const github = gitHub(events);
    expect((await runLook(issueEvents, github, state)).pages).toEqual([]);
    expect(github.asked).toEqual([list]);
  });

  it('reads on to what it knows, and tells what shows late', async () => {
    const { state } = await runLook(issueEvents, gitHub([issueEventPayload(10, 'reopened', closedAt)]));
    const event = (id: number) => issueEventPayload(id, 'reopened', '2026-11-24T09:50:00Z');
    const github = gitHub([]).says(list, {
      pages: [[event(14), event(13)], [event(12), event(8), event(10)], [event(1)]],
    });
    const run = await runLook(issueEvents, github, state);
    expect(run.events.map(({ key_parts }) => key_parts[2])).toEqual(['13', '14', '8', '12']);
    expect(run.pages.map(({ state }) => state !== undefined)).toEqual([false, true]);
    expect((await runLook(issueEvents, gitHub([event(8), event(14)]), run.state)).events).toEqual([]);
  });

  it('goes back to the beginning at the first look, no further', async () => {
    const old = issueEventPayload(9, 'reopened', '2026-10-01T00:00:00Z');
    const github = gitHub([]).says(list, {
      pages: [[issueEventPayload(11, 'reopened', closedAt), old], [old]],
    });
    const run = await runLook(issueEvents, github);
    expect(run.events.map(({ backfill }) => backfill)).toEqual([true]);
    expect(github.asked).toHaveLength(1);
  });

  it('passes over what is no change, what is gone and what it can not read', async () => {
    const events = [
      issueEventPayload(14, 'mentioned', closedAt),
      { ...issueEventPayload(13, 'closed', closedAt), issue: null },
      { id: 'x' },
      null,
    ];
    const { skipped } = await runLook(issueEvents, gitHub(events));
    expect(skipped.map(({ kind }) => kind)).toEqual(['ignored', 'ignored', 'unsupported', 'unsupported']);
    expect((await runLook(issueEvents, new ScriptedGitHub().says(list, { json: {} }))).events).toEqual([]);
  });

  it('are not told anew when what stood above them is taken away', async () => {
    const event = (id: number) => issueEventPayload(id, 'reopened', closedAt);
    const { state } = await runLook(
      issueEvents,
      gitHub(Array.from({ length: 320 }, (_, index) => event(420 - index))),
    );
    const github = gitHub([event(110), event(105)]);
    const run = await runLook(issueEvents, github, state);
    expect([run.events, github.asked]).toEqual([[], [list]]);
  });

  it('are read so far back that a look comes to its end', async () => {
    const page = (index: number) => [issueEventPayload(9_000 - index, 'subscribed', closedAt)];
    const github = gitHub([]).says(list, { pages: Array.from({ length: 400 }, (_, index) => page(index)) });
    const { state } = await runLook(issueEvents, github);
    expect(github.asked).toHaveLength(300);
    expect(state?.seen).toHaveLength(300);
  });

  it('begin anew for a kind that is switched on later, and for that one only', async () => {
    const events = [
      issueEventPayload(13, 'closed', '2026-11-24T09:50:00Z', pull),
      issueEventPayload(12, 'closed', closedAt),
      issueEventPayload(11, 'reopened', '2026-11-01T00:00:00Z'),
    ];
    const told = (known: Parameters<typeof issueEvents.look>[1], collects: (kind: string) => boolean) => {
      const github = gitHub(events)
        .says('/repos/acme/api/pulls/42', { json: pullDetails() })
        .says('/repos/acme/api/pulls/42/reviews?per_page=100', { json: [] });
      return runLook(issueEvents, github, known, { collects });
    };
    const first = await told(undefined, (kind) => kind === 'pull_request');
    const later = await told(first.state, () => true);
    expect([types(first), types(later)]).toEqual([['pull_request_closed'], ['issue_closed']]);
    expect(later.events[0]?.backfill).toBe(true);
    expect((await told(later.state, () => true)).pages).toEqual([]);
  });

  it('tells only what stands under `events:`', async () => {
    const events = [
      issueEventPayload(12, 'closed', closedAt, pull),
      issueEventPayload(11, 'reopened', closedAt),
    ];
    const run = await runLook(issueEvents, gitHub(events), undefined, {
      collects: (kind) => kind === 'issues',
    });
    expect(types(run)).toEqual(['issue_reopened']);
  });
});

describe('events of pull requests', () => {
  it('are told with what the pull request says, and who has reviewed it', async () => {
    const github = gitHub([
      issueEventPayload(13, 'base_ref_changed', '2026-11-24T09:50:00Z', pull),
      issueEventPayload(12, 'reopened', '2026-11-24T09:40:00Z', pull),
      issueEventPayload(11, 'closed', closedAt, pull),
    ])
      .says('/repos/acme/api/pulls/42', { json: pullDetails({ base: 'release/1' }) })
      .says('/repos/acme/api/pulls/42/reviews?per_page=100', { json: reviews });
    const { events } = await runLook(issueEvents, github);
    expect(events.map(({ title, key_parts }) => [title, key_parts.slice(1)])).toEqual([
      ['#42 closed without a merge: Retry payments once', ['issue_event', '11']],
      ['#42 reopened: Retry payments once', ['issue_event', '12']],
      ['#42 retargeted to release/1: Retry payments once', ['issue_event', '13']],
    ]);
    expect(events[0]).toMatchObject({
      actor: 'cora',
      refs: ['change:acme/api#42', `commit:${head.a}`],
      data: { approvals: ['cora'], reviewers: ['cora', 'dan'], closed_at: closedAt },
    });
    expect(github.asked).toHaveLength(3);
  });

  it('does not say of an earlier change of its base what a later one gave it', async () => {
    const github = gitHub([
      issueEventPayload(13, 'automatic_base_change_succeeded', '2026-11-24T09:50:00Z', pull),
      issueEventPayload(12, 'base_ref_changed', '2026-11-24T09:40:00Z', pull),
    ]).says('/repos/acme/api/pulls/42', { json: pullDetails() });
    const { events } = await runLook(issueEvents, github);
    expect(events.map(({ title }) => title)).toEqual([
      '#42 retargeted: Retry payments once',
      '#42 retargeted to main: Retry payments once',
    ]);
  });

  it('leaves a merge to the list of pull requests, also where only the details say that it was one', async () => {
    const merged = { ...pull, pull: { merged: closedAt } };
    const github = gitHub([
      issueEventPayload(13, 'merged', closedAt, merged),
      issueEventPayload(12, 'closed', '2026-11-24T09:30:09Z', merged),
      issueEventPayload(11, 'closed', closedAt, pull),
    ])
      .says('/repos/acme/api/pulls/42', { json: pullDetails({ merged: closedAt }) })
      .says('/repos/acme/api/pulls/42/reviews?per_page=100', { json: [] });
    expect((await runLook(issueEvents, github)).events).toEqual([]);
  });

  const gone = (event: unknown) =>
    gitHub([event])
      .says('/repos/acme/api/pulls/42', { missing: true })
      .says('/repos/acme/api/pulls/42/reviews?per_page=100', { missing: true });

  it('are told by what the issue says where the pull request can not be had', async () => {
    const unmerged = { ...pull, pull: { merged: null } };
    const { events } = await runLook(issueEvents, gone(issueEventPayload(11, 'closed', closedAt, unmerged)));
    expect(events).toMatchObject([
      {
        key_parts: ['github.test', 'issue_event', '11'],
        title: '#42 closed without a merge: Payments fail',
        refs: ['change:acme/api#42'],
        data: { number: 42, author: 'ada', labels: ['payments', 'bug'], merged: false },
      },
    ]);
    expect(events[0]?.data).not.toHaveProperty('approvals');
  });

  it('are not told where nobody says whether it was a merge', async () => {
    const event = issueEventPayload(11, 'closed', closedAt, pull);
    const old = { ...event, issue: { ...issuePayload(pull), pull_request: {} } };
    const run = await runLook(issueEvents, gone(old));
    expect(run.events).toEqual([]);
    expect(run.skipped).toEqual([{ kind: 'ignored', reason: 'nothing is left of it' }]);
  });

  it('ask at the first look for the newest fifty pull requests only', async () => {
    const numbers = Array.from({ length: 60 }, (_, index) => 100 - index);
    const github = gitHub(
      numbers.map((number) => issueEventPayload(1_000 + number, 'reopened', closedAt, { number, pull: {} })),
    );
    for (const number of numbers) {
      github.says(`/repos/acme/api/pulls/${number}`, { json: pullDetails({ number }) });
    }
    const { events } = await runLook(issueEvents, github);
    expect([events.length, github.asked.length]).toEqual([60, 51]);
  });
});

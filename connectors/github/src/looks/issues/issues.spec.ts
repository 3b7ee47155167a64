import { describe, expect, it } from 'vitest';
import { ScriptedGitHub, runLook } from '../../testing/scripted-github.js';
import { type IssueShape, delivered, issuePayload } from '../../testing/tickets.js';
import { issueWebhook } from '../../translate/webhooks/issue.js';
import { issues } from './issues.js';

const now = Date.parse('2026-11-24T10:00:00Z');
const list = (perPage: number) =>
  `/repos/acme/api/issues?state=all&sort=created&direction=desc&per_page=${perPage}`;

function gitHub(shapes: IssueShape[], at = now): ScriptedGitHub {
  const json = shapes.map((shape) => issuePayload(shape));
  return new ScriptedGitHub(at)
    .says(list(100), { json })
    .says(list(10), { json, etag: JSON.stringify(shapes) });
}

const numbers = ({ events }: { events: readonly { data: object }[] }) =>
  events.map(({ data }) => ('number' in data ? data.number : undefined));

describe('issues', () => {
  it('that were opened since the beginning are told at the first look, pull requests are not', async () => {
    const run = await runLook(
      issues,
      gitHub([
        { number: 8, created: '2026-11-24T09:50:00Z' },
        { number: 9, created: '2026-11-24T09:40:00Z', pull: {} },
        { number: 7, created: '2026-11-24T09:30:00Z' },
        { number: 1, created: '2020-01-01T00:00:00Z', updated: '2026-11-24T09:20:00Z' },
      ]),
    );
    expect(numbers(run)).toEqual([7, 8]);
    expect(run.events[0]).toMatchObject({
      key_parts: ['github.test', 'issue', '5007', 'opened'],
      title: '#7 opened: Payments fail',
      type: 'issue_opened',
      timestamp: '2026-11-24T09:30:00Z',
      backfill: true,
      actor: 'ada',
      status: 'open',
      subject: 'acme/api/issue/7',
      data: { labels: ['payments', 'bug'], assignees: ['cora'], milestone: 'Second edition', comments: 2 },
    });
  });

  it('cost one question that is not counted where nothing was touched', async () => {
    const first = await runLook(issues, gitHub([{}]));
    const second = await runLook(issues, gitHub([{}]), first.state);
    const github = gitHub([{}]);
    const third = await runLook(issues, github, second.state);
    expect([second.events, third.pages, github.asked]).toEqual([[], [], [list(10)]]);
  });

  it('that are new, over pages, and such as show late, are told once', async () => {
    const { state } = await runLook(issues, gitHub([{ updated: '2026-11-24T09:59:00Z' }]));
    const created = '2026-11-24T10:00:30Z';
    const github = gitHub([], now + 60_000).says(list(10), {
      pages: [
        [issuePayload({ number: 10, created }), issuePayload({ number: 9, created })],
        [issuePayload({ number: 9, created }), issuePayload({ number: 8, created: '2026-11-24T08:45:00Z' })],
        [null],
      ],
    });
    const run = await runLook(issues, github, state);
    expect(numbers(run)).toEqual([9, 10, 8]);
    expect(run.skipped).toEqual([]);
    const again = gitHub([{ number: 8, created: '2026-11-24T08:45:00Z', updated: created }], now + 60_000);
    expect((await runLook(issues, again, run.state)).events).toEqual([]);
  });

  it('that are older than all that is remembered are not told when they come to the fore', async () => {
    const seen = Array.from({ length: 300 }, (_, index) => 400 - index);
    const known = { high: '2026-11-24T10:00:00Z', seen };
    const old = [{ number: 100 }, { number: 101 }, { number: 401 }];
    expect(numbers(await runLook(issues, gitHub(old, now + 60_000), known))).toEqual([401]);
  });

  it('are seen though one is dated in the future', async () => {
    const odd = { number: 8, created: '2027-01-01T00:00:00Z' };
    const { state } = await runLook(issues, gitHub([odd, {}]));
    const page = [issuePayload(odd), issuePayload({ number: 9, created: '2026-11-24T10:00:40Z' })];
    const more = [issuePayload({ number: 10, created: '2026-11-24T10:00:30Z' })];
    const github = gitHub([], now + 60_000).says(list(10), { pages: [page, more] });
    expect(numbers(await runLook(issues, github, state))).toEqual([9, 10]);
  });

  it('that can not be read are passed over', async () => {
    const github = gitHub([]).says(list(100), { json: [null, { ...issuePayload(), title: 7 }] });
    const run = await runLook(issues, github);
    expect(run.events).toEqual([]);
    expect(run.skipped.map(({ kind }) => kind)).toEqual(['unsupported', 'unsupported']);
  });

  it('have the key that a webhook gives', async () => {
    const { events } = await runLook(issues, gitHub([{ updated: '2026-11-24T09:59:00Z' }]));
    const webhook = issueWebhook(delivered('opened', { issue: issuePayload() }), 'github.test');
    expect(webhook).toMatchObject({ events: [{ key_parts: events[0]?.key_parts }] });
  });
});

import { describe, expect, it } from 'vitest';
import { ScriptedGitLab, runLook } from '../../testing/scripted-gitlab.js';
import { WindowedGitLab } from '../../testing/windowed-gitlab.js';
import { type IssueShape, issuePayload, stateEventPayload } from '../../testing/tickets.js';
import { issues } from './issues.js';

const now = Date.parse('2026-11-24T10:00:00Z');

/** A GitLab with these issues, and these events of issue 5. */
function gitLab(shapes: IssueShape[], events: unknown[] = [], at = now): WindowedGitLab {
  const payloads = shapes.map((shape) => issuePayload(shape));
  const gitlab = new WindowedGitLab('issues', payloads, at);
  for (const { iid = 5 } of shapes) {
    const path = `/projects/7/issues/${iid}/resource_state_events?per_page=100`;
    gitlab.says(path, { json: iid === 5 ? events : [] });
  }
  return gitlab;
}

const closed = (id: number, at: string) => stateEventPayload(id, 'closed', at, 'Issue');
const reopened = (id: number, at: string) => stateEventPayload(id, 'reopened', at, 'Issue');
const told = ({ events }: { events: readonly { key_parts: readonly string[] }[] }) =>
  events.map(({ key_parts }) => key_parts.slice(2).join(' '));

describe('the look at issues', () => {
  it('tells what was opened and closed since its beginning, as the past', async () => {
    const run = await runLook(
      issues,
      gitLab(
        [
          { iid: 1, created: '2026-01-01T00:00:00.000Z', updated: '2026-11-20T00:00:00.000Z' },
          {
            created: '2026-11-22T00:00:00.000Z',
            closed: '2026-11-23T00:00:00.000Z',
            updated: '2026-11-23T00:00:00.000Z',
          },
        ],
        [closed(70, '2026-11-23T00:00:00.010Z')],
      ),
    );
    expect(told(run)).toEqual(['5005 opened', '5005 closed 70']);
    expect(run.events.map(({ backfill }) => backfill)).toEqual([true, true]);
  });

  it('asks one question where nothing is new, and none about what it has seen', async () => {
    const { state } = await runLook(issues, gitLab([{}]));
    const again = gitLab([{}], [], now + 60_000);
    const run = await runLook(issues, again, state);
    const third = gitLab([{}], [], now + 120_000);
    await runLook(issues, third, run.state ?? state);
    expect(run.events).toEqual([]);
    expect([again.asked.length, third.asked.length]).toEqual([1, 1]);
  });

  it('remembers what it has seen, however long an etag may be', async () => {
    const target = `/projects/7/issues?state=all&scope=all&confidential=false&order_by=updated_at&sort=asc&updated_after=2026-11-24T08:50:00.120Z&per_page=100`;
    const { state } = await runLook(issues, gitLab([{}]));
    const long = new ScriptedGitLab(now + 60_000).says(target, {
      json: [issuePayload()],
      etag: 'x'.repeat(301),
    });
    const run = await runLook(issues, long, state);
    expect([run.events, run.state?.etag]).toEqual([[], undefined]);
  });

  it('tells what was closed and opened again between two looks', async () => {
    const { state } = await runLook(issues, gitLab([{}]));
    const events = [
      closed(70, '2026-11-24T10:00:10.000Z'),
      reopened(71, '2026-11-24T10:00:20.000Z'),
      closed(72, '2026-11-24T10:00:30.000Z'),
      reopened(73, '2026-11-24T10:00:40.000Z'),
    ];
    const updated = '2026-11-24T10:00:40.000Z';
    const run = await runLook(issues, gitLab([{ updated }], events, now + 60_000), state);
    expect(told(run)).toEqual(['5005 closed 70', '5005 reopened 71', '5005 closed 72', '5005 reopened 73']);
    const commented = { updated: '2026-11-24T10:01:30.000Z' };
    const next = await runLook(issues, gitLab([commented], events, now + 120_000), run.state);
    expect(next.events).toEqual([]);
  });

  it('asks again for an event that shows later than the state that it is of', async () => {
    const { state } = await runLook(issues, gitLab([{}]));
    const at = '2026-11-24T10:00:30.000Z';
    const shape = { closed: at, updated: at };
    const early = await runLook(issues, gitLab([shape], [], now + 60_000), state);
    const late = await runLook(issues, gitLab([shape], [closed(70, at)], now + 120_000), early.state);
    expect([told(early), told(late)]).toEqual([[], ['5005 closed 70']]);
  });

  it('keeps silent about what is confidential', async () => {
    const run = await runLook(issues, gitLab([{ confidential: true }]));
    expect(run.events).toEqual([]);
    expect(run.skipped).toEqual([{ kind: 'ignored', reason: 'confidential' }]);
  });

  it('tells what it may, where events may not be asked for', async () => {
    const scripted = gitLab([{ closed: '2026-11-24T09:30:00.000Z', updated: '2026-11-24T09:30:00.000Z' }]);
    scripted.says('/projects/7/issues/5/resource_state_events?per_page=100', { missing: true });
    expect(told(await runLook(issues, scripted))).toEqual(['5005 opened']);
  });

  it('passes over what it can not read', async () => {
    const scripted = new ScriptedGitLab(now);
    const list = `/projects/7/issues?state=all&scope=all&confidential=false&order_by=updated_at&sort=asc&updated_after=2026-11-17T09:50:00.000Z&per_page=100`;
    scripted.says(list, { json: [null, { iid: 'x' }, issuePayload()] });
    scripted.says('/projects/7/issues/5/resource_state_events?per_page=100', { json: [null] });
    const run = await runLook(issues, scripted);
    expect(told(run)).toEqual(['5005 opened']);
    expect(run.skipped).toHaveLength(3);
  });
});

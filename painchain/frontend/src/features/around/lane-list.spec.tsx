import type { TimelineRow } from '@painchain/contract';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { ZoneContext } from '../../components/clock.js';
import { LaneList } from './lane-list.js';
import { rowAt } from './testing.js';

const at = Date.parse('2026-11-24T10:35:00Z');
const minute = 60_000;
const nothing = () => undefined;

function render(rows: TimelineRow[], openId?: string): string {
  return renderToStaticMarkup(
    <ZoneContext value="utc">
      <LaneList
        rows={rows}
        atMs={at}
        halfMs={30 * minute}
        isDimmed={false}
        hasKeys={false}
        openId={openId}
        onOpen={nothing}
        onMoment={nothing}
      />
    </ZoneContext>,
  );
}

describe('the lanes around a moment', () => {
  it('show each event with its offset, before and after the line of the moment', () => {
    const markup = render([
      rowAt(at - 252_000, { title: 'Before', actor: 'ada' }),
      rowAt(at + 12_000, { title: 'After', status: 'failure' }),
    ]);
    expect(markup).toMatch(/−4 m 12 s.*Before.*ada.*10:35:00.*\+12 s.*After.*failure/s);
    expect(markup).toContain('1 failed');
  });

  it('say which event is open', () => {
    const markup = render([rowAt(at, { id: 'evt_1' }), rowAt(at, { id: 'evt_2' })], 'evt_2');
    expect(markup.match(/aria-current="true"/g)).toHaveLength(1);
    expect(markup).toMatch(/data-around="evt_2"[^>]*aria-current="true"/);
  });

  it('fold what happens over and over, unless the open event is among it', () => {
    const pods = Array.from({ length: 30 }, (_, n) =>
      rowAt(at + n * 1_000, { id: `evt_${n}`, title: `Pod api-${n} restarted` }),
    );
    expect(render(pods)).toMatch(/×30<\/b> to \+29 s/);
    expect(render(pods)).not.toContain('Pod api-7 ');
    expect(render(pods, 'evt_7')).toContain('Pod api-7 ');
  });

  it('list the first lanes only where there are many, and stay small with thousands of events', () => {
    const words = ['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta', 'eta'];
    const rows = Array.from({ length: 2_000 }, (_, n) =>
      rowAt(at + (n - 1_000) * 1_500, {
        id: `evt_${n}`,
        project: `project-${n % 40}`,
        title: words[n % words.length] ?? '',
      }),
    );
    const markup = render(rows);
    expect(markup.match(/class="lane-head"/g)).toHaveLength(40);
    expect(markup.match(/data-around/g)?.length).toBeLessThanOrEqual(3 * 25);
    expect(markup.match(/aria-expanded="false"/g)?.length).toBeGreaterThanOrEqual(37);
  });
});

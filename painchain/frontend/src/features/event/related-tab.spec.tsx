import type { Related, RelatedEvent } from '@painchain/contract';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { HomeChange } from '../../address/use-home.js';
import { plainEvent } from '../../testing/plain-event.js';
import { RelatedEvents } from './related-tab.js';

const sha = '3f2a9c1b5d6e7f8091a2b3c4d5e6f708192a3b4c';

const stored = (id: string, title: string, timestamp: string) => plainEvent({ id, title, timestamp });

const rollout = stored('evt_3', 'Rollout of api failed', '2026-11-24T10:35:00Z');
const commit: RelatedEvent = {
  row: stored('evt_1', '<b>Raise</b> the pool', '2026-11-24T10:30:48Z'),
  stage: 'commit',
  why: [{ kind: 'ref', ref: `commit:${sha}`, from: 'evt_3' }],
};
const itself: RelatedEvent = { row: rollout, stage: 'rollout', why: [] };

const related: Related = {
  event: 'evt_3',
  stage: 'rollout',
  chain: [
    { stage: 'commit', state: 'seen', refs: [`commit:${sha}`], events: [commit] },
    { stage: 'change', state: 'unknown', refs: [], events: [] },
    { stage: 'pipeline', state: 'missing', refs: [], events: [] },
    { stage: 'image', state: 'unknown', refs: [], events: [] },
    { stage: 'rollout', state: 'seen', refs: [], events: [itself] },
  ],
  others: [],
  capped: null,
};

function render(part: Partial<Related> = {}): string {
  // Nothing is pressed here.
  const change = {} as HomeChange;
  return renderToStaticMarkup(
    <RelatedEvents related={{ ...related, ...part }} event={rollout} change={change} />,
  );
}

describe('what is related', () => {
  it('is a chain in the order of its stages, each event with its offset and its reason', () => {
    const markup = render();
    expect(markup).toMatch(
      /Commit.*−4 m 12 s.*shares commit 3f2a9c1b.*No pipeline was seen.*Rollout.*this event/s,
    );
    expect(markup).toContain('4 m 12 s before');
  });

  it('leaves out what nothing tells of, and marks what should be there', () => {
    const markup = render();
    expect(markup).not.toMatch(/>Change<|>Image</);
    expect(markup.match(/chain-missing/g)).toHaveLength(1);
  });

  it('opens every event but the one that is open', () => {
    const markup = render();
    expect(markup).toMatch(/<button[^>]*related-open/);
    expect(markup).toMatch(/<div class="related-open" aria-current="true">/);
    expect(markup.match(/<button[^>]*related-open/g)).toHaveLength(1);
  });

  it('shows foreign text as text', () => {
    expect(render()).toContain('&lt;b&gt;Raise&lt;/b&gt;');
  });

  it('says so where there is nothing', () => {
    const alone = related.chain.filter(({ stage }) => stage === 'rollout');
    expect(render({ chain: alone })).toContain('Nothing else is known');
    expect(render()).not.toContain('Nothing else is known');
  });

  it('says what it did not look at', () => {
    const capped = { reason: 'rows' as const, reached: null, detail: 'Only the 200 nearest.' };
    expect(render({ capped })).toContain('Only the 200 nearest.');
  });
});

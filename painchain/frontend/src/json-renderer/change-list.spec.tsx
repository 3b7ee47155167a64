import { describe, expect, it } from 'vitest';
import { ChangeList } from './change-list.js';
import { changesIn } from './changes.js';
import type { FieldActions } from './render-context.js';
import { renderWhole } from './testing/render.js';

const shown = (data: Parameters<typeof changesIn>[0], actions?: FieldActions) =>
  renderWhole(<ChangeList changes={changesIn(data)} scope="evt_1" folds={new Map()} actions={actions} />);

describe('ChangeList', () => {
  it('shows what was in one column and what is in the other', async () => {
    const markup = await shown({ replicas: { old: 20, new: 50 } });
    expect(markup).toMatch(/Before.*After.*Replicas.*20.*50/s);
  });

  it('compares texts of many lines line by line', async () => {
    const markup = await shown({ manifest: { old: 'cpu: 1\nmemory: 1Gi', new: 'cpu: 2\nmemory: 1Gi' } });
    expect(markup).toMatch(/removed: .*cpu: 1.*added: .*cpu: 2/s);
  });

  it('offers what can be done with each field', async () => {
    const markup = await shown({ a: { old: 1, new: 2 } }, ({ queryField }) => <i>{queryField}</i>);
    expect(markup).toContain('<i>data.a.new</i>');
  });
});

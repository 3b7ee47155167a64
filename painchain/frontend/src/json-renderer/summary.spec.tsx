import { describe, expect, it } from 'vitest';
import { summaryOf } from './summary.js';
import { SummaryRow } from './summary-row.js';
import { renderWhole } from './testing/render.js';

const properties = { author: { properties: { name: { title: 'Author', 'x-painchain': { role: 'user' } } } } };
const summary = ['branch', 'author.name', 'gone', 'branch', 'constructor', 'branch.length'];

describe('the summary of an event', () => {
  const data = { branch: 'main', author: { name: 'Ada Lovelace' }, gone: null };

  it('has the fields that the schema names, those that are there', () => {
    for (const schema of [
      { properties, summary },
      { properties, 'x-painchain': { summary } },
    ]) {
      const fields = summaryOf(data, schema).map(({ path, label, value }) => [path, label, value]);
      expect(fields).toEqual([
        ['data.branch', 'Branch', 'main'],
        ['data.author.name', 'Author', 'Ada Lovelace'],
      ]);
    }
  });

  it('is shown as any field is', async () => {
    const fields = summaryOf(data, { properties, summary });
    const markup = await renderWhole(<SummaryRow fields={fields} scope="evt_1" folds={new Map()} />);
    expect(markup).toMatch(/Branch.*main.*Author.*initials.*AL/s);
    expect(await renderWhole(<SummaryRow fields={[]} scope="" folds={new Map()} />)).not.toContain('dl');
  });
});

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { asSeen, RemoveDialog } from './remove-dialog.js';
import { integration } from './testing.js';

const nothing = () => undefined;

/** The dialog when so many events are known to be its own; undefined: nobody has counted them yet. */
function render(total?: number): string {
  const client = new QueryClient();
  const oldest = '2026-01-01T00:00:00Z';
  client.setQueryData(['oldest-event'], { rows: [{ timestamp: oldest }] });
  if (total !== undefined) client.setQueryData(['brought', 'int_1', oldest], { total, capped: null });
  return renderToStaticMarkup(
    <QueryClientProvider client={client}>
      <RemoveDialog integration={integration()} onClose={nothing} onRemoved={nothing} />
    </QueryClientProvider>,
  );
}

describe('the removal of an integration', () => {
  it('waits for its name, and keeps its events unless told otherwise', () => {
    const markup = render();
    expect(markup).toMatch(/<button type="submit"[^>]* disabled=""[^>]*>Remove, keep its events/);
    expect(markup).toMatch(/<input type="radio"[^>]* checked=""[^>]*\/>Keep its events/);
  });

  it('says how many events it is about', () => {
    const markup = render(12_345);
    expect(markup).toContain('Keep 12,345 events on the timeline');
    expect(markup).toContain('Delete 12,345 events, unless another integration of its type covers them');
  });

  it('asks nothing about events where there are none', () => {
    const markup = render(0);
    expect(markup).toContain('It has brought no events.');
    expect(markup).not.toContain('radio');
  });

  it('takes a name as it can be seen', () => {
    expect(asSeen(' two   spaces\u00a0here ')).toBe('two spaces here');
    expect(asSeen('cafe\u0301')).toBe(asSeen('caf\u00e9'));
    expect(asSeen('acme')).not.toBe(asSeen('ACME'));
  });
});

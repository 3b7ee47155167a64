import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { ConfigTree } from './config-tree.js';
import { EventSpark } from './event-spark.js';
import { ManagedNote } from './managed-note.js';
import { integration } from './testing.js';

const textOf = (markup: string) => markup.replace(/<[^>]*>/g, '').replace(/\s+/g, ' ');

describe('the events of a day', () => {
  it('are told in words, for who sees no picture', () => {
    const hours = Array.from({ length: 24 }, (_, hour) => (hour < 2 ? 600 : 0));
    const markup = renderToStaticMarkup(<EventSpark hours={hours} />);
    expect(markup).toContain(
      'aria-label="1,200 events in 24 hours, at most 600 in one, 22 hours without any"',
    );
    expect(markup.match(/<rect/g)).toHaveLength(24);
    expect(textOf(markup)).toContain('1,200');
  });

  it('are none where none came, and unknown where they were not counted', () => {
    expect(renderToStaticMarkup(<EventSpark hours={[0, 0]} />)).toContain(
      'aria-label="No event in 24 hours"',
    );
    expect(renderToStaticMarkup(<EventSpark hours={undefined} />)).toBe('—');
  });
});

describe('a configuration', () => {
  it('has dots in place of a secret, with its end and age', () => {
    const token = { set: true, last4: 'h2k9', updated_at: '2026-01-01T00:00:00Z' };
    const text = textOf(
      renderToStaticMarkup(<ConfigTree config={{ token, other: { ...token, set: false } }} />),
    );
    expect(text).toMatch(/token: ••••a secret that ends in h2k9 set .* ago/);
    expect(text).toContain('other: not set');
  });

  it('shows markup as text', () => {
    expect(renderToStaticMarkup(<ConfigTree config={{ a: '<b>x</b>' }} />)).toContain('&lt;b&gt;x');
  });
});

describe('what a file manages', () => {
  it('says where it is changed, and what the file says differently', () => {
    const drift = { since: '2026-01-01T00:00:00Z', detail: 'It differs in `token`.', remedy: 'Restart it.' };
    const given = integration({ managed_by: 'file', file: '/config/a.yaml', drift });
    const text = textOf(renderToStaticMarkup(<ManagedNote integration={given} />));
    expect(text).toContain('Defined in /config/a.yaml: edit, pause and remove it there');
    expect(text).toMatch(/It differs in token\..*What to do: Restart it\./);
  });

  it('may be removed here once its connector is gone', () => {
    const given = integration({ managed_by: 'file', file: '/config/a.yaml', health: 'orphaned' });
    expect(textOf(renderToStaticMarkup(<ManagedNote integration={given} />))).toContain('removed here');
    expect(renderToStaticMarkup(<ManagedNote integration={integration()} />)).toBe('');
  });
});

import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { Choice } from './choices.js';
import { FacetValue } from './facet-value.js';

const nothing = () => undefined;

function render(choice: Partial<Choice>): string {
  return renderToStaticMarkup(
    <FacetValue
      field={{ name: 'status' }}
      choice={{ value: 'failure', count: 1_200, share: 0.5, state: 'free', ...choice }}
      onOnly={nothing}
      onTick={nothing}
      onStrike={nothing}
    />,
  );
}

describe('a value of a facet', () => {
  it('tells what each of its controls does', () => {
    const markup = render({});
    for (const name of ['Include failure', 'Only failure', 'Exclude failure']) {
      expect(markup).toContain(`aria-label="${name}"`);
    }
    expect(markup).toContain('1,200');
    expect(markup).toContain('width:50%');
    expect(markup).not.toContain('checked');
  });

  it('shows whether it is asked for or excluded', () => {
    expect(render({ state: 'included' })).toContain('checked=""');
    const excluded = render({ state: 'excluded' });
    expect(excluded).toContain('facet-struck');
    expect(excluded).toContain('aria-label="No longer exclude failure"');
  });
});

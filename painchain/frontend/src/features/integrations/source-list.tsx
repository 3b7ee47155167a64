import type { IntegrationView, SourceStatus } from '@painchain/contract';
import { useDeferredValue, useState } from 'react';
import { useBounded } from './bounded.js';
import { SourceTable } from './source-table.js';
import { worstSourcesFirst } from './standing.js';

const shownAtOnce = 50;
/** From here on it is quicker to search than to look. */
const many = 8;

function isFound({ source, project }: SourceStatus, find: string): boolean {
  return `${source} ${project ?? ''}`.toLowerCase().includes(find.trim().toLowerCase());
}

/** The sources of an integration, the worst first; of thousands a few, and those that are looked for. */
export function SourceList({ integration: { name, sources } }: { integration: IntegrationView }) {
  const [find, setFind] = useState('');
  const wanted = useDeferredValue(find);
  const found = worstSourcesFirst(sources.filter((source) => isFound(source, wanted)));
  const { shown, more } = useBounded(found, shownAtOnce);
  const troubled = sources.filter(({ state }) => state !== 'healthy' && state !== 'starting').length;
  return (
    <section className="card flex flex-col gap-2" aria-labelledby="sources">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h2 id="sources" className="font-semibold">
          {sources.length === 1 ? '1 source' : `${sources.length.toLocaleString('en')} sources`}
        </h2>
        {troubled > 0 && <span className="text-muted">{troubled.toLocaleString('en')} not healthy</span>}
        {sources.length >= many && (
          <input
            type="search"
            className="field-input w-56 max-w-full"
            aria-label="Find a source"
            placeholder="Project or source"
            autoComplete="off"
            spellCheck={false}
            value={find}
            onChange={({ target }) => setFind(target.value)}
          />
        )}
        <p role="status" className="sr-only">
          {find !== '' &&
            `${found.length.toLocaleString('en')} of ${sources.length.toLocaleString('en')} sources`}
        </p>
      </div>
      {found.length === 0 ? (
        <p className="text-muted">No source is called so.</p>
      ) : (
        <SourceTable sources={shown} name={name} />
      )}
      {more}
    </section>
  );
}

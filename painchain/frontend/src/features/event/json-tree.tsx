import type { JsonValue } from '@painchain/contract';
import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { classNames } from '../../components/class-names.js';
import { renderLimits } from '../../json-renderer/limits.js';
import { exactPath, type Place } from '../../json-renderer/places.js';
import { useFold } from '../../json-renderer/use-fold.js';

type NodeProps = { name: string | undefined; value: JsonValue; place: Place };

/** JSON as a tree whose parts can be folded; which ones are is remembered by event and path. */
export function JsonTree({ value }: { value: JsonValue }) {
  return (
    <ul className="json-tree">
      <JsonNode name={undefined} value={value} place={[]} />
    </ul>
  );
}

function JsonNode({ name, value, place }: NodeProps) {
  const isBranch = typeof value === 'object' && value !== null && Object.keys(value).length > 0;
  if (isBranch) return <JsonBranch name={name} value={value} place={place} />;
  return (
    <li className="json-leaf">
      <Name name={name} />
      <JsonLeaf value={value} />
    </li>
  );
}

function Name({ name }: { name: string | undefined }) {
  return (
    name !== undefined && (
      <>
        <bdi className="json-name">{JSON.stringify(name)}</bdi>
        {': '}
      </>
    )
  );
}

function JsonLeaf({ value }: { value: JsonValue }) {
  const [all, setAll] = useState(false);
  const text = JSON.stringify(value);
  const isLong = text.length > renderLimits.text;
  const kind = value === null ? 'null' : typeof value;
  return (
    <>
      <bdi className={`json-${kind}`}>{isLong && !all ? `${text.slice(0, renderLimits.text)}…` : text}</bdi>
      {isLong && !all && text.length <= renderLimits.textDownload && (
        <button type="button" className="text-button" onClick={() => setAll(true)}>
          Show all {text.length.toLocaleString('en')} characters
        </button>
      )}
    </>
  );
}

type BranchProps = NodeProps & { value: object };

function JsonBranch({ name, value, place }: BranchProps) {
  const isList = Array.isArray(value);
  const entries = Object.entries(value) as [string, JsonValue][];
  const isSmall = entries.length <= renderLimits.items;
  const [isOpen, toggle] = useFold(exactPath(place), place.length <= renderLimits.openLevels && isSmall);
  const [limit, setLimit] = useState<number>(renderLimits.keys);
  const [open, close] = isList ? '[]' : '{}';
  const count = `${entries.length.toLocaleString('en')} ${isList ? 'item' : 'key'}${entries.length === 1 ? '' : 's'}`;
  return (
    <li>
      <button type="button" className="json-fold" aria-expanded={isOpen} onClick={toggle}>
        <ChevronRight
          size={12}
          aria-hidden="true"
          className={classNames('fold-arrow', isOpen && 'rotate-90')}
        />
        <Name name={name} />
        {isOpen ? open : `${open}…${close}`}
        {!isOpen && <span className="json-count">{count}</span>}
      </button>
      {isOpen && (
        <>
          <ul>
            {entries.slice(0, limit).map(([key, each]) => (
              <JsonNode
                key={key}
                name={isList ? undefined : key}
                value={each}
                place={[...place, isList ? Number(key) : key]}
              />
            ))}
            {entries.length > limit && (
              <li>
                <button
                  type="button"
                  className="text-button"
                  onClick={() => setLimit(limit + renderLimits.keys)}
                >
                  {(entries.length - limit).toLocaleString('en')} more
                </button>
              </li>
            )}
          </ul>
          <span className="json-close">{close}</span>
        </>
      )}
    </li>
  );
}

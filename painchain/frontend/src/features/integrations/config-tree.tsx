import type { JsonObject, SealedSecret } from '@painchain/contract';
import { Instant } from '../../components/instant.js';
import { useBounded } from './bounded.js';
import { type ConfigLine, configLines } from './config-lines.js';

const linesAtOnce = 100;

/** A configuration as its file would have it, without its secrets. */
export function ConfigTree({ config }: { config: JsonObject }) {
  const lines = configLines(config);
  const { shown, more } = useBounded(lines, linesAtOnce);
  if (lines.length === 0) return <p className="text-muted">It has no settings.</p>;
  return (
    <>
      <ul className="config-tree">
        {shown.map((line, index) => (
          // A line has no other name than its place.
          <li key={index}>
            <Line line={line} />
          </li>
        ))}
      </ul>
      {more}
    </>
  );
}

function Line({ line: { lead, name, value, secret } }: { line: ConfigLine }) {
  return (
    <>
      <span aria-hidden="true" className="text-muted">
        {lead}
      </span>
      {name !== undefined && (
        <>
          <bdi className="text-muted">{name}</bdi>:{' '}
        </>
      )}
      {value !== undefined && <bdi>{value}</bdi>}
      {secret && <Secret secret={secret} />}
    </>
  );
}

function Secret({ secret: { set, last4, updated_at } }: { secret: SealedSecret }) {
  if (!set) return <span className="text-muted">not set</span>;
  return (
    <>
      <span aria-hidden="true">••••</span>
      <span className="sr-only">a secret{last4 !== undefined && ' that ends in '}</span>
      {last4 !== undefined && <bdi>{last4}</bdi>}{' '}
      <span className="config-note">
        set <Instant at={updated_at} />
      </span>
    </>
  );
}

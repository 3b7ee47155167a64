import type { StoredEvent } from '@painchain/contract';
import { toneOf } from '@painchain/contract/tone';
import type { ReactNode } from 'react';
import { ConnectorMark } from '../../components/connector-mark.js';
import { Instant } from '../../components/instant.js';
import { lateArrival } from '../../components/late-arrival.js';
import { SafeLink } from '../../components/safe-link.js';
import { StatusMark } from '../../components/status-mark.js';
import { roughDuration } from '../../components/time-format.js';
import type { Embedding } from '../../json-renderer/render-context.js';
import { UserValue } from '../../json-renderer/user-value.js';
import { refWords } from './relation-words.js';

type Fact = { name: string; label: string; value: string | boolean | string[] | null; shown?: ReactNode };

/** The fields that every event has, by their names in the query language; those that are empty are left out. */
export function factsOf(event: StoredEvent): Fact[] {
  const { status, actor, url } = event;
  const facts: Fact[] = [
    { name: 'project', label: 'Project', value: event.project },
    {
      name: 'connector',
      label: 'Connector',
      value: event.connector,
      shown: <ConnectorMark type={event.connector} />,
    },
    { name: 'type', label: 'Type', value: event.type },
    {
      name: 'status',
      label: 'Status',
      value: status,
      shown: status !== null && <StatusMark tone={toneOf(status)} word={status} />,
    },
    { name: 'actor', label: 'Actor', value: actor, shown: actor !== null && <UserValue name={actor} /> },
    { name: 'environment', label: 'Environment', value: event.environment },
    { name: 'severity', label: 'Severity', value: event.severity },
    { name: 'subject', label: 'Subject', value: event.subject },
    { name: 'tag', label: 'Tags', value: event.tags },
    { name: 'ref', label: 'Refs', value: event.refs },
    { name: 'url', label: 'URL', value: url, shown: url !== null && <SafeLink to={url}>{url}</SafeLink> },
    {
      name: 'timestamp',
      label: 'Happened',
      value: event.timestamp,
      shown: <Instant at={event.timestamp} exact />,
    },
    {
      name: 'received_at',
      label: 'Received',
      value: event.received_at,
      shown: <Received event={event} />,
    },
    {
      name: 'time_precision',
      label: 'Precision',
      value: event.time_precision === 'gap' ? 'gap' : null,
      shown: 'at some time before that',
    },
    { name: 'backfill', label: 'Backfill', value: event.backfill || null, shown: 'collected from the past' },
    { name: 'integration', label: 'Integration', value: event.integration_id },
    { name: 'id', label: 'Id', value: event.id, shown: <code className="value-code">{event.id}</code> },
    { name: 'key', label: 'Key', value: event.key, shown: <code className="value-code">{event.key}</code> },
  ];
  return facts.filter(({ value }) => value !== null && !(Array.isArray(value) && value.length === 0));
}

/** When it came in; where that was late, by how much. */
function Received({ event }: { event: StoredEvent }) {
  const late = lateArrival(event);
  return (
    <>
      <Instant at={event.received_at} exact />
      {late !== undefined && ` (${roughDuration(late)} after it happened)`}
    </>
  );
}

type Props = Pick<Embedding, 'actions' | 'isHidden'> & {
  facts: readonly Fact[];
  /** Asks for the events with this one value of a list. */
  onValue(name: string, value: string): void;
};

/** The fields that every event has, with the same to do as with those that only its source knows. */
export function EventFacts({ facts, actions, isHidden, onValue }: Props) {
  return (
    <dl className="fields">
      {facts
        .filter(({ name }) => !isHidden?.(name))
        .map(({ name, label, value, shown }) => (
          <div key={name} className="field">
            <dt title={name}>{label}</dt>
            <dd>
              {Array.isArray(value) ? (
                <Words name={name} words={value} onValue={onValue} />
              ) : (
                (shown ?? <bdi className="break-words">{String(value)}</bdi>)
              )}
            </dd>
            {actions && (
              <dd className="field-actions">{actions({ path: name, queryField: name, label, value })}</dd>
            )}
          </div>
        ))}
    </dl>
  );
}

function Words({ name, words, onValue }: Pick<Props, 'onValue'> & { name: string; words: string[] }) {
  return (
    <ul className="flex flex-wrap gap-1">
      {words.map((word) => (
        <li key={word} className="min-w-0">
          <button
            type="button"
            className="chip-value chip-button"
            title={`Only events with the ${name} ${word}`}
            onClick={() => onValue(name, word)}
          >
            <bdi>{name === 'ref' ? refWords(word) : word}</bdi>
          </button>
        </li>
      ))}
    </ul>
  );
}

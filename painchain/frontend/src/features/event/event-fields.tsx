import type { JsonObject, StoredEvent } from '@painchain/contract';
import { ListFilter } from 'lucide-react';
import type { ReactNode } from 'react';
import { ConnectorMark } from '../../components/connector-mark.js';
import { CopyButton } from '../../components/copy-button.js';
import { IconButton } from '../../components/icon-button.js';
import { Instant } from '../../components/instant.js';
import { StatusMark } from '../../components/status-mark.js';
import { toneOf } from '../../components/tone.js';
import { Fields } from '../../json-renderer/fields.js';
import { UserValue } from '../../json-renderer/user-value.js';
import { labelOf } from '../../json-renderer/words.js';
import { type Edit, only } from '../../address/conditions.js';

type Props = {
  event: StoredEvent;
  schema: JsonObject | undefined;
  folds: Map<string, boolean>;
  onEdit(edit: Edit): void;
};

type KnownField = 'project' | 'connector' | 'type' | 'status' | 'actor' | 'environment';

/** What only its source knows of an event, which is why it was opened; then the fields that every event has. */
export function EventFields({ event, schema, folds, onEdit }: Props) {
  const field = (name: KnownField, shown: ReactNode) =>
    event[name] === null ? null : (
      <Known
        name={name}
        value={event[name]}
        shown={shown}
        onFilter={(value) => onEdit(only({ name }, value))}
      />
    );
  const text = (value: string | null) => <bdi className="break-words">{value}</bdi>;
  return (
    <>
      <h3 className="fields-title">
        Data <span className="font-normal text-muted">as its source sent it</span>
      </h3>
      {Object.keys(event.data).length === 0 ? (
        <p className="px-4 pb-4 text-muted">There is none.</p>
      ) : (
        <Fields object={event.data} scope={event.id} folds={folds} schema={schema} />
      )}
      <h3 className="fields-title">Event</h3>
      <dl className="fields">
        {field('project', text(event.project))}
        {field('connector', <ConnectorMark type={event.connector} />)}
        {field('type', text(event.type))}
        {field('status', <StatusMark tone={toneOf(event.status ?? '')} word={event.status ?? ''} />)}
        {field('actor', <UserValue name={event.actor ?? ''} />)}
        {field('environment', text(event.environment))}
        {event.severity !== null && (
          <Known name="severity" value={event.severity} shown={text(event.severity)} />
        )}
        {event.subject !== null && <Known name="subject" value={event.subject} shown={text(event.subject)} />}
        <Words name="tags" words={event.tags} />
        <Words name="refs" words={event.refs} />
        <Known name="received" value={event.received_at} shown={<Instant at={event.received_at} exact />} />
      </dl>
    </>
  );
}

type KnownProps = {
  name: string;
  value: string;
  shown: ReactNode;
  onFilter?: (value: string) => void;
};

function Known({ name, value, shown, onFilter }: KnownProps) {
  return (
    <div className="field">
      <dt>{labelOf(name)}</dt>
      <dd>{shown}</dd>
      <dd className="field-actions">
        {onFilter && (
          <IconButton label={`Only this ${name}`} onClick={() => onFilter(value)}>
            <ListFilter size={14} />
          </IconButton>
        )}
        <CopyButton text={value} label={`Copy the value of ${name}`} />
      </dd>
    </div>
  );
}

function Words({ name, words }: { name: string; words: string[] }) {
  if (words.length === 0) return null;
  const chips = (
    <ul className="flex flex-wrap gap-1">
      {words.map((word) => (
        <li key={word} className="chip-value break-all">
          <bdi>{word}</bdi>
        </li>
      ))}
    </ul>
  );
  return <Known name={name} value={words.join('\n')} shown={chips} />;
}

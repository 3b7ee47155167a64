import type { IntegrationView } from '@painchain/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type SyntheticEvent, useState } from 'react';
import { broughtQuery, removeIntegration } from '../../api/integrations.js';
import { oldestEventQuery } from '../../api/queries.js';
import { Modal } from '../../components/modal.js';
import { ProblemBox } from '../../components/problem-box.js';

type Fate = 'keep' | 'delete';
type Props = { integration: IntegrationView; onClose(): void; onRemoved(words: string): void };

/** Removes an integration for good, once its name is typed, and says what becomes of its events. */
export function RemoveDialog({ integration: { id, name }, onClose, onRemoved }: Props) {
  const [typed, setTyped] = useState('');
  const [fate, setFate] = useState<Fate>('keep');
  const removal = useMutation({
    mutationFn: () => removeIntegration(id, fate),
    onSuccess: () =>
      onRemoved(
        `${name} is removed. ${fate === 'keep' ? 'Its events stay.' : 'Its events are being deleted.'}`,
      ),
  });
  const isNamed = asSeen(typed) === asSeen(name);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (isNamed && !removal.isPending) removal.mutate();
  };
  return (
    <Modal title={`Remove ${name}`} onClose={onClose}>
      <form onSubmit={submit} className="flex min-h-0 flex-col gap-3 overflow-y-auto p-4">
        <p>
          Nothing more is collected through it, and its credential is forgotten. It can’t be brought back.
        </p>
        <FateChoice id={id} fate={fate} onFate={setFate} />
        <label className="flex flex-col gap-1">
          <span>
            Type its name, <bdi className="font-semibold">{name}</bdi>, to confirm
          </span>
          <input
            data-first
            className="field-input"
            autoComplete="off"
            spellCheck={false}
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
          />
        </label>
        {removal.isError && (
          <ProblemBox error={removal.error} what="It could not be removed" onRetry={() => removal.mutate()} />
        )}
        <div className="flex flex-wrap gap-2">
          <button type="submit" className="button-bad" disabled={!isNamed || removal.isPending}>
            {fate === 'keep' ? 'Remove, keep its events' : 'Remove, and delete its events'}
          </button>
          <button type="button" className="button" onClick={onClose}>
            Cancel
          </button>
        </div>
      </form>
    </Modal>
  );
}

/** A name as people can type it: how many spaces there are, and what letters are made of, nobody sees. */
export function asSeen(name: string): string {
  return name.normalize().trim().replaceAll(/\s+/g, ' ');
}

type FateProps = { id: string; fate: Fate; onFate(fate: Fate): void };

function FateChoice({ id, fate, onFate }: FateProps) {
  const brought = useBrought(id);
  if (brought?.total === 0) return <p>It has brought no events.</p>;
  const events = brought?.words ?? 'its events';
  const choices = [
    { value: 'keep', words: `Keep ${events} on the timeline` },
    { value: 'delete', words: `Delete ${events}, unless another integration of its type covers them` },
  ] as const;
  return (
    <fieldset>
      <legend>What is to become of its events?</legend>
      {choices.map(({ value, words }) => (
        <label key={value} className="choice -mx-2">
          <input type="radio" name="fate" checked={fate === value} onChange={() => onFate(value)} />
          {words}
        </label>
      ))}
    </fieldset>
  );
}

/** How many events it has brought; undefined as long as that is not known. */
function useBrought(id: string): { total: number; words: string } | undefined {
  const oldest = useQuery(oldestEventQuery);
  const brought = useQuery({ ...broughtQuery(id, oldest.data ?? ''), enabled: oldest.data !== undefined });
  if (!brought.data) return undefined;
  const { total, capped } = brought.data;
  const words = `${total.toLocaleString('en')} ${total === 1 ? 'event' : 'events'}`;
  return { total, words: capped ? `at least ${words}` : words };
}

import { Popover } from '@base-ui/react/popover';
import { ChevronDown } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';

export type Choice = { value: string; label: string; note?: string; mark?: ReactNode };

type Props = {
  /** What is chosen from: "Project". */
  name: string;
  choices: Choice[];
  chosen: string[];
  loading: boolean;
  failed: boolean;
  onChange(chosen: string[]): void;
};

/** Choices laid out at once; the search box is the way to the others. */
const mostShown = 100;

function matching(choices: Choice[], chosen: string[], text: string): Choice[] {
  const wanted = text.trim().toLowerCase();
  const known = new Set(choices.map((choice) => choice.value));
  const strays = chosen.filter((value) => !known.has(value)).map((value) => ({ value, label: value }));
  const all = [...strays, ...choices];
  return all.filter((choice) => `${choice.label} ${choice.value}`.toLowerCase().includes(wanted));
}

/** Chooses any number of values from a list that can be searched. */
export function FilterPicker(props: Props) {
  const { name, chosen } = props;
  return (
    <Popover.Root>
      <Popover.Trigger className="control">
        {name}
        {chosen.length > 0 && <span className="count-badge">{chosen.length}</span>}
        <ChevronDown size={14} aria-hidden="true" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={4} align="start" collisionPadding={8} className="z-60">
          <Popover.Popup className="popup w-72">
            <Popover.Title className="sr-only">Filter by {name.toLowerCase()}</Popover.Title>
            <Choices {...props} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Choices(props: Props) {
  const { name, choices, chosen, onChange } = props;
  const [text, setText] = useState('');
  const found = matching(choices, chosen, text);
  const toggle = (value: string) =>
    onChange(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]);
  return (
    <div className="flex max-h-80 flex-col">
      <div className="flex items-center gap-1 border-b border-line p-1.5">
        <input
          type="search"
          className="field-input w-full"
          placeholder={`Search ${name.toLowerCase()}s`}
          aria-label={`Search ${name.toLowerCase()}s`}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        {chosen.length > 0 && (
          <button type="button" className="text-button px-1" onClick={() => onChange([])}>
            Clear
          </button>
        )}
      </div>
      <ul className="overflow-y-auto p-1" aria-label={`${name}s`}>
        {found.slice(0, mostShown).map((choice) => (
          <li key={choice.value}>
            <ChoiceRow choice={choice} checked={chosen.includes(choice.value)} onToggle={toggle} />
          </li>
        ))}
      </ul>
      <p role="status" className="px-3 pb-2 text-muted empty:hidden">
        {noteOn(found.length, text, props)}
      </p>
    </div>
  );
}

function noteOn(found: number, text: string, { name, loading, failed }: Props): string {
  if (found > mostShown) return `${found - mostShown} more, search to narrow.`;
  if (found > 0) return '';
  if (failed) return 'The list could not be loaded.';
  if (loading) return 'Loading…';
  return text === '' ? `No ${name.toLowerCase()} yet.` : 'Nothing matches.';
}

function ChoiceRow(props: { choice: Choice; checked: boolean; onToggle(value: string): void }) {
  const { choice, checked, onToggle } = props;
  const id = useId();
  return (
    <label htmlFor={id} className="choice">
      <input id={id} type="checkbox" checked={checked} onChange={() => onToggle(choice.value)} />
      {choice.mark}
      <bdi className="min-w-0 flex-1 truncate" title={choice.label}>
        {choice.label}
      </bdi>
      {choice.note !== undefined && <span className="text-muted tabular-nums">{choice.note}</span>}
    </label>
  );
}

import { type SyntheticEvent, useState } from 'react';
import { instantText } from '../../address/moments.js';
import { boundsOf, parseRangeText, type TimeRange } from '../../address/time-range.js';
import { useZone, type Zone } from '../../components/clock.js';
import { zoneName } from '../../components/time-format.js';

type Props = { value: TimeRange; onChange(range: TimeRange): void };

/** An instant as the browser's calendar has it: to the second, without a zone; empty where only that would tell. */
function calendarText(ms: number | undefined, zone: Zone, stepMs: number): string {
  if (ms === undefined) return '';
  const text = instantText(Math.floor(ms / stepMs) * stepMs, zone);
  return text.endsWith('Z') ? '' : text.replace(' ', 'T');
}

/** From and to, by the browser's own calendar. */
export function FromToForm({ value, onChange }: Props) {
  const zone = useZone();
  const bounds = boundsOf(value, Date.now(), zone);
  // The seconds of the present mean nothing.
  const stepMs = value.range === undefined ? 1e3 : 60e3;
  const [from, setFrom] = useState(() => calendarText(bounds.fromMs, zone, stepMs));
  const [to, setTo] = useState(() => calendarText(bounds.toMs, zone, stepMs));
  const text = from === '' ? (to === '' ? '' : `until ${to}`) : to === '' ? from : `${from} - ${to}`;
  const parsed = parseRangeText(text, Date.now(), zone);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if ('range' in parsed) onChange(parsed.range);
  };
  const field = (name: string, text: string, set: (text: string) => void) => (
    <label className="flex items-center gap-2">
      <span className="w-10 shrink-0">{name}</span>
      <input
        type="datetime-local"
        className="field-input min-w-0 flex-1"
        step={1}
        max="9999-12-31T23:59:59"
        value={text}
        onChange={(event) => set(event.target.value)}
      />
    </label>
  );
  return (
    <form onSubmit={submit} className="time-section">
      <h2 className="time-heading">
        From and to <span className="font-normal text-muted">({zoneName(Date.now(), zone)})</span>
      </h2>
      {field('From', from, setFrom)}
      {field('To', to, setTo)}
      <p role="alert" className="text-bad empty:hidden">
        {'fault' in parsed ? parsed.fault : ''}
      </p>
      <button type="submit" className="button-primary" disabled={text === '' || 'fault' in parsed}>
        Show this range
      </button>
    </form>
  );
}

import { Popover } from '@base-ui/react/popover';
import { CalendarRange } from 'lucide-react';
import { type SyntheticEvent, useId, useState } from 'react';
import { classNames } from '../../components/class-names.js';
import { useZone, type Zone } from '../../components/clock.js';
import { zoneName } from '../../components/time-format.js';
import { type TimeRange, parseRangeText, presets } from '../../address/time-range.js';

type Props = { value: TimeRange; onChange(range: TimeRange): void; onZone(zone: Zone): void };

/** Digits of an instant as people type it, in the zone that is shown. */
function typed(iso: string, zone: Zone): string {
  const date = new Date(iso);
  const shifted = zone === 'utc' ? date : new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}

function textOf(range: TimeRange, zone: Zone): string {
  if (range.range !== undefined) return range.range;
  const from = range.from && typed(range.from, zone).replace('T', ' ');
  const to = range.to && typed(range.to, zone).replace('T', ' ');
  if (from) return to ? `${from} - ${to}` : from;
  return to ? `1970-01-01 - ${to}` : '';
}

/** The range of time: typed, by preset, or from and to; and the zone in which it is meant. */
export function TimePicker({ value, onChange, onZone }: Props) {
  const zone = useZone();
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      <RangeText key={`${textOf(value, zone)} ${zone}`} value={value} onChange={onChange} />
      <div className="segments" role="group" aria-label="Preset ranges">
        {presets.map((preset) => (
          <button
            key={preset}
            type="button"
            className={classNames('segment', value.range === preset && 'segment-on')}
            aria-pressed={value.range === preset}
            onClick={() => onChange(value.range === preset ? {} : { range: preset })}
          >
            {preset}
          </button>
        ))}
      </div>
      <FromTo value={value} onChange={onChange} />
      <button
        type="button"
        className="control"
        title="Switch between local time and UTC"
        onClick={() => onZone(zone === 'utc' ? 'local' : 'utc')}
      >
        <span className="sr-only">Time zone: </span>
        {zone === 'utc' ? 'UTC' : `Local (${zoneName(Date.now(), 'local')})`}
      </button>
    </div>
  );
}

function RangeText({ value, onChange }: Omit<Props, 'onZone'>) {
  const zone = useZone();
  const [text, setText] = useState(() => textOf(value, zone));
  const [fault, setFault] = useState<string>();
  const faultId = useId();
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const parsed = parseRangeText(text, Date.now(), zone);
    if ('fault' in parsed) {
      setFault(parsed.fault);
      return;
    }
    setFault(undefined);
    onChange(parsed.range);
  };
  return (
    <form onSubmit={submit} className="relative max-md:w-full">
      <input
        type="text"
        className="field-input range-input"
        placeholder="Any time"
        aria-label="Time range"
        aria-invalid={fault !== undefined}
        aria-describedby={faultId}
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <p id={faultId} role="alert" className="fault empty:hidden">
        {fault}
      </p>
    </form>
  );
}

function FromTo({ value, onChange }: Omit<Props, 'onZone'>) {
  const zone = useZone();
  const [open, setOpen] = useState(false);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className="control" aria-label="From and to">
        <CalendarRange size={14} aria-hidden="true" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={4} align="start" collisionPadding={8} className="z-60">
          <Popover.Popup className="popup w-72 p-3">
            <Popover.Title className="mb-2 font-semibold">
              From and to <span className="font-normal text-muted">({zoneName(Date.now(), zone)})</span>
            </Popover.Title>
            <FromToForm
              value={value}
              onChange={(range) => {
                setOpen(false);
                onChange(range);
              }}
            />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function FromToForm({ value, onChange }: Omit<Props, 'onZone'>) {
  const zone = useZone();
  const [from, setFrom] = useState(value.from ? typed(value.from, zone) : '');
  const [to, setTo] = useState(value.to ? typed(value.to, zone) : '');
  const parsed = parseRangeText(from === '' ? '' : to === '' ? from : `${from} - ${to}`, Date.now(), zone);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if ('range' in parsed) onChange(parsed.range);
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-2">
      <label className="flex flex-col gap-1">
        From
        <input
          type="datetime-local"
          className="field-input"
          value={from}
          onChange={(event) => setFrom(event.target.value)}
        />
      </label>
      <label className="flex flex-col gap-1">
        To
        <input
          type="datetime-local"
          className="field-input"
          value={to}
          onChange={(event) => setTo(event.target.value)}
        />
      </label>
      <p role="alert" className="text-bad empty:hidden">
        {'fault' in parsed ? parsed.fault : ''}
      </p>
      <button type="submit" className="button-primary" disabled={from === '' || 'fault' in parsed}>
        Apply
      </button>
    </form>
  );
}

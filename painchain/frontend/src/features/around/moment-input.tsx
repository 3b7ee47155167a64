import { useRef, useState } from 'react';
import { momentMs } from '../../address/date-math.js';
import { instantText } from '../../address/moments.js';
import { useZone } from '../../components/clock.js';
import { zoneName } from '../../components/time-format.js';

/** The moment as text, to type another one. */
export function MomentInput({ atMs, onMoment }: { atMs: number; onMoment(ms: number): void }) {
  const zone = useZone();
  const input = useRef<HTMLInputElement>(null);
  const [fault, setFault] = useState<string>();
  const submit = (text: string) => {
    const ms = momentMs(text, Date.now(), zone);
    setFault(
      ms === undefined
        ? `“${text}” is no moment that is understood. Try now-1h or 2026-01-31 10:35.`
        : undefined,
    );
    if (ms !== undefined) onMoment(ms);
  };
  return (
    <form
      className="relative inline-flex items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        submit(input.current?.value ?? '');
      }}
    >
      <input
        key={`${atMs} ${zone}`}
        ref={input}
        className="field-input moment-input"
        defaultValue={instantText(atMs, zone)}
        aria-label="Moment"
        aria-invalid={fault !== undefined}
        aria-describedby={fault === undefined ? undefined : 'moment-fault'}
        autoComplete="off"
        spellCheck={false}
        onChange={() => setFault(undefined)}
      />
      <span className="text-muted">{zoneName(atMs, zone)}</span>
      {fault !== undefined && (
        <p id="moment-fault" role="alert" className="fault">
          {fault}
        </p>
      )}
    </form>
  );
}

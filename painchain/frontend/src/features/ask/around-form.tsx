import { type SyntheticEvent, useState } from 'react';
import { defaultWindow, windows } from '../../address/home-search.js';
import { momentMs } from '../../address/time-range.js';
import { useZone } from '../../components/clock.js';
import { exactTime } from '../../components/time-format.js';
import { Segment } from './segment.js';

type Props = { onAround(at: string, window: string): void };

/** Everything around a moment that is typed. */
export function AroundForm({ onAround }: Props) {
  const zone = useZone();
  const [text, setText] = useState('');
  const [window, setWindow] = useState<string>(defaultWindow);
  const ms = momentMs(text, Date.now(), zone);
  const isUnknown = text.trim() !== '' && ms === undefined;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (ms !== undefined) onAround(new Date(ms).toISOString(), window);
  };
  return (
    <form onSubmit={submit} className="time-section">
      <h2 className="time-heading">Around a moment</h2>
      <input
        type="text"
        className="field-input"
        aria-label="The moment"
        aria-describedby="around-moment"
        placeholder="10:35, 2026-01-31 10:35, 1769855700"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <p id="around-moment" role="status" className="text-muted empty:hidden">
        {ms !== undefined && exactTime(ms, zone)}
        {isUnknown && 'No moment that is understood yet. Try 10:35, now-2h or 2026-01-31 10:35.'}
      </p>
      <div className="flex gap-1.5">
        <div className="segments flex-1" role="group" aria-label="To each side">
          {windows.map((each) => (
            <Segment key={each} isOn={window === each} onClick={() => setWindow(each)}>
              {`±${each}`}
            </Segment>
          ))}
        </div>
        <button type="submit" className="button" disabled={ms === undefined}>
          Show
        </button>
      </div>
    </form>
  );
}

import { type RefObject, useId } from 'react';
import type { TimeProps } from './time-props.js';
import { useRangeText } from './use-range-text.js';

type Props = Pick<TimeProps, 'value' | 'onChange'> & { input?: RefObject<HTMLInputElement | null> };

/** The range as text. */
export function RangeText({ value, onChange, input }: Props) {
  const faultId = useId();
  const { text, type, fault, apply, giveUp } = useRangeText(value, onChange);
  return (
    <form
      className="time-text"
      onSubmit={(event) => {
        event.preventDefault();
        const box = event.currentTarget.querySelector('input');
        // The keys of the page move the range from here.
        void apply().then((isApplied) => isApplied && box?.blur());
      }}
    >
      <input
        ref={input}
        type="text"
        className="field-input range-input"
        placeholder="Any time"
        aria-label="Time range"
        title="30m, now-1d/d, yesterday, 10:30 - 10:40, 2026-01-31 10:35 (t)"
        aria-invalid={fault !== undefined}
        aria-describedby={faultId}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={text}
        onChange={(event) => type(event.target.value)}
        onBlur={() => giveUp(false)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          giveUp(true);
          event.currentTarget.blur();
        }}
      />
      <p id={faultId} role="alert" className="fault empty:hidden">
        {fault}
      </p>
    </form>
  );
}

import { useState } from 'react';
import { parseRangeText, rangeText, type TimeRange } from '../../address/time-range.js';
import { useZone } from '../../components/clock.js';

/** A range that is typed: the text, why it isn't understood, and the way to apply it. */
export function useRangeText(value: TimeRange, onChange: (range: TimeRange) => void) {
  const zone = useZone();
  const shown = rangeText(value, zone);
  const [followed, setFollowed] = useState(shown);
  const [text, setText] = useState(shown);
  const [fault, setFault] = useState<string>();
  if (followed !== shown) {
    setFollowed(shown);
    setText(shown);
    setFault(undefined);
  }
  const apply = async (): Promise<boolean> => {
    const now = Date.now();
    const parsed = parseRangeText(text, now, zone);
    const understood = 'range' in parsed ? parsed.range : await inWords(text, now, zone);
    setFault('fault' in parsed && !understood ? parsed.fault : undefined);
    if (!understood) return false;
    // What is typed gives way to how it is written, also where the range stays the same.
    setText(rangeText(understood, zone));
    onChange(understood);
    return true;
  };
  const type = (next: string) => {
    setText(next);
    setFault(undefined);
  };
  /** What was typed and not applied is not the range: it goes, but for a fault, which somebody may be about to mend. */
  const giveUp = (withFault: boolean) => {
    if (fault === undefined || withFault) type(shown);
  };
  return { text, type, fault, apply, giveUp };
}

/** Free text such as `tuesday at noon`, read by what is only loaded for that. */
async function inWords(text: string, now: number, zone: 'local' | 'utc'): Promise<TimeRange | undefined> {
  try {
    const { readWords } = await import('./time-words.js');
    return readWords(text, now, zone);
  } catch {
    return undefined;
  }
}

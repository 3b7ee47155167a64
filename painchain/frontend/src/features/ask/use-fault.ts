import type { QueryError } from '@painchain/query';
import { useMemo, useState } from 'react';
import { readQuery } from '../../address/conditions.js';
import { useDebounced } from './use-debounced.js';

const pauseMs = 800;

export type Fault = { error: QueryError; isSoft: boolean };

/**
 * Why a text can't be read: at once when it was to be applied, or stands in the address; softly when somebody pauses
 * while typing.
 */
export function useFault(text: string, isApplied: boolean): { fault: Fault | undefined; refuse(): void } {
  const [refused, setRefused] = useState<string>();
  const paused = useDebounced(text, pauseMs);
  const reading = useMemo(() => readQuery(text), [text]);
  const isHard = isApplied || refused === text;
  const isSeen = 'fault' in reading && (isHard || paused === text);
  return {
    fault: isSeen ? { error: reading.fault, isSoft: !isHard } : undefined,
    refuse: () => setRefused(text),
  };
}

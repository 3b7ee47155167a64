import type { UseQueryResult } from '@tanstack/react-query';
import { isUnreachable } from '../../api/problem-error.js';

/** Since when the backend gives no answer, by a question that is asked again and again; undefined while it does. */
export function useGoneSince(asked: UseQueryResult): number | undefined {
  if (!isUnreachable(asked.error)) return undefined;
  return asked.dataUpdatedAt || asked.errorUpdatedAt;
}

import type { UseQueryResult } from '@tanstack/react-query';
import { useEffect } from 'react';
import { isUnreachable } from '../../api/problem-error.js';

/**
 * Since when the backend gives no answer, by a question that is asked again and again; undefined while it does.
 * `hint` changes when something else has noticed a difference: then it is asked at once.
 */
export function useGoneSince(asked: UseQueryResult, hint: string): number | undefined {
  const { refetch } = asked;
  useEffect(() => void refetch(), [refetch, hint]);
  if (!isUnreachable(asked.error)) return undefined;
  return asked.dataUpdatedAt || asked.errorUpdatedAt;
}

import { type UseQueryResult, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { isUnreachable } from '../../api/problem-error.js';

/**
 * Since when the backend gives no answer, by a question that is asked again and again; undefined while it does.
 * `hint` changes when something else has noticed a difference: then it is asked at once. When it is back, all that got
 * no answer is asked again.
 */
export function useGoneSince(asked: UseQueryResult, hint: string): number | undefined {
  const { refetch } = asked;
  const client = useQueryClient();
  const isGone = isUnreachable(asked.error);
  useEffect(() => void refetch(), [refetch, hint]);
  useEffect(() => {
    if (isGone) return;
    void client.refetchQueries({
      type: 'active',
      predicate: ({ state }) => state.data === undefined && isUnreachable(state.error),
    });
  }, [client, isGone]);
  if (!isGone) return undefined;
  return asked.dataUpdatedAt || asked.errorUpdatedAt;
}

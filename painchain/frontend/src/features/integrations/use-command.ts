import type { CommandView } from '@painchain/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { findCommand, queueCommand } from '../../api/integrations.js';

const askEveryMs = 1_000;

export function isDone(command: CommandView | undefined): boolean {
  return command?.status === 'succeeded' || command?.status === 'failed';
}

/** Asks the connector of an integration to do something, and follows what becomes of it. */
export function useCommand(id: string) {
  const client = useQueryClient();
  const order = useMutation({ mutationFn: (kind: CommandView['kind']) => queueCommand(id, kind) });
  const queued = order.data;
  const followed = useQuery({
    queryKey: ['command', id, queued?.id],
    queryFn: ({ signal }) => findCommand(id, queued?.id ?? '', signal),
    enabled: queued !== undefined,
    refetchInterval: ({ state }) => !isDone(state.data) && askEveryMs,
    retry: false,
  });
  const command = followed.data ?? queued;
  const isOver = isDone(command);
  useEffect(() => {
    if (isOver) void client.invalidateQueries({ queryKey: ['integration', id] });
  }, [client, id, isOver]);
  return {
    kind: order.variables,
    command,
    isRunning: order.isPending || (command !== undefined && !isOver),
    order: (kind: CommandView['kind']) => order.mutate(kind),
    /** It was not taken, or it can't be told what became of it; `again` tries that once more. */
    failure: order.error
      ? { error: order.error, again: () => order.variables && order.mutate(order.variables) }
      : followed.error && { error: followed.error, again: () => void followed.refetch() },
  };
}

export type Ordered = ReturnType<typeof useCommand>;

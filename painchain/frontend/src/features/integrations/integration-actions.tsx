import type { IntegrationView } from '@painchain/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { updateIntegration } from '../../api/integrations.js';
import { useCommands } from '../../components/commands.js';
import { ProblemBox } from '../../components/problem-box.js';
import { useSay } from '../../components/said.js';
import { RemoveDialog } from './remove-dialog.js';
import { isOurs, isRemovable } from './standing.js';
import type { Ordered } from './use-command.js';

type Props = { integration: IntegrationView; ordered: Ordered };

/** What can be done with an integration. What its file decides is not offered. */
export function IntegrationActions({ integration, ordered }: Props) {
  const { id, health } = integration;
  const [isRemoving, setIsRemoving] = useState(false);
  const navigate = useNavigate();
  const pausing = usePausing(integration);
  const removed = useRemoved(integration);
  const isPaused = health === 'paused';
  const canChange = isOurs(integration);
  const canRemove = isRemovable(integration);
  // Whoever could do it is gone.
  const isReachable = !isPaused && health !== 'orphaned';
  const canAsk = isReachable && !ordered.isRunning;
  const pause = pausing.isPending ? undefined : () => pausing.mutate(isPaused);
  const edit = () => void navigate({ to: '/settings/integrations/$id/edit', params: { id } });
  useCommands([
    command('test', 'Test connection', canAsk && (() => ordered.order('test'))),
    command('sync', 'Sync now', canAsk && (() => ordered.order('sync'))),
    command('pause', isPaused ? 'Resume' : 'Pause', canChange && pause),
    command('edit', 'Edit', canChange && edit),
    command('remove', 'Remove…', canRemove && (() => setIsRemoving(true))),
  ]);
  return (
    <>
      <div className="flex flex-wrap gap-2" role="group" aria-label="Actions">
        {isReachable && (
          <>
            <Ask ordered={ordered} kind="test" name="Test connection" />
            <Ask ordered={ordered} kind="sync" name="Sync now" />
          </>
        )}
        {canChange && (
          <>
            <button type="button" className="button" aria-disabled={!pause} onClick={pause}>
              {isPaused ? 'Resume' : 'Pause'}
            </button>
            <Link to="/settings/integrations/$id/edit" params={{ id }} className="button">
              Edit
            </Link>
          </>
        )}
        {canRemove && (
          <button type="button" className="button text-bad" onClick={() => setIsRemoving(true)}>
            Remove…
          </button>
        )}
      </div>
      {pausing.isError && (
        <ProblemBox
          error={pausing.error}
          what={`It could not be ${pausing.variables ? 'resumed' : 'paused'}`}
          onRetry={() => pausing.mutate(pausing.variables)}
        />
      )}
      {isRemoving && (
        <RemoveDialog integration={integration} onClose={() => setIsRemoving(false)} onRemoved={removed} />
      )}
    </>
  );
}

function command(id: string, title: string, run: (() => void) | false | undefined) {
  return { id: `integration-${id}`, title, section: 'Integration', run: run || undefined } as const;
}

type AskProps = { ordered: Ordered; kind: 'test' | 'sync'; name: string };

/** It keeps the focus while it can't be pressed. */
function Ask({ ordered, kind, name }: AskProps) {
  return (
    <button
      type="button"
      className="button"
      aria-disabled={ordered.isRunning}
      onClick={() => !ordered.isRunning && ordered.order(kind)}
    >
      {name}
    </button>
  );
}

function usePausing({ id, name }: IntegrationView) {
  const client = useQueryClient();
  const say = useSay();
  return useMutation({
    mutationFn: (enabled: boolean) => updateIntegration(id, { enabled }),
    onSuccess: (changed, enabled) => {
      client.setQueryData(['integration', id], changed);
      void client.invalidateQueries({ queryKey: ['integrations'] });
      void client.invalidateQueries({ queryKey: ['integration-changes', id] });
      say(
        enabled
          ? `${name} is resumed; its connector goes on where it stopped.`
          : `${name} is paused: nothing is collected until it is resumed. Its events stay.`,
      );
    },
  });
}

function useRemoved({ id }: IntegrationView): (words: string) => void {
  const client = useQueryClient();
  const navigate = useNavigate();
  const say = useSay();
  return (words) => {
    say(words);
    void navigate({ to: '/settings' }).then(() => {
      client.removeQueries({ queryKey: ['integration', id] });
      return client.invalidateQueries({ queryKey: ['integrations'] });
    });
  };
}

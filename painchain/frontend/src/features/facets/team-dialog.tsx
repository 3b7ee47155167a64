import type { NewTeam, Team } from '@painchain/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { apiUrl, sendJson } from '../../api/client.js';
import { Modal } from '../../components/modal.js';
import { ProblemLine } from '../../components/problem-line.js';
import { TeamForm } from './team-form.js';
import { teamsQuery } from './teams.js';

/** The team that is written at the moment: one of those there are, or another. */
type Writing = Team | 'another' | undefined;

/** All teams, to add, change and remove them. */
export function TeamDialog({ onClose }: { onClose(): void }) {
  const teams = useQuery(teamsQuery);
  const [writing, setWriting] = useState<Writing>();
  const renewed = useRenewed();
  const save = useMutation({
    mutationFn: (team: NewTeam) =>
      typeof writing === 'object'
        ? sendJson('PUT', teamUrl(writing), team)
        : sendJson('POST', apiUrl('/teams'), team),
    onSuccess: async () => {
      await renewed();
      setWriting(undefined);
    },
  });
  const write = (next: Writing) => {
    save.reset();
    setWriting(next);
  };
  return (
    <Modal title="Teams" onClose={onClose}>
      <div className="flex min-h-0 flex-col gap-3 overflow-y-auto p-4">
        <p className="text-muted">
          A team is a name for several tags of projects. Its events are those that carry any of them.
        </p>
        {teams.isError && (
          <ProblemLine
            what="The teams could not be loaded"
            error={teams.error}
            onRetry={() => void teams.refetch()}
          />
        )}
        <ul className="flex flex-col gap-1">
          {teams.data?.map((team) => (
            <li key={team.id}>
              <TeamRow team={team} onEdit={() => write(team)} />
            </li>
          ))}
        </ul>
        {writing === undefined ? (
          <button type="button" className="button self-start" onClick={() => write('another')}>
            Add a team
          </button>
        ) : (
          <TeamForm
            key={typeof writing === 'object' ? writing.id : writing}
            team={typeof writing === 'object' ? writing : undefined}
            error={save.error}
            isSaving={save.isPending}
            onSave={(team) => save.mutate(team)}
            onCancel={() => write(undefined)}
          />
        )}
      </div>
    </Modal>
  );
}

function teamUrl({ id }: Team): string {
  return apiUrl(`/teams/${encodeURIComponent(id)}`);
}

function useRenewed(): () => Promise<void> {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: teamsQuery.queryKey });
}

function TeamRow({ team, onEdit }: { team: Team; onEdit(): void }) {
  const [isAsked, setIsAsked] = useState(false);
  const renewed = useRenewed();
  const removal = useMutation({ mutationFn: () => sendJson('DELETE', teamUrl(team)), onSuccess: renewed });
  return (
    <>
      <div className="team-row">
        <span className="min-w-0 flex-1">
          <bdi className="font-semibold">{team.name}</bdi>{' '}
          <bdi className="text-muted">{team.tags.join(', ')}</bdi>
        </span>
        <button type="button" className="text-button" aria-label={`Edit ${team.name}`} onClick={onEdit}>
          Edit
        </button>
        <button
          type="button"
          className="text-button"
          aria-label={`Delete ${team.name}`}
          aria-expanded={isAsked}
          onClick={() => setIsAsked(!isAsked)}
        >
          Delete
        </button>
      </div>
      {isAsked && (
        <div className="team-row" role="group" aria-label={`Delete ${team.name}?`}>
          <span className="flex-1">Delete this team? Its projects, tags and events stay.</span>
          <button
            type="button"
            className="button"
            disabled={removal.isPending}
            onClick={() => removal.mutate()}
          >
            Delete it
          </button>
          <button type="button" className="button" onClick={() => setIsAsked(false)}>
            Keep it
          </button>
        </div>
      )}
      {removal.isError && (
        <ProblemLine
          what="The team could not be deleted"
          error={removal.error}
          onRetry={() => removal.mutate()}
        />
      )}
    </>
  );
}

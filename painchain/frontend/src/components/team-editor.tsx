import type { NewTeam, Team } from '@painchain/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ComponentType, type ReactNode, useEffect, useRef, useState } from 'react';
import { removeTeam, saveTeam, teamsQuery } from '../api/teams.js';
import { ProblemLine } from './problem-line.js';
import { useSay } from './said.js';
import { TeamForm } from './team-form.js';

/** The team that is written at the moment: one of those there are, or another. */
type Writing = Team | 'another' | undefined;

type Props = {
  /** What else stands beside a team. */
  Extra?: ComponentType<{ team: Team }>;
};

/** All teams, to add, change and remove them. */
export function TeamEditor({ Extra }: Props) {
  const teams = useQuery(teamsQuery);
  const [writing, setWriting] = useState<Writing>();
  const renewed = useRenewed();
  const say = useSay();
  const add = useRef<HTMLButtonElement>(null);
  const toAdd = useRef(false);
  const save = useMutation({
    mutationFn: (team: NewTeam) => saveTeam(team, typeof writing === 'object' ? writing.id : undefined),
    onSuccess: async ({ name }) => {
      await renewed();
      write(undefined);
      say(`The team ${name} is saved.`);
    },
  });
  const write = (next: Writing) => {
    toAdd.current = next === undefined;
    save.reset();
    setWriting(next);
  };
  // The form that had the focus is gone.
  useEffect(() => {
    if (toAdd.current) add.current?.focus();
    toAdd.current = false;
  }, [writing]);
  return (
    <>
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
      {teams.data && teams.data.length > 0 && (
        <ul className="flex flex-col gap-1">
          {teams.data.map((team) => (
            <li key={team.id}>
              <TeamRow team={team} onEdit={() => write(team)} onGone={() => add.current?.focus()}>
                {Extra && <Extra team={team} />}
              </TeamRow>
            </li>
          ))}
        </ul>
      )}
      {writing === undefined ? (
        <button ref={add} type="button" className="button self-start" onClick={() => write('another')}>
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
    </>
  );
}

function useRenewed(): () => Promise<void> {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: teamsQuery.queryKey });
}

type RowProps = { team: Team; onEdit(): void; onGone(): void; children: ReactNode };

function TeamRow({ team, onEdit, onGone, children }: RowProps) {
  const [isAsked, setIsAsked] = useState(false);
  const renewed = useRenewed();
  const say = useSay();
  const removal = useMutation({
    mutationFn: () => removeTeam(team.id),
    onSuccess: async () => {
      await renewed();
      say(`The team ${team.name} is deleted.`);
      onGone();
    },
  });
  return (
    <>
      <div className="team-row">
        <span className="min-w-0 flex-1">
          <bdi className="font-semibold">{team.name}</bdi>{' '}
          <bdi className="text-muted">{team.tags.join(', ')}</bdi>
        </span>
        {children}
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

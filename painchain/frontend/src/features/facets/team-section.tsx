import type { Query } from '@painchain/query';
import { useQuery } from '@tanstack/react-query';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { lazy, useState } from 'react';
import type { HomeChange } from '../../address/use-home.js';
import { isUnreachable, ProblemError } from '../../api/problem-error.js';
import { teamsQuery } from '../../api/teams.js';
import { LoadedModal } from '../../components/loaded.js';
import { ProblemLine } from '../../components/problem-line.js';
import { chosenTeam, isTeamChosen } from './teams.js';
import type { FacetPreferences } from './use-facet-preferences.js';

const TeamDialog = lazy(() => import('./team-dialog.js').then((module) => ({ default: module.TeamDialog })));

type Props = { query: Query; change: HomeChange; preferences: FacetPreferences };

const facet = 'team';

/** What is whose: a team is a name for several tags. */
export function TeamSection({ query, change, preferences }: Props) {
  const [isEditing, setIsEditing] = useState(false);
  const teams = useQuery(teamsQuery);
  const isFolded = preferences.isFolded(facet);
  if (isMissing(teams.error)) return null;
  return (
    <section className="facet" aria-label="Team">
      <h3 className="facet-head">
        <button
          type="button"
          className="facet-fold"
          aria-expanded={!isFolded}
          onClick={() => preferences.toggleFold(facet)}
        >
          {isFolded ? <ChevronRight size={14} /> : <ChevronDown size={14} />}
          Team
        </button>
      </h3>
      {!isFolded && (
        <>
          {teams.isError && !isUnreachable(teams.error) && (
            <ProblemLine
              what="The teams could not be loaded"
              error={teams.error}
              onRetry={() => void teams.refetch()}
            />
          )}
          <ul>
            {teams.data?.map((team) => {
              const isChosen = isTeamChosen(query, team);
              return (
                <li key={team.id}>
                  <button
                    type="button"
                    className="facet-field"
                    aria-pressed={isChosen}
                    title={`Tags: ${team.tags.join(', ')}`}
                    onClick={() => change.edit(chosenTeam(isChosen ? undefined : team))}
                  >
                    <bdi className="truncate">{team.name}</bdi>
                  </button>
                </li>
              );
            })}
          </ul>
          {teams.data?.length === 0 && <p className="facet-note">A team is a name for several tags.</p>}
          <button type="button" className="text-button mx-2" onClick={() => setIsEditing(true)}>
            Edit teams…
          </button>
        </>
      )}
      {isEditing && (
        <LoadedModal title="Teams" onClose={() => setIsEditing(false)}>
          <TeamDialog onClose={() => setIsEditing(false)} />
        </LoadedModal>
      )}
    </section>
  );
}

/** A backend without teams has none to choose from, which is no fault. */
function isMissing(error: Error | null): boolean {
  return error instanceof ProblemError && error.problem.status === 404;
}

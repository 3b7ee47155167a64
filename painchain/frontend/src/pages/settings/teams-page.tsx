import type { Team } from '@painchain/contract';
import { any, print } from '@painchain/query';
import { Link } from '@tanstack/react-router';
import { has } from '../../address/conditions.js';
import { SettingsHeading } from '../../components/settings-heading.js';
import { TeamEditor } from '../../components/team-editor.js';

/** /settings/teams: whose is what. */
export function TeamsPage() {
  return (
    <>
      <SettingsHeading title="Teams" />
      <section className="card flex flex-col gap-3" aria-label="Teams">
        <TeamEditor Extra={TimelineLink} />
      </section>
    </>
  );
}

const tag = { name: 'tag' } as const;

function TimelineLink({ team: { name, tags } }: { team: Team }) {
  const q = print(any(tags.map((each) => has(tag, each))));
  return (
    <Link to="/home" search={{ q }} className="text-button" aria-label={`Timeline of ${name}`}>
      Timeline
    </Link>
  );
}

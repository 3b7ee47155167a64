import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { connectorTypesQuery } from '../../api/queries.js';
import { ConnectorLogo } from '../../components/connector-mark.js';
import { ProblemBox } from '../../components/problem-box.js';
import { SettingsHeading } from '../../components/settings-heading.js';

/** /settings/add: which type of connector. */
export function ChooseTypePage() {
  const types = useQuery(connectorTypesQuery);
  const offered = types.data?.filter(({ mode }) => mode !== 'internal') ?? [];
  return (
    <>
      <SettingsHeading title="Add an integration" />
      {types.isPending && <span className="skeleton h-24 w-full" role="status" aria-label="Loading" />}
      {types.isError && !types.data && (
        <ProblemBox
          error={types.error}
          what="The types of connectors could not be loaded"
          onRetry={() => void types.refetch()}
        />
      )}
      <ul className="grid gap-3 sm:grid-cols-2" aria-label="Types of connectors">
        {offered.map(({ type, name, description }) => (
          <li key={type}>
            <Link to="/settings/add/$type" params={{ type }} className="card type-choice">
              <ConnectorLogo type={type} size={24} />
              <span className="min-w-0">
                <bdi className="block font-semibold">{name}</bdi>
                <bdi className="text-muted">{description}</bdi>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}

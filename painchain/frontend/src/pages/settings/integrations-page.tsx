import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { integrationsQuery } from '../../api/queries.js';
import { refreshEveryMs } from '../../api/refresh.js';
import { useCommands } from '../../components/commands.js';
import { SettingsHeading } from '../../components/settings-heading.js';
import { Stale } from '../../components/stale.js';
import { IntegrationList } from '../../features/integrations/integration-list.js';

/** /settings: what is connected and how it is doing. */
export function IntegrationsPage() {
  const search = useSearch({ from: '/settings/' });
  const navigate = useNavigate({ from: '/settings/' });
  const integrations = useQuery(integrationsQuery(refreshEveryMs));
  const add = () => void navigate({ to: '/settings/add' });
  useCommands([{ id: 'add', title: 'Add an integration', section: 'Integration', run: add }]);
  return (
    <>
      <SettingsHeading title="Integrations">
        <Stale query={integrations} />
        {/* Where there is none, the page itself leads there. */}
        {integrations.data?.length !== 0 && (
          <Link to="/settings/add" className="button md:ml-auto">
            Add an integration
          </Link>
        )}
      </SettingsHeading>
      <IntegrationList
        search={search}
        onSearch={(next) => void navigate({ search: next, replace: true, resetScroll: false })}
      />
    </>
  );
}

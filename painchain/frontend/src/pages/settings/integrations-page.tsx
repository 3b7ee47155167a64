import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { integrationsQuery } from '../../api/queries.js';
import { SettingsHeading } from '../../components/settings-heading.js';
import { Stale } from '../../components/stale.js';
import { IntegrationList } from '../../features/integrations/integration-list.js';
import { refreshEveryMs } from '../../api/refresh.js';

/** /settings: what is connected and how it is doing. */
export function IntegrationsPage() {
  const search = useSearch({ from: '/settings/' });
  const navigate = useNavigate({ from: '/settings/' });
  return (
    <>
      <SettingsHeading title="Integrations">
        <Stale query={useQuery(integrationsQuery(refreshEveryMs))} />
      </SettingsHeading>
      <IntegrationList
        search={search}
        onSearch={(next) => void navigate({ search: next, replace: true, resetScroll: false })}
      />
    </>
  );
}

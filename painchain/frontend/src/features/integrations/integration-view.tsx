import type { IntegrationView as Integration } from '@painchain/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { integrationQuery } from '../../api/integrations.js';
import { isMissing } from '../../api/problem-error.js';
import { refreshEveryMs } from '../../api/refresh.js';
import { ConnectorLogo } from '../../components/connector-mark.js';
import { HealthMark } from '../../components/health.js';
import { ProblemBox } from '../../components/problem-box.js';
import { SettingsHeading } from '../../components/settings-heading.js';
import { Stale } from '../../components/stale.js';
import { CommandOutcome } from './command-outcome.js';
import { ConfigTree } from './config-tree.js';
import { ConfigurationChanges } from './configuration-changes.js';
import { IntegrationActions } from './integration-actions.js';
import { IntegrationCoverage } from './integration-coverage.js';
import { IntegrationFacts } from './integration-facts.js';
import { ManagedNote } from './managed-note.js';
import { SourceList } from './source-list.js';
import { TroubleBox } from './trouble-box.js';
import { useCommand } from './use-command.js';

const whileAskedEveryMs = 2_000;

/** One integration: everything of it. */
export function IntegrationView({ id }: { id: string }) {
  const ordered = useCommand(id);
  const query = useQuery(integrationQuery(id, ordered.isRunning ? whileAskedEveryMs : refreshEveryMs));
  if (query.isPending) return <span className="skeleton h-24 w-full" role="status" aria-label="Loading" />;
  if (!query.data || isMissing(query.error))
    return isMissing(query.error) ? (
      <Gone />
    ) : (
      <ProblemBox
        error={query.error}
        what="The integration could not be loaded"
        onRetry={() => void query.refetch()}
      />
    );
  const integration = query.data;
  return (
    <>
      <Link to="/settings" className="text-button self-start">
        ‹ All integrations
      </Link>
      <SettingsHeading title={integration.name} mark={<ConnectorLogo type={integration.type} size={24} />}>
        <HealthMark state={integration.health} />
        {integration.group !== null && (
          <span className="tag">
            <bdi>{integration.group}</bdi>
          </span>
        )}
        <Stale query={query} />
      </SettingsHeading>
      <IntegrationActions integration={integration} ordered={ordered} />
      <CommandOutcome ordered={ordered} integration={integration} />
      <Standing integration={integration} />
      <IntegrationFacts integration={integration} />
      <IntegrationCoverage id={id} />
      {integration.sources.length > 0 && <SourceList integration={integration} />}
      <section className="card flex flex-col gap-2" aria-labelledby="configuration">
        <h2 id="configuration" className="font-semibold">
          Configuration
        </h2>
        <ConfigTree config={integration.config} />
      </section>
      <ConfigurationChanges id={id} />
    </>
  );
}

/** What somebody should know before anything else. */
function Standing({ integration }: { integration: Integration }) {
  return (
    <>
      <ManagedNote integration={integration} />
      {integration.trouble && <TroubleBox trouble={integration.trouble} />}
      {integration.health === 'never_connected' && (
        <p className="card text-muted">
          No connector works through it yet. Where PainChain was started with npm start, one starts by itself
          within a few seconds; elsewhere start one of this type.
        </p>
      )}
    </>
  );
}

function Gone() {
  return (
    <>
      <SettingsHeading title="There is no such integration" />
      <p className="text-muted">It was removed, or the address is not complete.</p>
      <Link to="/settings" className="link self-start">
        See all integrations
      </Link>
    </>
  );
}

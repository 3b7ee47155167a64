import type { IntegrationView } from '@painchain/contract';
import { Link } from '@tanstack/react-router';
import { TriangleAlert, Unplug } from 'lucide-react';
import { CodedText } from '../../components/coded-text.js';
import { isBlind, lagOf } from '../../components/health.js';
import { useZone } from '../../components/clock.js';
import { clockTime, roughDuration } from '../../components/time-format.js';

type Props = {
  /** When the backend was last heard of, if it can't be reached now. */
  goneSince: number | undefined;
  integrations: IntegrationView[];
};

const order = ['action_required', 'failing', 'late', 'orphaned'];

/** One bar for all, worst first: a stack of bars would push the timeline off the screen. */
function blindest(integrations: IntegrationView[]): IntegrationView[] {
  const rank = ({ health }: IntegrationView) => order.indexOf(health);
  return integrations.filter(isBlind).sort((one, other) => rank(one) - rank(other));
}

/** What can't be seen: all of it, or some of its sources. */
function failing({ health, trouble, sources }: IntegrationView): string {
  if (health === 'late') return 'is late';
  const troubled = sources.filter((source) => source.trouble !== null).length;
  if (trouble !== null || troubled === sources.length) return 'is failing';
  return `can’t see ${troubled} of ${sources.length} sources`;
}

function sentence(integration: IntegrationView): string {
  const trouble = integration.trouble ?? integration.sources.find((source) => source.trouble)?.trouble;
  const lag = lagOf(integration);
  if (integration.health === 'orphaned')
    return 'is orphaned: its configuration file is gone, nothing is collected.';
  if (trouble) return `${failing(integration)}: ${trouble.detail} ${trouble.remedy}`;
  if (lag !== undefined) return `is ${roughDuration(lag)} behind.`;
  return integration.health === 'late' ? 'is behind.' : 'is failing.';
}

/** Bars that keep the timeline from lying: the backend is gone, or a source has not been seen for a while. */
export function Notices({ goneSince, integrations }: Props) {
  const zone = useZone();
  const [worst, ...others] = blindest(integrations);
  return (
    <>
      {goneSince !== undefined && (
        <div role="alert" className="bar bar-bad">
          <Unplug size={16} aria-hidden="true" />
          <span>
            The backend has not answered since {clockTime(goneSince, zone)}. What was loaded stays; it is
            asked again by itself.
          </span>
        </div>
      )}
      {worst && (
        <div role="status" className="bar bar-warning">
          <TriangleAlert size={16} aria-hidden="true" />
          <span className="line-clamp-2">
            <bdi className="font-semibold">{worst.name}</bdi> <CodedText text={sentence(worst)} />
          </span>
          {others.length > 0 ? (
            <Link to="/settings" className="link ml-auto shrink-0">
              and {others.length} more
            </Link>
          ) : (
            <Link to="/settings/integrations/$id" params={{ id: worst.id }} className="link ml-auto shrink-0">
              Details
            </Link>
          )}
        </div>
      )}
    </>
  );
}

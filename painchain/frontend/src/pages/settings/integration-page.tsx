import { useParams } from '@tanstack/react-router';
import { IntegrationView } from '../../features/integrations/integration-view.js';

/** /settings/integrations/$id: one integration. */
export function IntegrationPage() {
  return <IntegrationView id={useParams({ from: '/settings/integrations/$id' }).id} />;
}

import type { ConnectorTypeView } from '@painchain/contract';

/** How a type of connector comes to know of changes. */
export const modeWords: Record<ConnectorTypeView['mode'], string> = {
  poll: 'Polling',
  watch: 'Watching',
  webhook: 'Webhook',
  internal: 'By itself',
};

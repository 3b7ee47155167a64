import type { Tab } from '../../address/home-search.js';

export const tabNames: Record<Tab, string> = {
  overview: 'Overview',
  changes: 'Changes',
  around: 'Around',
  related: 'Related',
  raw: 'Raw',
};

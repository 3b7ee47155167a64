import type { HomeSearch } from '../../address/home-search.js';
import type { HomeChange } from '../../address/use-home.js';

type Props = {
  /** The moment, ISO 8601. */
  at: string;
  search: HomeSearch;
  change: HomeChange;
  /** In the panel of an event, where there is little room. */
  isCompact?: boolean;
};

/** What happened around a moment, everywhere. */
export function AroundView(props: Props) {
  void props;
  return null;
}

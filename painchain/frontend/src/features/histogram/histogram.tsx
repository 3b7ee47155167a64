import type { HomeSearch } from '../../address/home-search.js';
import type { HomeChange } from '../../address/use-home.js';

type Props = { search: HomeSearch; change: HomeChange };

/** How many events happened when. */
export function Histogram(props: Props) {
  void props;
  return null;
}

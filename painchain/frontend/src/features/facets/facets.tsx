import type { HomeSearch } from '../../address/home-search.js';
import type { HomeChange } from '../../address/use-home.js';

type Props = { search: HomeSearch; change: HomeChange };

/** How often each value of a field occurs; each is a condition in one click. */
export function Facets(props: Props) {
  void props;
  return null;
}

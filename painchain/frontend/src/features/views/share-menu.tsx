import type { HomeSearch } from '../../address/home-search.js';
import type { HomeChange } from '../../address/use-home.js';

type Props = { search: HomeSearch; change: HomeChange };

/** Takes what is on the screen elsewhere: as a link, or as a file. */
export function ShareMenu(props: Props) {
  void props;
  return null;
}

import type { HomeSearch } from '../../address/home-search.js';
import type { HomeChange } from '../../address/use-home.js';

type Props = { search: HomeSearch; change: HomeChange };

/** Saved views: open one, save what is on the screen. */
export function ViewMenu(props: Props) {
  void props;
  return null;
}

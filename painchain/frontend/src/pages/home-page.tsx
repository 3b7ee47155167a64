import { ZoneContext } from '../components/clock.js';
import { HomeView } from '../features/timeline/home-view.js';
import { useHomeSearch } from '../features/timeline/use-home-search.js';

/** /home: the timeline. */
export function HomePage() {
  const { search, change } = useHomeSearch();
  return (
    <ZoneContext value={search.zone ?? 'local'}>
      <HomeView search={search} change={change} />
    </ZoneContext>
  );
}

import { useHome } from '../../address/use-home.js';
import { ZoneContext } from '../../components/clock.js';
import { HomeView } from './home-view.js';

/** /home: the timeline. */
export function HomePage() {
  const { search, change } = useHome();
  return (
    <ZoneContext value={search.zone ?? 'local'}>
      <HomeView search={search} change={change} />
    </ZoneContext>
  );
}

import { Link, Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { Blocks, Cable, Users } from 'lucide-react';
import { useCommands } from '../../components/commands.js';
import { PageFrame } from '../../components/page-frame.js';
import { SaidPlace } from '../../components/said.js';
import '../../styles/settings.css';

const places = [
  { to: '/settings', name: 'Integrations', Icon: Cable },
  { to: '/settings/connectors', name: 'Connectors', Icon: Blocks },
  { to: '/settings/teams', name: 'Teams', Icon: Users },
] as const;

/** The frame of all pages of /settings: where one can go, and the page itself. */
export function SettingsFrame() {
  const { pathname } = useLocation();
  return (
    <PageFrame>
      <div className="settings">
        <SettingsNavigation pathname={pathname} />
        <SaidPlace pathname={pathname}>
          <div
            // Another page begins at its top.
            key={pathname}
            className="scroller"
            data-scrolls
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- on a phone nothing inside can have the focus that scrolling by keys needs
            tabIndex={0}
            role="region"
            aria-label="Settings"
          >
            <div className="settings-page">
              <Outlet />
            </div>
          </div>
        </SaidPlace>
      </div>
    </PageFrame>
  );
}

function SettingsNavigation({ pathname }: { pathname: string }) {
  const navigate = useNavigate();
  useCommands(
    places.map(({ to, name }) => ({
      id: `settings-${name}`,
      title: `Settings: ${name}`,
      section: 'Go',
      run: () => void navigate({ to }),
    })),
  );
  return (
    <nav aria-label="Settings" className="settings-nav">
      {places.map(({ to, name, Icon }) => (
        <Link
          key={to}
          to={to}
          className="settings-link"
          activeOptions={{ exact: true, includeSearch: false }}
          data-within={isWithin(pathname, to)}
          activeProps={{ 'aria-current': 'page' }}
        >
          <Icon size={16} aria-hidden="true" />
          {name}
        </Link>
      ))}
    </nav>
  );
}

/** One integration, and the form, are still among the integrations. */
function isWithin(pathname: string, to: string): boolean {
  if (to !== '/settings') return pathname.startsWith(to);
  return !places.some((place) => place.to !== to && pathname.startsWith(place.to));
}

import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Link,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { parseHomeSearch } from './address/home-search.js';
import { parseListSearch } from './address/list-search.js';
import { HomePage } from './pages/home/home-page.js';
import { parseSearchText, searchText } from './search-text.js';

function NotFound() {
  return (
    <main className="empty">
      <h1 className="text-lg font-semibold">There is no such page</h1>
      <Link to="/home" className="link">
        Go to the timeline
      </Link>
    </main>
  );
}

function Broken() {
  return (
    <main className="empty" role="alert">
      <h1 className="text-lg font-semibold">This page cannot be shown</h1>
      <p className="text-muted">
        Its address is kept. If it stays so, begin anew without what the address says.
      </p>
      <button type="button" className="button" onClick={() => location.reload()}>
        Load it again
      </button>
      <a href="/home" className="link">
        Go to the timeline
      </a>
    </main>
  );
}

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound });

const index = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/home', replace: true });
  },
});

const home = createRoute({
  getParentRoute: () => root,
  path: '/home',
  validateSearch: parseHomeSearch,
  component: HomePage,
});

const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: lazyRouteComponent(() => import('./pages/settings/settings-frame.js'), 'SettingsFrame'),
});

const integrations = createRoute({
  getParentRoute: () => settings,
  path: '/',
  validateSearch: parseListSearch,
  component: lazyRouteComponent(() => import('./pages/settings/integrations-page.js'), 'IntegrationsPage'),
});

const integration = createRoute({
  getParentRoute: () => settings,
  path: 'integrations/$id',
  component: lazyRouteComponent(() => import('./pages/settings/integration-page.js'), 'IntegrationPage'),
});

const teams = createRoute({
  getParentRoute: () => settings,
  path: 'teams',
  component: lazyRouteComponent(() => import('./pages/settings/teams-page.js'), 'TeamsPage'),
});

const connectors = createRoute({
  getParentRoute: () => settings,
  path: 'connectors',
  component: lazyRouteComponent(() => import('./pages/settings/connectors-page.js'), 'ConnectorsPage'),
});

const connecting = () => import('./features/connecting/index.js');

const chooseType = createRoute({
  getParentRoute: () => settings,
  path: 'add',
  component: lazyRouteComponent(connecting, 'ChooseTypePage'),
});

const addIntegration = createRoute({
  getParentRoute: () => settings,
  path: 'add/$type',
  component: lazyRouteComponent(connecting, 'AddIntegrationPage'),
});

const editIntegration = createRoute({
  getParentRoute: () => settings,
  path: 'integrations/$id/edit',
  component: lazyRouteComponent(connecting, 'EditIntegrationPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    index,
    home,
    settings.addChildren([
      integrations,
      integration,
      editIntegration,
      chooseType,
      addIntegration,
      teams,
      connectors,
    ]),
  ]),
  parseSearch: parseSearchText,
  stringifySearch: searchText,
  defaultPreload: 'intent',
  defaultErrorComponent: Broken,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from '@tanstack/react-router';
import { renderToString } from 'react-dom/server';
import { expect, it } from 'vitest';
import { parseSearchText, searchText } from '../search-text.js';
import { type HomeSearch, parseHomeSearch } from './home-search.js';
import { useHome } from './use-home.js';

/** The state of /home at an address. */
async function homeAt(address: string): Promise<HomeSearch | undefined> {
  let found: HomeSearch | undefined;
  const root = createRootRoute();
  const route = createRoute({
    getParentRoute: () => root,
    path: '/home',
    validateSearch: parseHomeSearch,
    component: function Home() {
      found = useHome().search;
      return null;
    },
  });
  const router = createRouter({
    routeTree: root.addChildren([route]),
    history: createMemoryHistory({ initialEntries: [address] }),
    parseSearch: parseSearchText,
    stringifySearch: searchText,
  });
  await router.load();
  renderToString(<RouterProvider router={router as never} />);
  return found;
}

it('leaves out of an address what makes no sense', async () => {
  const broken = '/home?at=garbage&w=0m&tab=nowhere&range=soon&e=%3Cscript%3E&cols=%5B&project=';
  expect(await homeAt(broken)).toEqual({});
  expect(await homeAt('/home?tab=raw&e=evt_1&w=0m')).toEqual({ tab: 'raw', e: 'evt_1' });
});

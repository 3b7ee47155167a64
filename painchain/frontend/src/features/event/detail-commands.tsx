import type { StoredEvent } from '@painchain/contract';
import { tabs } from '../../address/home-search.js';
import type { HomeChange } from '../../address/use-home.js';
import { type Command, useCommands } from '../../components/commands.js';
import { copyText } from '../../components/copy-button.js';
import type { Fullness } from './detail-head.js';
import { tabNames } from './tab-names.js';

type Props = { event: StoredEvent | undefined; fullness: Fullness | undefined; change: HomeChange };

/** What the keys do while an event is open. */
export function DetailCommands({ event, fullness, change }: Props) {
  const section = 'Event';
  const ofTabs: Command[] = tabs.map((tab, index) => ({
    id: `tab-${tab}`,
    title: `Tab ${tabNames[tab]}`,
    section,
    keys: tab === 'related' ? ['r', String(index + 1)] : [String(index + 1)],
    run: () => change.tab(tab),
  }));
  useCommands([
    ...ofTabs,
    {
      id: 'event-around',
      title: 'Everything around the event',
      section,
      keys: ['a'],
      run: event && (() => change.around(new Date(event.timestamp).toISOString())),
    },
    {
      id: 'event-link',
      title: 'Copy a link to the event',
      section,
      keys: ['c'],
      run: () => void copyText(location.href),
    },
    {
      id: 'event-full',
      title: 'Full width, or beside the list',
      section,
      keys: ['f'],
      run: fullness && (() => fullness.onFull(!fullness.isFull)),
    },
    {
      id: 'event-beside',
      title: 'Beside the list again',
      section,
      keys: ['Escape'],
      run: fullness?.isFull ? () => fullness.onFull(false) : undefined,
    },
  ]);
  return null;
}

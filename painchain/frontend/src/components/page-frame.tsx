import { useNavigate } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { lazy, type ReactNode, useMemo, useState } from 'react';
import { connectorTypesQuery } from '../api/queries.js';
import { AppShell } from './app-shell.js';
import { CommandRegistry, CommandsContext, useCommandKeys, useCommands } from './commands.js';
import { ConnectorTypesContext } from './connector-mark.js';
import { LoadedModal } from './loaded.js';
import { usePageTitle } from './page-title.js';
import { usePreference } from './preferences.js';

const HelpDialog = lazy(() => import('./help-dialog.js').then((module) => ({ default: module.HelpDialog })));
const CommandPalette = lazy(() =>
  import('./command-palette.js').then((module) => ({ default: module.CommandPalette })),
);

type Props = {
  /** Left out where a part of the page says it. */
  title?: string;
  live?: ReactNode;
  children: ReactNode;
};

/** What every page has: the frame, its commands with their keys, and what the connectors say of themselves. */
export function PageFrame({ title, live, children }: Props) {
  const [registry] = useState(() => new CommandRegistry());
  const [singleKeys] = usePreference('single-keys');
  const [open, setOpen] = useState<'help' | 'palette'>();
  const types = useQuery(connectorTypesQuery);
  const byType = useMemo(() => new Map(types.data?.map((type) => [type.type, type])), [types.data]);
  usePageTitle(title);
  useCommandKeys(registry, singleKeys !== 'off');
  const close = () => setOpen(undefined);
  return (
    <CommandsContext value={registry}>
      <ConnectorTypesContext value={byType}>
        <PageCommands onOpen={setOpen} />
        <AppShell live={live} onHelp={() => setOpen('help')} onPalette={() => setOpen('palette')}>
          {children}
        </AppShell>
        {open && (
          <LoadedModal title={open === 'help' ? 'Keyboard help' : 'Commands'} onClose={close}>
            {open === 'help' ? <HelpDialog onClose={close} /> : <CommandPalette onClose={close} />}
          </LoadedModal>
        )}
      </ConnectorTypesContext>
    </CommandsContext>
  );
}

function PageCommands({ onOpen }: { onOpen(dialog: 'help' | 'palette'): void }) {
  const navigate = useNavigate();
  useCommands([
    { id: 'home', title: 'Home', section: 'Go', keys: ['g h'], run: () => void navigate({ to: '/home' }) },
    {
      id: 'settings',
      title: 'Settings',
      section: 'Go',
      keys: ['g s'],
      run: () => void navigate({ to: '/settings' }),
    },
    { id: 'palette', title: 'Command palette', section: 'Go', keys: ['Mod+k'], run: () => onOpen('palette') },
    { id: 'help', title: 'Keyboard help', section: 'Go', keys: ['?'], run: () => onOpen('help') },
  ]);
  return null;
}

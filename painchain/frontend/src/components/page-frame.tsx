import { useNavigate } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { connectorTypesQuery } from '../api/queries.js';
import { AppShell } from './app-shell.js';
import { ConnectorTypesContext } from './connector-mark.js';
import { HelpDialog } from './help-dialog.js';
import { type Hotkeys, useHotkeys } from './use-hotkeys.js';

type Props = { title: string; live?: ReactNode; keys?: Hotkeys; children: ReactNode };

/** What every page has: the frame, the keys that work everywhere, and what the connectors say of themselves. */
export function PageFrame({ title, live, keys, children }: Props) {
  const navigate = useNavigate();
  const [help, setHelp] = useState(false);
  const types = useQuery(connectorTypesQuery);
  const byType = useMemo(() => new Map(types.data?.map((type) => [type.type, type])), [types.data]);
  useEffect(() => {
    document.title = `${title} · PainChain`;
  }, [title]);
  useHotkeys({
    ...keys,
    'g h': () => void navigate({ to: '/home' }),
    'g s': () => void navigate({ to: '/settings' }),
    '?': () => setHelp(true),
  });
  return (
    <ConnectorTypesContext value={byType}>
      <AppShell live={live} onHelp={() => setHelp(true)}>
        {children}
      </AppShell>
      <HelpDialog open={help} onClose={() => setHelp(false)} />
    </ConnectorTypesContext>
  );
}

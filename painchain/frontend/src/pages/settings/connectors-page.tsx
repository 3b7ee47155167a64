import { SettingsHeading } from '../../components/settings-heading.js';
import { ConnectorList } from '../../features/connectors/connector-list.js';
import { TypeList } from '../../features/connectors/type-list.js';

/** /settings/connectors: which connectors run, and which types there are. */
export function ConnectorsPage() {
  return (
    <>
      <SettingsHeading title="Connectors" />
      <ConnectorList />
      <TypeList />
    </>
  );
}

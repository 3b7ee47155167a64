import { PageFrame } from '../components/page-frame.js';
import { ConnectorList } from '../features/integrations/connector-list.js';
import { IntegrationsView } from '../features/integrations/integrations-view.js';

/** /settings: what is connected and how it is doing. */
export function SettingsPage() {
  return (
    <PageFrame title="Settings">
      <div
        className="scroller"
        data-scrolls
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- on a phone nothing inside can have the focus that scrolling by keys needs
        tabIndex={0}
        role="region"
        aria-label="Settings"
      >
        <div className="mx-auto flex w-full max-w-5xl flex-col gap-8 p-4 pb-16 md:p-6">
          <h1 className="text-xl font-semibold">Settings</h1>
          <IntegrationsView />
          <ConnectorList />
        </div>
      </div>
    </PageFrame>
  );
}

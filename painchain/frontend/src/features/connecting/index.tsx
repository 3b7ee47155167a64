import { SettingsHeading } from '../../components/settings-heading.js';

/** /settings/add: which type of connector. */
export function ChooseTypePage() {
  return <SettingsHeading title="Add an integration" />;
}

/** /settings/add/$type: the configuration of another integration. */
export function AddIntegrationPage() {
  return <SettingsHeading title="Add an integration" />;
}

/** /settings/integrations/$id/edit: the configuration of one there is. */
export function EditIntegrationPage() {
  return <SettingsHeading title="Edit an integration" />;
}

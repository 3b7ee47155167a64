import type { ConnectorTypeView, IntegrationView } from '@painchain/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { integrationQuery } from '../../api/integrations.js';
import { isMissing } from '../../api/problem-error.js';
import { connectorTypesQuery } from '../../api/queries.js';
import { ConnectorLogo } from '../../components/connector-mark.js';
import { ProblemBox } from '../../components/problem-box.js';
import { useSay } from '../../components/said.js';
import { SettingsHeading } from '../../components/settings-heading.js';
import { type Draft, draftOf, emptyDraft } from './draft.js';
import { Editor } from './editor.js';
import { register, update } from './save.js';

/** /settings/add/$type: the configuration of another integration. */
export function AddIntegrationPage() {
  const { type = '' } = useParams({ strict: false });
  const types = useQuery(connectorTypesQuery);
  const found = types.data?.find((each) => each.type === type && each.mode !== 'internal');
  return (
    <>
      <SettingsHeading
        title={found ? `Add ${found.name}` : 'Add an integration'}
        mark={<ConnectorLogo type={type} size={20} />}
      />
      <Fetched query={types} what="The types of connectors could not be loaded">
        {found ? (
          <Saved key={type} type={found} saveLabel="Save and connect" save={register} />
        ) : (
          <NoSuchType />
        )}
      </Fetched>
    </>
  );
}

/** /settings/integrations/$id/edit: the configuration of one there is. */
export function EditIntegrationPage() {
  const { id = '' } = useParams({ strict: false });
  const types = useQuery(connectorTypesQuery);
  // It is edited as it is now, and does not change while somebody types.
  const query = useQuery({ ...integrationQuery(id, false), refetchOnMount: 'always' });
  const integration = query.data;
  const type = types.data?.find((each) => each.type === integration?.type);
  return (
    <>
      <SettingsHeading
        title={integration ? `Edit ${integration.name}` : 'Edit an integration'}
        mark={integration && <ConnectorLogo type={integration.type} size={20} />}
      />
      {isMissing(query.error) ? (
        <p>
          There is no such integration. <SeeAll />
        </p>
      ) : (
        <Fetched
          query={{ ...query, isPending: !query.isFetchedAfterMount }}
          what="The integration could not be loaded"
        >
          <Fetched query={types} what="The types of connectors could not be loaded">
            {integration && <Known key={id} integration={integration} type={type} />}
          </Fetched>
        </Fetched>
      )}
    </>
  );
}

type KnownProps = { integration: IntegrationView; type: ConnectorTypeView | undefined };

function Known({ integration, type }: KnownProps) {
  const { id, managed_by, file } = integration;
  if (managed_by === 'file') {
    return (
      <p>
        It is defined in <code className="value-code">{file}</code>: change it there. <SeeAll />
      </p>
    );
  }
  if (!type) {
    return (
      <p>
        No connector of the type <code className="value-code">{integration.type}</code> has said yet what can
        be configured. As soon as one runs, it can be edited here. <SeeAll />
      </p>
    );
  }
  const save = (draft: Draft, before: Draft) => update(id, draft, before);
  return <Saved type={type} integration={integration} saveLabel="Save" save={save} />;
}

type SavedProps = {
  type: ConnectorTypeView;
  integration?: IntegrationView;
  saveLabel: string;
  save(draft: Draft, before: Draft): Promise<IntegrationView>;
};

/** The editor, and what follows when it is saved: the integration's own page, where it can be tested. */
function Saved({ type, integration, saveLabel, save }: SavedProps) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const say = useSay();
  // What is stored may be asked for anew while somebody types.
  const [initial] = useState(() => (integration ? draftOf(integration) : emptyDraft(type.type)));
  const show = (id: string) => navigate({ to: '/settings/integrations/$id', params: { id } });
  const saving = useMutation({
    mutationFn: (draft: Draft) => save(draft, initial),
    onSuccess: async (saved) => {
      const { id, name } = saved;
      client.setQueryData(['integration', id], saved);
      await client.invalidateQueries({ queryKey: ['integrations'] });
      say(`${name} is saved.`);
      await show(id);
    },
  });
  const cancel = () => void (integration ? show(integration.id) : navigate({ to: '/settings' }));
  return (
    <Editor
      type={type}
      initial={initial}
      saveLabel={saveLabel}
      isSaving={saving.isPending}
      error={saving.error}
      onSave={(draft) => saving.mutate(draft)}
      onCancel={cancel}
    />
  );
}

function NoSuchType() {
  return (
    <p>
      There is no such type of connector.{' '}
      <Link to="/settings/add" className="link">
        See those there are
      </Link>
    </p>
  );
}

function SeeAll() {
  return (
    <Link to="/settings" className="link">
      See all integrations
    </Link>
  );
}

type FetchedProps = {
  query: { isPending: boolean; isError: boolean; error: Error | null; data: unknown; refetch(): unknown };
  what: string;
  children: ReactNode;
};

function Fetched({ query, what, children }: FetchedProps) {
  if (query.isPending) return <span className="skeleton h-24 w-full" role="status" aria-label="Loading" />;
  if (query.isError && query.data === undefined) {
    return <ProblemBox error={query.error} what={what} onRetry={() => void query.refetch()} />;
  }
  return children;
}

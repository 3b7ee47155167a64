import type { IntegrationView } from '@painchain/contract';
import { registerIntegration, updateIntegration } from '../../api/integrations.js';
import { ProblemError } from '../../api/problem-error.js';
import type { Draft } from './draft.js';
import type { ConfigFault } from './form/config-form.js';
import { sendable } from './kept-secret.js';

/** Registers another integration. */
export function register(draft: Draft): Promise<IntegrationView> {
  const { type, name, group } = draft;
  return registerIntegration({
    type,
    name: name.trim(),
    ...(group.trim() !== '' && { group: group.trim() }),
    config: draft.config,
  });
}

/** Changes one. `before` is what was stored when somebody began to edit it. */
export function update(id: string, draft: Draft, before: Draft): Promise<IntegrationView> {
  const group = draft.group.trim();
  return updateIntegration(id, {
    name: draft.name.trim(),
    group: group === '' ? null : group,
    config: sendable(draft.config, before.config),
  });
}

/** What the server says of single settings, by where they are in the configuration. */
export function configFaults(error: unknown): ConfigFault[] {
  if (!(error instanceof ProblemError)) return [];
  return (error.problem.errors ?? []).flatMap(({ pointer, detail }) => {
    const [, first, ...path] = pointer
      .split('/')
      .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
    return first === 'config' ? [{ path, detail }] : [];
  });
}

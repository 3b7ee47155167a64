import type { Scope } from './cluster.js';

/** A rule of a role, as RBAC has it. */
export interface Rule {
  apiGroups: string[];
  resources: string[];
  resourceNames?: string[];
  verbs: string[];
}

/** The group in `apps/v1`; the core's is empty. */
export function groupOf(groupVersion: string): string {
  return groupVersion.includes('/') ? groupVersion.slice(0, groupVersion.indexOf('/')) : '';
}

/** What a kind needs to be watched. */
export function ruleOf({ groupVersion, plural }: Scope['resource']): Rule {
  return { apiGroups: [groupOf(groupVersion)], resources: [plural], verbs: ['list', 'watch'] };
}

/** What asking for the identity of the cluster needs. Within kube-system a Role may give it, too. */
export const identityRule: Rule = {
  apiGroups: [''],
  resources: ['namespaces'],
  resourceNames: ['kube-system'],
  verbs: ['get'],
};

/** As it stands in a manifest, on one line. */
export function inWords(rule: Rule): string {
  return Object.entries(rule)
    .map(([name, words]) => `${name}: ${JSON.stringify(words)}`)
    .join(', ');
}

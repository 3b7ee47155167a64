import { type Answer, refused } from './answer.js';
import type { Target } from './target.js';

/** As a role has it. */
export interface Rule {
  apiGroups: readonly string[];
  resources: readonly string[];
  verbs: readonly string[];
  resourceNames?: readonly string[] | undefined;
}

/** What a token may: everywhere, and in single namespaces. */
export interface Rights {
  cluster: readonly Rule[];
  namespaces?: Readonly<Record<string, readonly Rule[]>>;
}

/** Who asks, as refusals name it. */
const user = 'system:serviceaccount:painchain:painchain';

const names = (words: readonly string[], word: string) => words.includes('*') || words.includes(word);

function allows({ apiGroups, resources, verbs, resourceNames }: Rule, target: Target): boolean {
  return (
    names(apiGroups, target.group) &&
    names(resources, target.plural) &&
    names(verbs, target.verb) &&
    (!resourceNames || (target.name !== undefined && resourceNames.includes(target.name)))
  );
}

/** The refusal of what these rights don't give. */
export function forbidden(target: Target, rights: Rights): Answer | undefined {
  // A namespace is, for rights, inside of itself.
  const place = target.namespace ?? (target.plural === 'namespaces' ? target.name : undefined);
  const rules = [...rights.cluster, ...(place === undefined ? [] : (rights.namespaces?.[place] ?? []))];
  if (rules.some((rule) => allows(rule, target))) return undefined;
  const resource = target.group === '' ? target.plural : `${target.plural}.${target.group}`;
  const name = target.name === undefined ? '' : ` "${target.name}"`;
  const where =
    target.namespace === undefined ? 'at the cluster scope' : `in the namespace "${target.namespace}"`;
  return refused(
    403,
    `${resource}${name} is forbidden: User "${user}" cannot ${target.verb} resource "${target.plural}" in API group "${target.group}" ${where}`,
  );
}

import { type ProjectAsk, type Route, json, list, notFound } from './reply.js';

const lists = /^(?:protected_branches|protected_tags|protected_environments|hooks|variables)$/;

/** What a maintainer has set, as the world holds it by its path; lists are paged. */
function setting({ project }: ProjectAsk, path: string) {
  const found = project.configuration.get(path);
  if (Array.isArray(found)) return list(found);
  if (found !== undefined) return json(found);
  return lists.test(path) ? list([]) : notFound();
}

export const configurationRoutes: Route<ProjectAsk>[] = [
  [
    /^((?:protected_branches|protected_tags|protected_environments|hooks|variables|approvals|push_rule|approval_rules)(?:\/.+)?)$/,
    setting,
  ],
];

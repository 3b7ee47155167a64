import { type RepositoryAsk, type Route, json, list, notFound } from './reply.js';

const empty: Record<string, unknown> = { environments: { total_count: 0, environments: [] } };

/** What an administrator has set, as the world holds it by its path; lists are paged. */
function setting({ repository }: RepositoryAsk, path: string) {
  const found = repository.configuration.get(path) ?? empty[path];
  if (Array.isArray(found)) return list(found);
  if (found !== undefined) return json(found);
  return /^(?:rulesets|hooks)$/.test(path) ? list([]) : notFound;
}

export const configurationRoutes: Route<RepositoryAsk>[] = [
  [/^(rulesets(?:\/\d+)?|environments|hooks|branches\/.+\/protection)$/, setting],
];

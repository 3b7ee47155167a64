import { preference, setPreference, textList } from '../../components/preferences.js';

const mostRecent = 20;

/** The queries that ran last, with this one first. */
export function withRecent(queries: readonly string[], query: string): string[] {
  const text = query.trim();
  return text === '' ? [...queries] : [text, ...queries.filter((each) => each !== text)].slice(0, mostRecent);
}

export function remember(query: string): void {
  const queries = textList(preference('recent-queries'));
  setPreference('recent-queries', JSON.stringify(withRecent(queries, query)));
}

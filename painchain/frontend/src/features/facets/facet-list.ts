import { limits } from '@painchain/contract/limits';
import { printField, readField } from '@painchain/query';

/** The facets that everybody has, in their order. */
const ownFacets = ['connector', 'project', 'status', 'actor', 'tag', 'environment', 'type'];

/** Of these each event has its own value, so that there is nothing to count. */
const uncountable = new Set(['id', 'timestamp', 'received_at']);

/** The name of a field that can be a facet, as the query language prints it. */
function facetName(text: string): string | undefined {
  const field = readField(text);
  return field && !uncountable.has(field.name) ? printField(field) : undefined;
}

/** The facets of a reader: first what is pinned, then everybody's, then what was added. Each once. */
export function facetList(pinned: readonly string[], added: readonly string[]): string[] {
  const names = [...pinned, ...ownFacets, ...added].flatMap((text) => facetName(text) ?? []);
  return [...new Set(names)].slice(0, limits.facets);
}

export function isOwnFacet(name: string): boolean {
  return ownFacets.includes(name);
}

/** Whether a field that events have may be added to these facets. */
export function isAddable(field: string, facets: readonly string[]): boolean {
  const name = facetName(field);
  return name !== undefined && !facets.includes(name);
}

/** A list with the text taken out, or put at its end when it is not there. */
export function toggled(list: readonly string[], text: string): string[] {
  return list.includes(text) ? list.filter((each) => each !== text) : [...list, text];
}

export function facetLabel(name: string): string {
  return name.startsWith('data.') ? name.slice(5) : name.charAt(0).toUpperCase() + name.slice(1);
}

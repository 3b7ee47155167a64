import type { IntegrationHealth, IntegrationView } from '@painchain/contract';
import type { ListOrder, ListSearch } from '../../address/list-search.js';
import { lagOf } from '../../components/health.js';
import { healthOrder } from './standing.js';

/** Events of the last 24 hours by integration, hour by hour. */
export type Activity = ReadonlyMap<string, readonly number[]>;

export function eventsOf(hours: readonly number[]): number {
  return hours.reduce((sum, count) => sum + count, 0);
}

/** The value to order by; undefined goes last, whichever way. */
type Value = string | number | undefined;

function valueOf(order: ListOrder, activity: Activity | undefined): (of: IntegrationView) => Value {
  return {
    name: ({ name }: IntegrationView) => name,
    heartbeat: ({ last_heartbeat }: IntegrationView) => last_heartbeat ?? undefined,
    sync: ({ last_sync }: IntegrationView) => last_sync ?? undefined,
    event: ({ last_event_at }: IntegrationView) => last_event_at ?? undefined,
    lag: lagOf,
    events: ({ id }: IntegrationView) => activity && eventsOf(activity.get(id) ?? []),
  }[order];
}

/** Team 9 comes before team 10. */
const asPeopleSort = new Intl.Collator('en', { numeric: true });

function compare(one: Value, other: Value, sign: 1 | -1): number {
  if (one === undefined || other === undefined)
    return Number(one === undefined) - Number(other === undefined);
  if (typeof one === 'number' && typeof other === 'number') return sign * (one - other);
  return sign * asPeopleSort.compare(String(one), String(other));
}

/** The integrations that are looked for, in the order that is wanted: without one, the worst first. */
export function arranged(
  integrations: readonly IntegrationView[],
  { find, state, sort }: ListSearch,
  activity?: Activity,
): IntegrationView[] {
  const found = integrations.filter(
    (each) => (state === undefined || each.health === state) && isFound(each, find),
  );
  const sign = sort?.startsWith('-') ? -1 : 1;
  const value = sort && valueOf(sort.replace('-', '') as ListOrder, activity);
  return found.toSorted(
    (one, other) =>
      (value ? compare(value(one), value(other), sign) : 0) ||
      healthOrder.indexOf(one.health) - healthOrder.indexOf(other.health) ||
      compare(one.name, other.name, 1),
  );
}

/** Each word that is typed must stand in the name, the group or the type. */
function isFound({ name, group, type }: IntegrationView, find = ''): boolean {
  const text = `${name} ${group ?? ''} ${type}`.toLowerCase();
  return find
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** How many integrations are in which state, the worst state first. */
export function countedStates(integrations: readonly IntegrationView[]): [IntegrationHealth, number][] {
  return healthOrder.flatMap((state): [IntegrationHealth, number][] => {
    const count = integrations.filter(({ health }) => health === state).length;
    return count === 0 ? [] : [[state, count]];
  });
}

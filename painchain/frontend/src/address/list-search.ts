/** What the list of integrations can be put in order by; absent: the worst first. */
export const listOrders = ['name', 'heartbeat', 'sync', 'event', 'lag', 'events'] as const;
export type ListOrder = (typeof listOrders)[number];

/** All state of the list of integrations: what is searched for, which state is shown, and the order. */
export type ListSearch = { find?: string; state?: string; sort?: ListOrder | `-${ListOrder}` };

const longest = 200;

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value.slice(0, longest) : undefined;
}

/** Reads an address by hand: what makes no sense is left out, so that a broken link still shows the list. */
export function parseListSearch(raw: Record<string, unknown>): ListSearch {
  const [find, state] = [text(raw['find']), text(raw['state'])];
  const sort = listOrders.flatMap((each) => [each, `-${each}`] as const).find((each) => each === raw['sort']);
  return { ...(find && { find }), ...(state && { state }), ...(sort && { sort }) };
}

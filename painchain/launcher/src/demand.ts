import { z } from 'zod';

const Integrations = z.object({
  integrations: z.array(z.looseObject({ type: z.string(), managed_by: z.string(), health: z.string() })),
});
const Processes = z.object({ connectors: z.array(z.looseObject({ type: z.string(), state: z.string() })) });

/** What the backend knows of a type: whether anybody needs a connector of it, and how many there are. */
export interface Demand {
  /** Types of which something is connected in the interface, and not paused. */
  wanted: ReadonlySet<string>;
  /** How many connectors of each type run. */
  running: ReadonlyMap<string, number>;
}

/** Reads the backend's answers. @throws when they are none. */
export function demandIn(integrations: unknown, connectors: unknown): Demand {
  const wanted = Integrations.parse(integrations)
    .integrations.filter(({ managed_by, health }) => managed_by === 'api' && health !== 'paused')
    .map(({ type }) => type);
  const running = new Map<string, number>();
  for (const { type, state } of Processes.parse(connectors).connectors) {
    if (state === 'running') running.set(type, (running.get(type) ?? 0) + 1);
  }
  return { wanted: new Set(wanted), running };
}

/**
 * Which types need a connector of ours and which no longer do.
 *
 * @param ours types of which we have started one
 * @param configured types of which a connector with a file runs: it takes what is registered along
 */
export function decide(
  { wanted, running }: Demand,
  ours: readonly string[],
  configured: readonly string[],
): { start: string[]; stop: string[] } {
  const isServed = (type: string) => configured.includes(type) || (running.get(type) ?? 0) > 0;
  // Only when both are known to run: one that fails at once must not take the other's place.
  const isReplaced = (type: string) => configured.includes(type) && (running.get(type) ?? 0) > 1;
  return {
    start: [...wanted].filter((type) => !ours.includes(type) && !isServed(type)),
    stop: ours.filter((type) => !wanted.has(type) || isReplaced(type)),
  };
}

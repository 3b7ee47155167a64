import { Chance } from '../chance.js';
import type { PretendPlace, PretendWorld } from './world.js';

/** Something that people do somewhere; where it makes no sense just then, nothing happens. */
export type Deed<Place> = (place: Place, chance: Chance) => void;

/** Deeds, and how often each is done beside the others. */
export type Deeds<Place> = readonly (readonly [Deed<Place>, weight: number])[];

export interface Lifetime {
  seed: number;
  /** In milliseconds since 1970. */
  from: number;
  until: number;
  /** Between two deeds, on average. */
  everyMs: number;
}

function doSomething<Place>(deeds: Deeds<Place>, place: Place, chance: Chance): void {
  let left = chance.next() * deeds.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [deed, weight] of deeds) {
    left -= weight;
    if (left < 0) return deed(place, chance);
  }
}

/**
 * Lets people work somewhere, always the same way for one seed; what they have begun by the end they finish.
 *
 * @param begin what must be there before anybody can do anything
 */
export function liveBy<Place extends PretendPlace<PretendWorld>>(
  deeds: Deeds<Place>,
  place: Place,
  { seed, from, until, everyMs }: Lifetime,
  begin: (place: Place) => void,
): void {
  const { world } = place;
  const chance = new Chance(seed);
  const next = () => {
    const at = Math.round((world.now() + chance.between(0.2, 1.8) * everyMs) / 1_000) * 1_000;
    if (at >= until) return;
    world.plan(at, () => {
      doSomething(deeds, place, chance);
      next();
    });
  };
  world.plan(from, () => {
    begin(place);
    next();
  });
}

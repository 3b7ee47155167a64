import type { World } from './world/world.js';

const two = (value: number) => String(value).padStart(2, '0');

/** An instant as GitLab writes it, in the server's time zone. */
export function written(world: World, ms: number): string {
  const { zoneMinutes: zone } = world;
  const local = new Date(ms + zone * 60_000).toISOString();
  if (zone === 0) return local;
  const minutes = Math.abs(zone);
  return local.replace('Z', `${zone < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`);
}

export function maybe(world: World, ms: number | undefined): string | null {
  return ms === undefined ? null : written(world, ms);
}

const instant = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?$/;

/** The instant that a parameter names. A `+` that wasn't encoded has become a space, which no instant has. */
export function instantOf(text: string): number | undefined {
  const at = instant.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}

/** A user as GitLab shows one beside everything. */
export function userOf(username: string) {
  const id = [...username].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % 1_000_000;
  return {
    id,
    username,
    name: username,
    state: 'active',
    locked: false,
    avatar_url: null,
    web_url: `https://gitlab.test/${username}`,
  };
}

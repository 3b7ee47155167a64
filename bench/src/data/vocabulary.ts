import { skewed } from './random.js';

// What commit messages are mostly made of; behind it comes a long tail of words that are rare.
const frequent =
  `fix add the update for to in of and remove test use build when from with on by default config support version
   allow make release error handle bump docs change move check return request set type api new user cache client
   server service deploy rollback timeout retry queue index query table schema migration token session header
   response metric alert trace log level pod node volume secret route handler worker batch stream event`.split(
    /\s+/,
  );
const onsets = ['b', 'ch', 'd', 'f', 'g', 'k', 'l', 'm', 'n', 'p', 'r', 's', 't', 'v', 'w', 'z'];
const vowels = ['a', 'e', 'i', 'o', 'u'];
const syllables = onsets.flatMap((onset) => vowels.map((vowel) => onset + vowel));
const tail = 6_000;

/** In about a tenth of all events, in 40 of them, in none; and how a word begins in about one of 300 events. */
export const words = {
  common: 'checkout',
  rare: 'quokkafluke',
  absent: 'wombatless',
  prefix: 'vel',
} as const;

/** The word of a rank: a real one for the first hundred, then a made-up one of three syllables. */
function wordOf(rank: number): string {
  const real = frequent[rank];
  if (real !== undefined) return real;
  const number = rank * 7_919;
  return [0, 1, 2]
    .map((place) => syllables[Math.floor(number / syllables.length ** place) % syllables.length])
    .join('')
    .concat('n');
}

export function sentence(random: () => number, length: number): string {
  return Array.from({ length }, () => wordOf(skewed(random, tail))).join(' ');
}

import type { Zone } from '../../components/clock.js';
import { clockTime, exactTime } from '../../components/time-format.js';
import type { Gap, Sight } from './sight.js';

/** `acme/api and 2 more of build farm was not seen completely between 10:35:04 and 11:05:00: No token.` */
export function gapSentence({ name, sources, fromMs, toMs, why }: Gap, zone: Zone): string {
  const [first, ...others] = sources;
  const whose = first === undefined || first === name ? name : `${first}${more(others)} of ${name}`;
  const verb = others.length > 0 ? 'were' : 'was';
  const stretch = `between ${clockTime(fromMs, zone)} and ${clockTime(toMs, zone)}`;
  return `${whose} ${verb} not seen completely ${stretch}${why === undefined ? '.' : `: ${why}`}`;
}

/** What was seen completely; undefined where no source tells. */
export function wholeSentence(
  { gaps, whole, wholeUntilMs }: Sight,
  toMs: number,
  zone: Zone,
): string | undefined {
  if (whole === 0) return undefined;
  const which = { all: 'All', other: 'The other' }[gaps.length === 0 ? 'all' : 'other'];
  const sources =
    whole === 1 ? (gaps.length === 0 ? 'The only source was' : 'The other source was') : undefined;
  const seen = wholeUntilMs >= toMs ? 'to the end of this window' : `until ${clockTime(wholeUntilMs, zone)}`;
  return `${sources ?? `${which} ${whole} sources were`} seen completely ${seen}.`;
}

/** What of the window lies before anybody looked. */
export function laterSentence({ connectedLater }: Sight, zone: Zone): string | undefined {
  const [latest, ...others] = connectedLater.toSorted((one, other) => other.atMs - one.atMs);
  if (!latest) return undefined;
  const who = `${latest.name}${more(others)}`;
  const when =
    others.length > 0 ? `by ${exactTime(latest.atMs, zone)}` : `at ${exactTime(latest.atMs, zone)}`;
  return `${who} ${others.length > 0 ? 'were' : 'was'} connected only ${when}: of what lies before, only what was collected afterwards is shown.`;
}

function more(others: readonly unknown[]): string {
  return others.length > 0 ? ` and ${others.length} more` : '';
}

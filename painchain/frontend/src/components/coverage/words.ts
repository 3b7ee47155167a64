import type { Coverage, CoverageKind, CoverageStretch, IntegrationCoverage } from '@painchain/contract';
import type { Tone } from '@painchain/contract/tone';
import type { Zone } from '../clock.js';
import { clockTime, exactTime, shortDay, zoneName } from '../time-format.js';
import { connectedAt, isAnythingSeen, withGaps, worstGap } from './gaps.js';

/** What is said of a window in a few words, and how much it should worry. */
export type Finding = { tone: Tone; text: string };

const kindWords: Record<CoverageKind, string> = {
  complete: 'seen completely',
  pending: 'not looked at yet',
  late: 'late',
  blind: 'blind',
  reconstructed: 'made out afterwards',
  not_connected: 'not connected',
};

export const kindTones: Record<CoverageKind, Tone> = {
  complete: 'good',
  pending: 'neutral',
  late: 'warning',
  blind: 'bad',
  reconstructed: 'active',
  not_connected: 'neutral',
};

export function kindWord(kind: CoverageKind): string {
  return kindWords[kind];
}

function isSameDay(one: number, other: number, zone: Zone): boolean {
  return shortDay(one, zone) === shortDay(other, zone);
}

/** `10:34:00`, with its day where that is not today's. */
function momentWords(at: string, today: string, zone: Zone): string {
  const ms = Date.parse(at);
  return (isSameDay(ms, Date.parse(today), zone) ? clockTime : exactTime)(ms, zone);
}

/** `10:20:00–10:34:00`, with its day unless that is today; from one day, or one time of the year, to another in full. */
export function stretchWords(
  { from, to }: Pick<CoverageStretch, 'from' | 'to'>,
  zone: Zone,
  today?: string,
): string {
  const [fromMs, toMs] = [Date.parse(from), Date.parse(to)];
  if (!isSameDay(fromMs, toMs, zone) || zoneName(fromMs, zone) !== zoneName(toMs, zone)) {
    return `${exactTime(fromMs, zone)}–${exactTime(toMs, zone)}`;
  }
  const times = `${clockTime(fromMs, zone)}–${clockTime(toMs, zone)}`;
  const isToday = today !== undefined && isSameDay(fromMs, Date.parse(today), zone);
  return isToday ? times : `${shortDay(fromMs, zone)}, ${times}`;
}

/** `all 4 sources complete until 10:41:05`; without an end where the window ended before. */
function completeWords({ sources: { total }, stretches, now }: Coverage, zone: Zone): string {
  const who = total === 1 ? 'the only source' : `all ${total.toLocaleString('en')} sources`;
  const last = stretches.at(-1);
  const until = last?.kind === 'pending' ? ` until ${momentWords(last.from, now, zone)}` : '';
  return `${who} complete${until}`;
}

/** `acme blind 10:20:00–10:34:00 (rate limit)`; of many sources, how many of them. */
export function gapWords(integration: IntegrationCoverage, zone: Zone, today: string): string | undefined {
  const worst = worstGap(integration.stretches);
  if (!worst) return undefined;
  const { name, sources, verdict } = integration;
  // What the counts say is about the verdict, which what was before its sources were connected is part of.
  const some = verdict === worst.kind ? sources[verdict] : 0;
  const counts = `${some.toLocaleString('en')} of ${sources.total.toLocaleString('en')}`;
  const who = some > 0 && some < sources.total ? `${name}: ${counts} sources` : name;
  const why = worst.reason === undefined ? '' : ` (${plain(worst.reason)})`;
  return `${who} ${kindWord(worst.kind)} ${stretchWords(worst, zone, today)}${why}`;
}

/** A reason as a part of a sentence, without the marks of code in it. */
function plain(reason: string): string {
  return reason.replaceAll('`', '').replace(/\.$/, '');
}

const toneOfGap = {
  blind: 'bad',
  not_connected: 'warning',
  late: 'warning',
  reconstructed: 'warning',
} as const;

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** `since 10:02:11`, when the last source was connected, where that is within the window. */
function sinceWords({ stretches, now }: Coverage, zone: Zone): string {
  const since = connectedAt(stretches);
  return since === undefined ? '' : `since ${momentWords(since, now, zone)}`;
}

const unseen = 'no source has looked yet';

/** The words about what may be missing; undefined where nothing may be. */
function missing(coverage: Coverage, zone: Zone): Finding | undefined {
  const [worst, ...others] = withGaps(coverage);
  const gap = worst && worstGap(worst.stretches);
  if (!gap) return undefined;
  const more = others.length > 0 ? `, and ${others.length.toLocaleString('en')} more` : '';
  return { tone: toneOfGap[gap.kind], text: `${gapWords(worst, zone, coverage.now)}${more}` };
}

/** How completely a window was seen, on one line. */
export function finding(coverage: Coverage, zone: Zone): Finding {
  if (coverage.integrations.length === 0) return { tone: 'neutral', text: 'No source is connected' };
  const gap = missing(coverage, zone);
  if (gap) return gap;
  if (!isAnythingSeen(coverage)) return { tone: 'neutral', text: sentence(unseen) };
  const words = `${sinceWords(coverage, zone)} ${completeWords(coverage, zone)}`;
  return { tone: 'good', text: sentence(words.trim()) };
}

/**
 * What an answer without a row is worth. `isWhole` says that nothing but the sources was asked for, so that no event of
 * theirs was left out.
 */
export function emptyFinding(coverage: Coverage, isWhole: boolean, zone: Zone): Finding {
  if (coverage.integrations.length === 0) {
    return { tone: 'neutral', text: 'No source is connected that could say whether anything changed.' };
  }
  const gap = missing(coverage, zone);
  if (gap) return { ...gap, text: `Can’t say: ${gap.text}.` };
  if (!isAnythingSeen(coverage)) return { tone: 'warning', text: `Can’t say: ${unseen}.` };
  const nothing = `${isWhole ? 'Nothing changed' : 'Nothing matches'} ${sinceWords(coverage, zone)}`;
  return { tone: 'good', text: `${nothing.trim()}: ${completeWords(coverage, zone)}.` };
}

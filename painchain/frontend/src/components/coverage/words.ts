import type { Coverage, CoverageKind, CoverageStretch, IntegrationCoverage } from '@painchain/contract';
import type { Tone } from '@painchain/contract/tone';
import type { Zone } from '../clock.js';
import { clockTime, exactTime, shortDay } from '../time-format.js';
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

/** `10:20:00–10:34:00`; with their days where the ends are of two. */
export function stretchWords({ from, to }: Pick<CoverageStretch, 'from' | 'to'>, zone: Zone): string {
  const [fromMs, toMs] = [Date.parse(from), Date.parse(to)];
  const words = shortDay(fromMs, zone) === shortDay(toMs, zone) ? clockTime : exactTime;
  return `${words(fromMs, zone)}–${words(toMs, zone)}`;
}

function sourcesWord(count: number): string {
  return count === 1 ? 'source' : 'sources';
}

/** `all 4 sources complete until 10:41:05`; without an end where the window ended before. */
export function completeWords({ sources: { total }, stretches }: Coverage, zone: Zone): string {
  const who = total === 1 ? 'the only' : `all ${total}`;
  const last = stretches.at(-1);
  const until = last?.kind === 'pending' ? ` until ${clockTime(Date.parse(last.from), zone)}` : '';
  return `${who} ${sourcesWord(total)} complete${until}`;
}

/** `acme blind 10:20:00–10:34:00 (rate limit)`; of many sources, how many of them. */
export function gapWords(integration: IntegrationCoverage, zone: Zone): string | undefined {
  const worst = worstGap(integration.stretches);
  if (!worst) return undefined;
  const { name, sources, verdict } = integration;
  const some = sources[verdict];
  const who = some > 0 && some < sources.total ? `${name}: ${some} of ${sources.total} sources` : name;
  const why = worst.reason === undefined ? '' : ` (${worst.reason.replace(/\.$/, '')})`;
  return `${who} ${kindWord(worst.kind)} ${stretchWords(worst, zone)}${why}`;
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
function sinceWords(coverage: Coverage, zone: Zone): string {
  const since = connectedAt(coverage.stretches);
  if (since === undefined) return '';
  const sinceMs = Date.parse(since);
  const isSameDay = shortDay(Date.parse(coverage.to), zone) === shortDay(sinceMs, zone);
  const words = isSameDay ? clockTime : exactTime;
  return ` since ${words(sinceMs, zone)}`;
}

/** How completely a window was seen, on one line. */
export function finding(coverage: Coverage, zone: Zone): Finding {
  if (coverage.sources.total === 0) return { tone: 'neutral', text: 'No source is connected' };
  const [worst, ...others] = withGaps(coverage);
  const gap = worst && worstGap(worst.stretches);
  if (!gap) return { tone: 'good', text: sentence(completeWords(coverage, zone)) };
  const more = others.length > 0 ? `, and ${others.length} more` : '';
  return { tone: toneOfGap[gap.kind], text: `${gapWords(worst, zone)}${more}` };
}

/**
 * What an answer without a row is worth. `isWhole` says that nothing but the sources was asked for, so that no event of
 * theirs was left out.
 */
export function emptyFinding(coverage: Coverage, isWhole: boolean, zone: Zone): Finding {
  const { tone, text } = finding(coverage, zone);
  if (coverage.sources.total === 0) {
    return { tone, text: 'No source is connected that could say whether anything changed.' };
  }
  const nothing = isWhole ? 'Nothing changed' : 'Nothing matches';
  if (tone === 'good' && isAnythingSeen(coverage)) {
    return { tone, text: `${nothing}${sinceWords(coverage, zone)}: ${completeWords(coverage, zone)}.` };
  }
  return { tone: tone === 'good' ? 'warning' : tone, text: `Can’t say: ${text}.` };
}

import type { Coverage, CoverageKind, CoverageStretch, IntegrationCoverage } from '@painchain/contract';
import type { Tone } from '@painchain/contract/tone';
import type { Zone } from '../clock.js';
import { clockTime, exactTime } from '../time-format.js';

/** What is said of a window in a few words, and how much it should worry. */
export type Finding = { tone: Tone; text: string };

/** The kinds in which something may be missing, the worst first. */
const gaps = ['blind', 'not_connected', 'late'] as const;
type GapKind = (typeof gaps)[number];

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

const dayMs = 86_400_000;

/** `10:20:00–10:34:00`; where the ends are a day apart, with their days. */
export function stretchWords({ from, to }: Pick<CoverageStretch, 'from' | 'to'>, zone: Zone): string {
  const [fromMs, toMs] = [Date.parse(from), Date.parse(to)];
  const words = toMs - fromMs < dayMs ? clockTime : exactTime;
  return `${words(fromMs, zone)}–${words(toMs, zone)}`;
}

function isGap(stretch: CoverageStretch, kind: GapKind): boolean {
  return stretch.kind === kind;
}

/** The worst stretch of an integration, the longest where several are equally bad. */
export function worstStretch(stretches: readonly CoverageStretch[]): CoverageStretch | undefined {
  for (const kind of gaps) {
    const [longest] = stretches
      .filter((stretch) => isGap(stretch, kind))
      .toSorted((one, other) => lengthOf(other) - lengthOf(one));
    if (longest) return longest;
  }
  return undefined;
}

function lengthOf({ from, to }: CoverageStretch): number {
  return Date.parse(to) - Date.parse(from);
}

function sourcesWord(count: number): string {
  return count === 1 ? 'source' : 'sources';
}

/** `all 4 sources complete until 10:41:05`; without an end where the window ended before. */
export function completeWords({ sources, complete_until, to }: Coverage, zone: Zone): string {
  const { total, complete } = sources;
  const who = complete < total ? `${complete} of ${total}` : total === 1 ? 'the only' : `all ${total}`;
  const isOver = complete_until !== null && Date.parse(complete_until) >= Date.parse(to);
  const until =
    complete_until === null || isOver ? '' : ` until ${clockTime(Date.parse(complete_until), zone)}`;
  return `${who} ${sourcesWord(total)} complete${complete < total ? '' : until}`;
}

/** `acme blind 10:20:00–10:34:00 (rate limit)`; of many sources, how many of them. */
export function gapWords(integration: IntegrationCoverage, zone: Zone): string | undefined {
  const worst = worstStretch(integration.stretches);
  if (!worst) return undefined;
  const { name, sources } = integration;
  const kind = worst.kind === 'blind' || worst.kind === 'late' ? worst.kind : 'not_connected';
  const some = sources[kind];
  const who = some > 0 && some < sources.total ? `${name}: ${some} of ${sources.total} sources` : name;
  const why = worst.reason === undefined ? '' : ` (${worst.reason.replace(/\.$/, '')})`;
  return `${who} ${kindWord(worst.kind)} ${stretchWords(worst, zone)}${why}`;
}

/** The integrations that did not see all of the window, the worst first. */
export function withGaps({ integrations }: Coverage): IntegrationCoverage[] {
  const rank = ({ stretches }: IntegrationCoverage) => {
    const kind = worstStretch(stretches)?.kind;
    return gaps.findIndex((each) => each === kind);
  };
  return integrations
    .filter(({ stretches }) => worstStretch(stretches) !== undefined)
    .toSorted((one, other) => rank(one) - rank(other));
}

const verdictTones: Record<Coverage['verdict'], Tone> = {
  complete: 'good',
  late: 'warning',
  blind: 'bad',
  not_connected: 'warning',
};

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** How completely a window was seen, on one line. */
export function finding(coverage: Coverage, zone: Zone): Finding {
  if (coverage.sources.total === 0) return { tone: 'neutral', text: 'No source is connected' };
  const [worst, ...others] = withGaps(coverage);
  const words = worst && gapWords(worst, zone);
  if (words === undefined) return { tone: 'good', text: sentence(completeWords(coverage, zone)) };
  const more = others.length > 0 ? `, and ${others.length} more` : '';
  return { tone: verdictTones[coverage.verdict], text: `${words}${more}` };
}

/**
 * What an answer without a row is worth. `isWhole` says that nothing but the sources was asked for, so that no event of
 * theirs was left out.
 */
export function emptyFinding(coverage: Coverage, isWhole: boolean, zone: Zone): Finding {
  const { tone, text } = finding(coverage, zone);
  const nothing = isWhole ? 'Nothing changed' : 'Nothing matches';
  if (coverage.sources.total === 0) {
    return { tone, text: 'No source is connected that could say whether anything changed.' };
  }
  if (coverage.verdict === 'complete' && coverage.complete_until !== null) {
    return { tone, text: `${nothing}: ${completeWords(coverage, zone)}.` };
  }
  return { tone: tone === 'good' ? 'warning' : tone, text: `Can’t say: ${text}.` };
}

import type { Completion } from './completion.js';

/** Something of the page's that is offered with recent queries, such as a saved view. */
export type Offer = { label: string; hint: string; run(): void };

/** One line of the list below the box. */
export type Suggestion = { key: string; kind: string; label: string; hint?: string } & (
  { act: 'complete'; completion: Completion } | { act: 'ask'; query: string } | { act: 'run'; run(): void }
);

const mostRecent = 8;

/** Whole queries: those that ran last, and what the page offers. */
export function wholeSuggestions(recent: readonly string[], offers: readonly Offer[]): Suggestion[] {
  return [
    ...recent.slice(0, mostRecent).map((query, index): Suggestion => ({
      key: `recent ${index}`,
      kind: 'recent',
      label: query,
      hint: 'recent',
      act: 'ask',
      query,
    })),
    ...offers.map(({ label, hint, run }, index): Suggestion => ({
      key: `offer ${index}`,
      kind: 'offer',
      label,
      hint,
      act: 'run',
      run,
    })),
  ];
}

export function completionSuggestions(completions: readonly Completion[]): Suggestion[] {
  return completions.map((completion) => ({
    key: `${completion.kind} ${completion.label}`,
    kind: completion.kind,
    label: completion.label,
    ...(completion.hint !== undefined && { hint: completion.hint }),
    act: 'complete',
    completion,
  }));
}

/** The line that the arrows lead to; round the list is the box itself, where none is chosen. */
export function moved(
  suggestions: readonly Suggestion[],
  active: string | undefined,
  by: 1 | -1,
): string | undefined {
  const at = suggestions.findIndex(({ key }) => key === active);
  const places = suggestions.length + 1;
  return suggestions[((at + by + 1 + places) % places) - 1]?.key;
}

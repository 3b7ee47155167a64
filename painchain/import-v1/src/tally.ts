import type { ItemResult, JsonObject } from '@painchain/contract';

const examplesMax = 5;

/** What became of each row, to the last one. */
export class Tally {
  read = 0;
  stored = 0;
  known = 0;
  readonly refused = new Map<string, { count: number; examples: string[] }>();

  count(events: readonly JsonObject[], results: readonly ItemResult[]): void {
    this.read += events.length;
    results.forEach((result, index) => {
      if (result.status === 'stored') this.stored += 1;
      else if (result.status === 'duplicate') this.known += 1;
      else this.#refuse(result.code ?? 'refused', `${keyOf(events[index])}: ${result.detail ?? ''}`);
    });
  }

  get refusals(): number {
    return [...this.refused.values()].reduce((sum, { count }) => sum + count, 0);
  }

  #refuse(code: string, example: string): void {
    const known = this.refused.get(code) ?? { count: 0, examples: [] };
    known.count += 1;
    if (known.examples.length < examplesMax) known.examples.push(example);
    this.refused.set(code, known);
  }

  lines(dryRun: boolean): string[] {
    const taken = dryRun
      ? [['would be sent', this.stored]]
      : [
          ['stored', this.stored],
          ['already there', this.known],
        ];
    const counts = [['read', this.read], ...taken, ['refused', this.refusals]];
    const reasons = [...this.refused].flatMap(([code, { count, examples }]) => [
      `  ${code}: ${count.toLocaleString('en')}${remedies[code] ? `. ${remedies[code]}` : ''}`,
      ...examples.map((example) => `    ${example}`),
    ]);
    return [
      ...counts.map(([word, count]) => `${String(word).padEnd(14)} ${count?.toLocaleString('en')}`),
      ...reasons,
    ];
  }
}

const remedies: Record<string, string> = {
  too_old:
    'The backend keeps nothing that old. Start it with PAINCHAIN_RETENTION=off (or a longer time, such as "5 years"), run ' +
    'this again, and leave it so: with the former setting they would be deleted again.',
  in_future: 'Their time lies more than a day ahead.',
  too_large: 'They are larger than an event may be.',
};

function keyOf(event: JsonObject | undefined): string {
  return typeof event?.['key'] === 'string' ? event['key'] : 'an event';
}

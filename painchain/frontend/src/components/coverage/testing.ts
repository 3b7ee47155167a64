import type { Coverage, CoverageStretch, IntegrationCoverage } from '@painchain/contract';

/** An instant of one morning: `10:35` or `10:35:04`. */
export function at(time: string): string {
  return `2026-11-24T${time.length === 5 ? `${time}:00` : time}.000000Z`;
}

export function stretch(
  kind: CoverageStretch['kind'],
  from: string,
  to: string,
  reason?: string,
): CoverageStretch {
  return { kind, from: at(from), to: at(to), ...(reason !== undefined && { reason }) };
}

const nobody = { total: 0, complete: 0, late: 0, blind: 0, not_connected: 0 };

export function integration(
  name: string,
  stretches: CoverageStretch[],
  part: Partial<IntegrationCoverage> = {},
): IntegrationCoverage {
  return {
    integration_id: `int_${name}`,
    name,
    type: 'ci',
    verdict: 'complete',
    complete_until: stretches.at(-1)?.to ?? null,
    sources: { ...nobody, total: 1, complete: 1 },
    stretches,
    ...part,
  };
}

/** A window from 10:00 to now, which is 10:41:30. */
export function coverage(integrations: IntegrationCoverage[], part: Partial<Coverage> = {}): Coverage {
  const counts = integrations.map(({ sources }) => sources);
  const sum = (key: keyof typeof nobody) => counts.reduce((total, each) => total + each[key], 0);
  return {
    from: at('10:00'),
    to: at('10:41:30'),
    now: at('10:41:30'),
    verdict: 'complete',
    complete_until: at('10:41:05'),
    sources: {
      total: sum('total'),
      complete: sum('complete'),
      late: sum('late'),
      blind: sum('blind'),
      not_connected: sum('not_connected'),
    },
    stretches: integrations[0]?.stretches ?? [],
    integrations,
    gaps: [],
    more_gaps: 0,
    ...part,
  };
}

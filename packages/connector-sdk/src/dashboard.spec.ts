import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readYaml } from '@painchain/runtime';
import { createMetrics } from '@painchain/runtime/metrics';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createConnectorMetrics } from './metrics.js';

const path = (name: string) => fileURLToPath(new URL(`../../../${name}`, import.meta.url));
const text = (name: string) => readFileSync(path(name), 'utf8');

interface Panel {
  title: string;
  type: string;
  gridPos: { x: number; y: number; w: number; h: number };
  targets?: { expr: string }[];
}
const { panels } = JSON.parse(text('docs/grafana/painchain.json')) as { panels: Panel[] };
const Alerts = z.object({
  groups: z.array(z.object({ rules: z.array(z.object({ alert: z.string(), expr: z.string() })) })),
});
const { groups } = readYaml({ path: path('docs/prometheus/alerts.yaml') }, Alerts);
const rules = groups.flatMap((group) => group.rules);

/** A metric with its labels, as it stands in the code of the backend: `new Counter({ name: …, labelNames: […] })`. */
function backendMetrics(): Map<string, string[]> {
  const folder = 'painchain/backend/src';
  const sources = readdirSync(path(folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
    .map((name) => text(`${folder}/${name}`))
    .join('\n');
  const made = /new (?:Counter|Gauge|Histogram)\(\{\s*name: '(\w+)'([\s\S]*?)registers:/g;
  return new Map(
    [...sources.matchAll(made)].map(([, name = '', rest = '']) => [
      name,
      [...(/labelNames: \[(.*?)\]/.exec(rest)?.[1] ?? '').matchAll(/'(\w+)'/g)].map(
        ([, label = '']) => label,
      ),
    ]),
  );
}

async function exported(): Promise<Map<string, string[]>> {
  const registries = [createMetrics(), createConnectorMetrics().registry];
  const metrics = registries.flatMap((registry) => registry.getMetricsAsArray() as unknown as MetricInside[]);
  return new Map(
    [...backendMetrics(), ...metrics.map(({ name, labelNames }) => [name, labelNames] as const)].map(
      ([name, labels]) => [name, [...labels]],
    ),
  );
}

interface MetricInside {
  name: string;
  labelNames: readonly string[];
}

// Prometheus gives these to everything that it scrapes.
const everywhere = ['job', 'instance', 'le'];

function used(expr: string): { metric: string; labels: string[] }[] {
  const bare = expr.replaceAll(/"[^"]*"/g, '""');
  const by = [...bare.matchAll(/by \(([^)]*)\)/g)].flatMap(([, list = '']) => list.split(/,\s*/));
  return [...bare.matchAll(/\b((?:painchain|nodejs|process)_\w+)(\{[^}]*\})?/g)].map(
    ([, metric = '', selector = '']) => ({
      metric: metric.replace(/_(?:bucket|count|sum)$/, ''),
      labels: [...by, ...[...selector.matchAll(/(\w+)\s*[=!]/g)].map(([, label = '']) => label)],
    }),
  );
}

const questions = [
  ...panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => [title, expr] as const)),
  ...rules.map(({ alert, expr }) => [alert, expr] as const),
];

describe('the dashboard and the alerts', () => {
  it('know every metric that is ours', async () => {
    const ours = [...(await exported()).keys()].filter((name) => name.startsWith('painchain_'));
    const asked = new Set(questions.flatMap(([, expr]) => used(expr).map(({ metric }) => metric)));
    expect(ours.filter((name) => !asked.has(name))).toEqual([]);
    expect(ours.length).toBeGreaterThan(10);
  });

  it.each(questions)('%s asks for what is exported, by labels that it has', async (_title, expr) => {
    const known = await exported();
    const asked = used(expr);
    expect(asked.length > 0 || expr.startsWith('up{')).toBe(true);
    for (const { metric, labels } of asked) {
      expect([...known.keys()]).toContain(metric);
      const given = [...(known.get(metric) ?? []), ...everywhere];
      expect(labels.filter((label) => !given.includes(label))).toEqual([]);
    }
  });

  it('has panels that do not lie over each other', () => {
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, n) => `${x + (n % w)}.${y + Math.floor(n / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
  });
});

import { lstatSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { charts, connectorTypes, read, valuesOf, writtenFilesOf } from './charts.mjs';
import { root } from './helm.mjs';
import { documentedValues, silentValues } from './value-table.mjs';

interface Chart {
  name: string;
  version: string;
  appVersion: string;
  dependencies: { name: string; version: string; repository: string }[];
}

const chartOf = (chart: string) => parse(read(`${chart}/Chart.yaml`)) as Chart;
const { version } = JSON.parse(read('package.json')) as { version: string };

describe.each(charts)('%s', (chart) => {
  it('has a README and a schema that say what its values say (npm run charts writes them)', async () => {
    const written = [...(await writtenFilesOf(chart))];
    expect(written.map(([path]) => [path, read(path)])).toEqual(written);
  });

  it('has something to say about each of its values', () => {
    expect(silentValues(read(`${chart}/values.yaml`))).toEqual([]);
  });

  it('is of PainChain’s version, and so is what it stands on', () => {
    const own = chartOf(chart);
    expect([own.version, own.appVersion]).toEqual([version, version]);
    for (const dependency of own.dependencies) expect(dependency.version).toBe(version);
  });

  it('finds what it stands on in this repository, without a network and never out of date', () => {
    for (const { name, repository } of chartOf(chart).dependencies) {
      const link = join(root, chart, 'charts', name);
      expect(lstatSync(link).isSymbolicLink()).toBe(true);
      expect(realpathSync(link)).toBe(realpathSync(join(root, chart, repository.replace('file://', ''))));
    }
  });
});

describe('what PainChain’s chart brings for monitoring', () => {
  it.each([
    ['painchain.json', 'docs/grafana/painchain.json'],
    ['alerts.yaml', 'docs/prometheus/alerts.yaml'],
  ])('is what is written down: %s', (file, original) => {
    expect(realpathSync(join(root, 'charts/painchain/monitoring', file))).toBe(
      realpathSync(join(root, original)),
    );
  });
});

describe('the connectors’ values', () => {
  const tableOf = (type: string) =>
    documentedValues(read(`charts/connectors/${type}/values.yaml`)).map(({ path }) => path);
  const own = /^(config|rbac)\b/;

  it.each(connectorTypes)('of %s are those of the others', (type) => {
    const common = (one: string) => tableOf(one).filter((path) => !own.test(path));
    expect(common(type)).toEqual(common('git'));
  });

  it('keep what is convention between charts and interface', () => {
    for (const type of connectorTypes) {
      const values = valuesOf(`charts/connectors/${type}`) as Record<string, unknown>;
      expect(values).toMatchObject({
        existingSecret: '',
        image: { repository: `painchain/${type}-connector` },
      });
      expect(values).toHaveProperty('config');
    }
  });
});

describe('the table of values', () => {
  const yaml =
    "# -- Of it all,\n# in two lines.\na:\n  # -- Inside | out.\n  b: ''\n  c: 1\n# no more\nd: []\ne:\n  f: 2\n";

  it('has each value that something is said about, under its whole name', () => {
    expect(documentedValues(yaml)).toEqual([
      { path: 'a', text: 'Of it all, in two lines.', value: { b: '', c: 1 } },
      { path: 'a.b', text: 'Inside | out.', value: '' },
    ]);
  });

  it('misses those that nobody says anything about', () => {
    expect(silentValues(yaml)).toEqual(['d', 'e.f']);
  });
});

// The charts, and what of them is written by a program: the tables of their READMEs and the schemas of their values.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { parse } from 'yaml';
import { root } from './helm.mjs';
import { schemaOf } from './schemas.mjs';
import { withTable } from './value-table.mjs';

export const connectorTypes = ['git', 'github', 'gitlab', 'kubernetes'];
/** Their folders, within the repository. */
export const charts = ['charts/painchain', ...connectorTypes.map((type) => `charts/connectors/${type}`)];

/** @param {string} path within the repository */
export const read = (path) => readFileSync(join(root, path), 'utf8');

/** @param {string} chart */
export const valuesOf = (chart) => parse(read(`${chart}/values.yaml`));

/** @param {string} path @param {string} text */
async function formatted(path, text) {
  const file = join(root, path);
  return format(text, { ...(await resolveConfig(file)), filepath: file });
}

/**
 * What a chart's written files say, by their paths.
 * @param {string} chart
 * @returns {Promise<Map<string, string>>}
 */
export async function writtenFilesOf(chart) {
  const readme = `${chart}/README.md`;
  const schema = `${chart}/values.schema.json`;
  const type = connectorTypes.find((candidate) => chart.endsWith(`/${candidate}`));
  const table = withTable(read(readme), read(`${chart}/values.yaml`));
  return new Map([
    [readme, await formatted(readme, table)],
    [schema, await formatted(schema, JSON.stringify(schemaOf(type)))],
  ]);
}

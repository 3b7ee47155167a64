// A chart's values as a table, from what its values.yaml says about each of them: `# -- …` above a key.
import { parse } from 'yaml';

const begin = '<!-- values: written by npm run charts -->';
const end = '<!-- end of values -->';
const key = /^(\s*)([\w-]+):/;

/**
 * @typedef {object} Value
 * @property {string} path such as `image.tag`
 * @property {string} text what is said about it
 * @property {unknown} value its default
 */

/**
 * @param {unknown} values
 * @param {string[]} path
 * @returns {unknown}
 */
function at(values, path) {
  return path.reduce((inner, name) => /** @type {Record<string, unknown>} */ (inner)[name], values);
}

/**
 * Every value that something is said about, in the file's order.
 * @param {string} yaml
 * @returns {Value[]}
 */
export function documentedValues(yaml) {
  const values = parse(yaml);
  /** @type {{ indent: number, name: string }[]} */
  let above = [];
  /** @type {string | undefined} */
  let said;
  /** @type {Value[]} */
  const found = [];
  for (const line of yaml.split('\n')) {
    const comment = /^\s*#(?: (.*))?$/.exec(line);
    if (comment) {
      const words = comment[1] ?? '';
      if (words.startsWith('-- ')) said = words.slice(3);
      else if (said !== undefined) said += ` ${words}`;
      continue;
    }
    const [, space = '', name] = key.exec(line) ?? [];
    if (name !== undefined) {
      above = [...above.filter(({ indent }) => indent < space.length), { indent: space.length, name }];
      const path = above.map((one) => one.name);
      if (said !== undefined) found.push({ path: path.join('.'), text: said, value: at(values, path) });
    }
    said = undefined;
  }
  return found;
}

/**
 * Values that nothing is said about, neither by themselves nor above.
 * @param {string} yaml
 */
export function silentValues(yaml) {
  const said = documentedValues(yaml).map(({ path }) => path);
  /**
   * @param {unknown} value
   * @param {string} path
   * @returns {string[]}
   */
  const walk = (value, path) => {
    if (said.includes(path)) return [];
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [path];
    const entries = Object.entries(value);
    if (entries.length === 0) return [path];
    return entries.flatMap(([name, inner]) => walk(inner, path === '' ? name : `${path}.${name}`));
  };
  return walk(parse(yaml), '');
}

/**
 * A README with the table of `yaml` between its two marks.
 * @param {string} readme
 * @param {string} yaml
 */
export function withTable(readme, yaml) {
  const [before, rest] = readme.split(begin);
  const after = rest?.split(end)[1];
  if (after === undefined) throw new Error(`The README has no place for its table: ${begin} … ${end}`);
  const cell = (/** @type {string} */ text) => text.replaceAll('|', '\\|');
  const rows = documentedValues(yaml).map(
    ({ path, text, value }) => `| \`${path}\` | ${cell(text)} | \`${cell(JSON.stringify(value))}\` |`,
  );
  const table = ['| value | meaning | default |', '| --- | --- | --- |', ...rows].join('\n');
  return `${before}${begin}\n\n${table}\n\n${end}${after}`;
}

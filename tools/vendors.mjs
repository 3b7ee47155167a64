// A law: what a connector is called and looks like comes from its connector.yaml, so no vendor's name stands in the
// sources of the interface, not even in a comment. Specs, fixtures and goldens may name whom they like.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');

/** Names that stand for nothing else, found inside of other words, too. */
const distinct = new RegExp(
  [
    'github|gitlab|bitbucket|gitea|forgejo|codeberg|kubernetes|kubectl|openshift',
    'jenkins|circleci|teamcity|buildkite|argocd|fluxcd|spinnaker|terraform|pulumi',
    'datadog|pagerduty|opsgenie|statuspage|prometheus|grafana|splunk|newrelic|honeycomb',
    'cloudflare|heroku|vercel|netlify|launchdarkly|servicenow|atlassian|dockerhub',
  ].join('|'),
  'i',
);
/** Names that are parts of other words, such as `git` of `digit`: found only as a word of their own. */
const words = ['git', 'k8s', 'argo', 'helm', 'jira', 'azure', 'aws', 'gcp', 'slack', 'sentry', 'docker'];
/** What a connector may be called without being anybody's name. */
const ordinary = new Set(['webhook', 'http', 'file', 'events', 'script', 'command']);

const sources = ['painchain/frontend/src', 'painchain/frontend/public', 'painchain/frontend/index.html'];
/** How PainChain's own processes are run is told by the names of what runs them; no connector is meant. */
const ways = {
  file: 'painchain/frontend/src/features/connecting/snippets/snippets.ts',
  words: /kubernetes|kubectl|docker|helm/gi,
};
const exempt = /\.spec\.tsx?$|(?:^|\/)(?:fixtures|goldens)\//;

/**
 * The words of a text apart, so that `gitHubUrl` is three of them.
 * @param {string} text
 */
const apart = (text) => text.replaceAll(/([a-z\d])([A-Z])/g, '$1 $2').toLowerCase();

/**
 * @param {string} house the repository's folder
 * @returns {(line: string) => string | undefined} the name that stands in a line
 */
function finderOf(house) {
  const folder = join(house, 'connectors');
  const connectors = existsSync(folder) ? readdirSync(folder).filter((name) => !ordinary.has(name)) : [];
  const whole = [...words, ...connectors].map((name) =>
    name
      .toLowerCase()
      .split(/[^a-z\d]+/)
      .join('[-_ ]?'),
  );
  const asWord = new RegExp(`(?<![a-z\\d])(?:${whole.join('|')})(?![a-z\\d])`);
  return (line) => (distinct.exec(line) ?? asWord.exec(apart(line)) ?? asWord.exec(line.toLowerCase()))?.[0];
}

/**
 * @param {string} house
 * @param {string} path
 * @returns {string[]}
 */
function filesOf(house, path) {
  const whole = join(house, path);
  if (!existsSync(whole)) return [];
  if (path.includes('.')) return [path];
  return readdirSync(whole, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(house.length + 1)
        .replaceAll('\\', '/'),
    );
}

/**
 * Where a vendor is named, as `file:line: name`.
 * @param {string} house
 * @returns {string[]}
 */
export function vendorsNamed(house = root) {
  const nameIn = finderOf(house);
  return sources
    .flatMap((path) => filesOf(house, path))
    .filter((file) => !exempt.test(file))
    .flatMap((file) =>
      [file, ...readFileSync(join(house, file), 'utf8').split('\n')].flatMap((line, index) => {
        const name = nameIn(file === ways.file ? line.replaceAll(ways.words, '') : line);
        return name === undefined ? [] : [`${file}:${index}: ${name}`];
      }),
    );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const named = vendorsNamed();
  if (named.length > 0) {
    process.stdout.write(
      `The interface names a vendor. Say it otherwise, or take it from connector.yaml:\n${named.join('\n')}\n`,
    );
    process.exitCode = 1;
  }
}

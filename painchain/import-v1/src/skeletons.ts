import type { Connection } from './connections.js';

/** A configuration file for v2 that says what a connection of v1 was, for a human to complete. */
export interface Skeleton {
  fileName: string;
  yaml: string;
}

type Lines = (connection: Connection) => string[];

const byType = new Map<string, Lines>(Object.entries({ github, gitlab, kubernetes }));

export function skeletonOf(connection: Connection): Skeleton {
  const { id, name, type, leftOut } = connection;
  const lines = byType.get(type)?.(connection) ?? others(connection);
  const word = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 50);
  const left =
    leftOut.length > 0 ? [`# Not taken over, since it may be secret: ${leftOut.map(plain).join(', ')}.`] : [];
  return {
    fileName: `${type.replaceAll(/[^a-z0-9]/gi, '-')}-${id}-${word.replaceAll(/^-|-$/g, '') || 'connection'}.yaml`,
    yaml: [
      `# What the connection ${quoted(name)} of PainChain v1 was. Complete it, then move it to config/.`,
      ...left,
      ...(connection.enabled ? [] : ['# It was switched off.']),
      'connector:',
      `  type: ${quoted(type)}`,
      `  project: ${quoted(name)}`,
      '',
      'config:',
      ...lines.map((line) => `  ${line}`),
      '',
    ].join('\n'),
  };
}

function github(connection: Connection): string[] {
  const base = connection.settings['baseUrl'] ?? connection.settings['base_url'];
  const repositories = listed(connection, 'repos', 'repositories').flatMap((name) => {
    const [owner = '', repo] = name.split('/', 2);
    return [
      `  - owner: ${quoted(owner)}`,
      ...(repo ? [`    repo: ${quoted(repo)}`] : []),
      ...selection(connection),
    ];
  });
  return [
    'token: ${GITHUB_TOKEN}',
    ...(base ? [`base_url: ${quoted(base)}`] : []),
    ...(repositories.length > 0
      ? ['repositories:', ...repositories]
      : [
          '# v1 watched whatever the token could see: name an owner.',
          'repositories:',
          '  - owner: CHANGE-ME',
        ]),
  ];
}

function gitlab(connection: Connection): string[] {
  const base = connection.settings['baseUrl'] ?? connection.settings['base_url'];
  const projects = listed(connection, 'repos', 'repositories').flatMap((name) => [
    `  - project: ${/^\d+$/.test(name) ? name : quoted(name)}`,
    ...selection(connection),
  ]);
  return [
    'token: ${GITLAB_TOKEN}',
    ...(base ? [`base_url: ${quoted(base)}`] : []),
    ...(projects.length > 0
      ? ['projects:', ...projects]
      : ['# v1 watched whatever the token could see: name a group.', 'groups:', '  - group: CHANGE-ME']),
  ];
}

function kubernetes(connection: Connection): string[] {
  const { clusterName = 'default', apiServer } = connection.settings;
  const namespaces = listed(connection, 'namespaces').map(quoted);
  return [
    'clusters:',
    `  - name: ${quoted(clusterName)}`,
    ...(apiServer
      ? [`    server: ${quoted(apiServer)}`, '    token: ${KUBERNETES_TOKEN}']
      : ['    in_cluster: true']),
    ...(namespaces.length > 0 ? ['    namespaces:', `      include: [${namespaces.join(', ')}]`] : []),
  ];
}

function others({ settings }: Connection): string[] {
  const lines = Object.entries(settings).map(([name, value]) => `${quoted(name)}: ${quoted(value)}`);
  return [
    '# v2 has no connector of this type; these were its settings.',
    ...(lines.length > 0 ? lines : ['{}']),
  ];
}

function selection(connection: Connection): string[] {
  const branches = listed(connection, 'branches');
  return [
    ...(connection.eventTags.length > 0
      ? [`    tags: [${connection.eventTags.map(quoted).join(', ')}]`]
      : []),
    ...(branches.length > 0 ? [`    branches: [${branches.map(quoted).join(', ')}]`] : []),
  ];
}

function listed({ settings }: Connection, ...names: string[]): string[] {
  const text = names.map((name) => settings[name]).find(Boolean) ?? '';
  return text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean);
}

/** JSON's texts are YAML's, too, but for a $ that would be read as a variable. */
function quoted(text: string): string {
  return JSON.stringify(text.replaceAll('${', '$ {'));
}

function plain(text: string): string {
  return text.replaceAll(/[^\w.-]/g, '?');
}

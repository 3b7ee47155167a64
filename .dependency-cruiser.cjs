// The laws of the rooms. A rule that is broken is either wrong, then change it and say why, or it has done its work.
const contract = '^packages/contract/';
const query = '^packages/query/';
const runtime = '^packages/runtime/';
const sdk = '^packages/connector-sdk/';
const embeddedPostgres = '^packages/embedded-postgres/';
const ours = '^(packages|painchain|connectors|e2e|bench|tools)/';
const spec = '\\.spec\\.tsx?$';

/** Nothing of ours but the rooms named, and the room itself. */
const only = (...rooms) => ({ path: ours, pathNot: rooms });

const forbidden = [
  {
    name: 'contract-is-a-leaf',
    comment: 'Both sides of the wire stand on the contract; whatever it imported, all of us would carry.',
    from: { path: contract },
    to: only(contract),
  },
  {
    name: 'query-is-a-leaf',
    comment:
      'The browser and the backend read queries with the same grammar; neither may come along with it.',
    from: { path: query },
    to: only(query),
  },
  {
    name: 'runtime-knows-the-contract-only',
    comment: 'Every process stands on the runtime, the backend and a stranger’s connector alike.',
    from: { path: runtime },
    to: only(runtime, contract),
  },
  {
    name: 'sdk-knows-contract-and-runtime-only',
    comment:
      'The SDK is what others build on outside of this repository: it must not reach into an application.',
    from: { path: sdk },
    to: only(sdk, contract, runtime),
  },
  {
    name: 'embedded-postgres-stands-alone',
    comment: 'It starts a database and knows nothing of what is kept in it.',
    from: { path: embeddedPostgres },
    to: only(embeddedPostgres),
  },
  {
    name: 'connector-stands-on-the-sdk',
    comment: 'A connector is replaceable and may live elsewhere: never a sibling, never the application.',
    from: { path: '^connectors/([^/]+)/' },
    to: only('^connectors/$1/', sdk),
  },
  {
    name: 'translation-is-pure',
    comment:
      'What an event becomes must follow from the payload alone, so that a fixture proves it. Types are free; Zod only reads.',
    from: { path: '^connectors/[^/]+/src/translate/', pathNot: spec },
    to: {
      pathNot: '^connectors/[^/]+/src/translate/|^packages/connector-sdk/src/wording/|^node_modules/zod/',
      dependencyTypesNot: ['type-only'],
    },
  },
  {
    name: 'backend-knows-no-connector',
    comment: 'A new connector must not need a new backend: it says who it is over the wire.',
    from: { path: '^painchain/backend/', pathNot: `${spec}|/testing/` },
    to: only('^painchain/backend/', contract, query, runtime),
  },
  {
    name: 'backend-tests-may-start-a-database',
    comment:
      'Tests and their support run on the embedded PostgreSQL; nothing else that the backend itself may not.',
    from: { path: `^painchain/backend/.*(${spec}|/testing/)` },
    to: only('^painchain/backend/', contract, query, runtime, embeddedPostgres),
  },
  {
    name: 'launcher-starts-processes-only',
    comment:
      'The processes are started as anyone could start them; a shared import would hide what they need.',
    from: { path: '^painchain/launcher/' },
    to: only('^painchain/launcher/', runtime, embeddedPostgres),
  },
  {
    name: 'import-is-a-client-of-the-api',
    comment:
      'What comes from an earlier version goes through the same door as everything else, so that nothing of it is special.',
    from: { path: '^painchain/import-v1/' },
    to: only('^painchain/import-v1/', contract, runtime),
  },
  {
    name: 'frontend-takes-types-of-the-contract-only',
    comment:
      'The browser downloads what is imported; types, bounds and tones cost little and keep both sides honest.',
    from: { path: '^painchain/frontend/', pathNot: spec },
    to: { path: contract, pathNot: '/(limits|tone)\\.(ts|js)$', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'frontend-knows-no-other-room',
    comment: 'The interface is a client of the API like any other.',
    from: { path: '^painchain/frontend/' },
    to: only('^painchain/frontend/', contract, query),
  },
  {
    name: 'frontend-features-are-strangers',
    comment: 'pages put features together; features that import each other can no longer be changed alone.',
    from: { path: '^painchain/frontend/src/features/([^/]+)/' },
    to: {
      path: '^painchain/frontend/src/(pages/|features/)',
      pathNot: '^painchain/frontend/src/features/$1/',
    },
  },
  {
    name: 'frontend-components-stand-below',
    comment: 'A component that knows a feature is no component.',
    from: { path: '^painchain/frontend/src/(components|json-renderer)/' },
    to: { path: '^painchain/frontend/src/(pages|features)/' },
  },
  {
    name: 'backend-features-meet-in-services',
    comment: 'A feature’s controllers, repositories and inner files are its own; types are free.',
    from: { path: '^painchain/backend/src/([^/]+)/', pathNot: `${spec}|/testing/` },
    to: {
      path: '^painchain/backend/src/[^/]+/',
      pathNot: [
        '^painchain/backend/src/$1/',
        '\\.(service|module)\\.ts$',
        '^painchain/backend/src/(config|problem|database|tenants|connector-key|strict-json|query|event-rows|background)/',
      ],
      dependencyTypesNot: ['type-only'],
    },
  },
  {
    name: 'only-repositories-touch-the-database',
    comment: 'Every statement stands in a repository, where tenancy and plans are reviewed; types are free.',
    from: {
      path: '^painchain/backend/src/',
      pathNot: [
        '^painchain/backend/src/database/',
        '\\.(repository|module)\\.ts$',
        '^painchain/backend/src/(main|migrate|backup)\\.ts$',
        `${spec}|/testing/`,
      ],
    },
    to: {
      path: '^painchain/backend/src/database/',
      // Codecs of what crosses the wire: pure, no statement.
      pathNot: '^painchain/backend/src/database/(opaque-id|instant|app-url)\\.ts$',
      dependencyTypesNot: ['type-only'],
    },
  },
  {
    name: 'tests-are-not-imported',
    comment: 'What runs must not depend on what tests it.',
    from: { path: ours, pathNot: `${spec}|/testing/|^e2e/|^painchain/backend/test/` },
    to: { path: `${spec}|^e2e/` },
  },
  {
    name: 'bench-measures-from-outside',
    comment:
      'What is measured is what users run: processes, HTTP and SQL. An import would measure something else.',
    from: { path: '^bench/' },
    to: only('^bench/', runtime, embeddedPostgres),
  },
  {
    name: 'no-cycles',
    comment: 'Files that import each other can only be understood, tested and moved together.',
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
  {
    name: 'imports-resolve',
    comment: 'An import that leads nowhere is caught here and not by whoever starts it first.',
    from: { path: ours },
    to: { couldNotResolve: true },
  },
  {
    name: 'dependencies-are-declared',
    comment: 'A package that only happens to be installed is gone with the next npm ci.',
    from: { path: '^(packages|painchain|connectors)/', pathNot: `${spec}|/testing/` },
    to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
  },
];

module.exports = {
  forbidden: forbidden.map((rule) => ({ severity: 'error', ...rule })),
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|generated|node_modules/\\.cache)/' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    tsConfig: { fileName: 'tsconfig.laws.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
      // A package of types only has no other field than this.
      mainFields: ['module', 'main', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.cjs', '.js', '.json', '.css'],
    },
  },
};

import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// Tests run against the sources, so that no stale build can make them pass.
const alias = Object.fromEntries(
  readdirSync(new URL('./packages', import.meta.url)).map((name) => [
    `@painchain/${name}`,
    fileURLToPath(new URL(`./packages/${name}/src/index.ts`, import.meta.url)),
  ]),
);

export default defineConfig({
  resolve: { alias },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{packages,painchain,connectors}/*/src/**/*.spec.{ts,tsx}', 'tools/**/*.spec.ts'],
          exclude: ['**/*.db.spec.ts', '**/node_modules/**', '**/dist/**'],
        },
      },
      {
        extends: true,
        test: {
          name: 'db',
          include: ['{packages,painchain,connectors}/*/src/**/*.db.spec.ts'],
          // One cluster per run; each file clones its own database from a migrated template.
          globalSetup: ['painchain/backend/src/database/testing/cluster.setup.ts'],
          testTimeout: 20_000,
          hookTimeout: 30_000,
        },
      },
    ],
  },
});

import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { JsonObject } from '@painchain/contract';
import { describe, expect, it } from 'vitest';
import { changesIn, fieldDiff } from './changes.js';
import { isJsonObject } from './structures.js';
import { kindsOf } from './testing/kinds-of.js';
import { hrefs, render } from './testing/render.js';

// Recorded data of public projects, beside the repository where it is there at all.
const recorded = new URL('../../../../../shared/data/', import.meta.url);

const files = [
  'github/webhooks.ndjson',
  'github/api-devlake-github.ndjson',
  'github/gharchive-kubernetes-org-2017-07.ndjson.gz',
  'gitlab/webhooks.ndjson',
  'gitlab/api-devlake-gitlab.ndjson',
  'gitlab/api-client-fixtures.ndjson',
  'kubernetes/objects.ndjson',
  'kubernetes/object-states-is-healthy.ndjson',
  'kubernetes/events.ndjson',
  'kubernetes/manifest-history-oss-prow.ndjson.gz',
  'changes/jenkins-infra-kubernetes-management.ndjson.gz',
  'incidents/jenkins-infra-status.ndjson',
];

/** Rows of one file that are tried; all of all files would take minutes. */
const most = 20;

function rowsOf(name: string): JsonObject[] {
  const bytes = readFileSync(new URL(name, recorded));
  const text = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
  const rows = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as JsonObject);
  // Spread over the whole file, since what is alike stands together.
  const step = Math.max(1, Math.floor(rows.length / most));
  return rows.filter((_, index) => index % step === 0).slice(0, most);
}

describe.each(files)('recorded %s', (name) => {
  it.skipIf(!existsSync(new URL(name, recorded)))(
    'is laid out without an error, an unsafe link or a kind out of the air (skipped without shared/data)',
    { timeout: 120_000 },
    () => {
      const rows = rowsOf(name);
      const kinds = new Map<string, number>();
      rows.forEach((row, index) => {
        for (const href of hrefs(render(row))) expect(href).toMatch(/^(https?:\/\/[^/]|mailto:)/);
        for (const { kind } of kindsOf(row)) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
        changesIn(row);
        const next = rows[index + 1];
        if (isJsonObject(next)) fieldDiff(row, next);
      });
      expect(rows.length).toBeGreaterThanOrEqual(most);
      const total = [...kinds.values()].reduce((sum, count) => sum + count, 0);
      expect(kinds.get('text') ?? 0).toBeGreaterThan(0);
      // Most of what machines write is plain; if a third of it became times or hashes, a rule would be too eager.
      for (const kind of ['time', 'date', 'sha', 'status', 'change', 'duration'])
        expect((kinds.get(kind) ?? 0) / total).toBeLessThan(1 / 3);
    },
  );
});

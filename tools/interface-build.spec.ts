import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { resolveConfig } from 'vite';
import { expect, it } from 'vitest';

const frontend = fileURLToPath(new URL('../painchain/frontend', import.meta.url));
const valueImport = /^(?:import|export) (?!type\b)[^;]*? from '(@painchain\/[^']+)';/gm;

/** What the interface takes from other rooms, types aside. */
function imported(): string[] {
  const files = readdirSync(join(frontend, 'src'), { recursive: true, encoding: 'utf8' });
  const sources = files.filter((file) => /\.tsx?$/.test(file) && !/\.spec\.tsx?$/.test(file));
  const names = sources.flatMap((file) =>
    [...readFileSync(join(frontend, 'src', file), 'utf8').matchAll(valueImport)].flatMap(
      ([, name]) => name ?? [],
    ),
  );
  return [...new Set(names)];
}

it('needs nothing that is built: on a fresh clone the interface is built beside all else', async () => {
  const { resolve } = await resolveConfig({ root: frontend, logLevel: 'silent' }, 'build');
  const names = imported();
  expect(names).toContain('@painchain/query');
  for (const name of names) {
    const alias = resolve.alias.find(({ find }) => typeof find !== 'string' && find.test(name));
    const source = alias ? name.replace(alias.find, alias.replacement) : name;
    expect(source).toMatch(/\/src\/[\w-]+\.ts$/);
    expect(existsSync(source)).toBe(true);
  }
});

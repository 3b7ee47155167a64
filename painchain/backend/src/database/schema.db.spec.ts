import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, createTestDatabase } from './testing/test-database.js';

let test: TestDatabase;
beforeAll(async () => (test = await createTestDatabase()));
afterAll(() => test.drop());

const schema = readFileSync(new URL('../../prisma/schema.prisma', import.meta.url), 'utf8');

const typeNames: Record<string, string> = {
  Int: 'integer',
  BigInt: 'bigint',
  String: 'text',
  'String[]': 'ARRAY',
  Boolean: 'boolean',
  Float: 'double precision',
  DateTime: 'timestamp with time zone',
  Json: 'jsonb',
  'Unsupported("xid8")': 'xid8',
  'Unsupported("tsvector")': 'tsvector',
  'DateTime @db.Date': 'date',
  'Int @db.SmallInt': 'smallint',
};

function described(): string[] {
  return [...schema.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)].flatMap(([, , body = '']) => {
    const table = /@@map\("(\w+)"\)/.exec(body)?.[1];
    return body.split('\n').flatMap((line) => {
      const field = /^ {2}(\w+) +([\w[\]]+(?:\("\w+"\))?)(\??)/.exec(line);
      const type = typeNames[`${field?.[2]}${/ @db\.(?:Date|SmallInt)$/.exec(line)?.[0] ?? ''}`];
      if (!field || !type) return [];
      const column = / @map\("(\w+)"\)/.exec(line)?.[1] ?? field[1];
      return [`${table}.${column} ${type} ${field[3] === '?' ? 'null' : 'not null'}`];
    });
  });
}

describe('schema.prisma', () => {
  it('describes the tables of the migrations, column by column', async () => {
    const columns = await test.asOwner<{ text: string }>(
      `select format('%s.%s %s %s', table_name, column_name,
         case data_type when 'USER-DEFINED' then udt_name else data_type end,
         case is_nullable when 'YES' then 'null' else 'not null' end) as text
       from information_schema.columns where table_schema = 'public' and table_name <> '_prisma_migrations'`,
    );
    expect(described().sort()).toEqual(columns.map(({ text }) => text).sort());
  });

  it('gives a client that can read every model', async () => {
    await test.database.prismaInTenant(1, async (prisma) => {
      expect(await prisma.tenant.findMany()).toMatchObject([{ id: 1, slug: 'default' }]);
      const {
        integration,
        integrationHour,
        eventRemoval,
        source,
        coverageSpell,
        command,
        connector,
        connectorType,
        project,
        event,
        eventRef,
        eventDay,
        eventSlot,
        textReindexing,
        rejectedEvent,
        view,
        team,
      } = prisma;
      expect(await integration.findMany({ include: { sources: true, commands: true } })).toEqual([]);
      for (const model of [
        integrationHour,
        eventRemoval,
        source,
        coverageSpell,
        command,
        connector,
        connectorType,
        project,
        event,
        eventRef,
        eventDay,
        eventSlot,
        textReindexing,
        rejectedEvent,
        view,
        team,
      ]) {
        expect(await (model as typeof project).findFirst()).toBeNull();
      }
    });
  });

  it('gives a client that refuses an undefined filter instead of dropping it', async () => {
    const unfiltered = test.database.prismaInTenant(1, (prisma) =>
      prisma.project.findMany({ where: { name: undefined } } as never),
    );
    await expect(unfiltered).rejects.toThrow(/undefined/);
  });
});

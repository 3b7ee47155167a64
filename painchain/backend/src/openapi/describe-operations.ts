import type { OpenAPIObject } from '@nestjs/swagger';
import { Problem, type ProblemCode, problems } from '@painchain/contract';
import type { z } from 'zod';
import { type Direction, type JsonSchema, toJsonSchema } from './json-schema.js';
import { type Operation, operations } from './operations.js';

interface Scanned {
  parameters?: { in: string }[];
  responses: Record<string, unknown>;
  [field: string]: unknown;
}

const always: ProblemCode[] = ['malformed-request', 'foreign-host', 'not-allowed', 'internal', 'unavailable'];

type Convert = (schema: z.ZodType, direction: Direction) => JsonSchema;

function parametersOf(query: z.ZodType) {
  const { schema, components } = toJsonSchema(query, 'input');
  const [named] = Object.values(components);
  const { properties = {}, required = [] } = ('$ref' in schema ? named : schema) as {
    properties?: Record<string, JsonSchema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...property }]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    ...(description !== undefined && { description }),
    schema: property,
  }));
}

/** One response per status, since several problems may share one. */
function problemResponses(codes: readonly ProblemCode[], convert: Convert): Record<string, unknown> {
  const statuses = [...new Set(codes.map((code) => problems[code].status))].sort((a, b) => a - b);
  return Object.fromEntries(
    statuses.map((status) => {
      const titles = codes.filter((code) => problems[code].status === status);
      const description = titles.map((code) => `${problems[code].title} (\`${code}\`)`).join('; ');
      return [
        status,
        { description, content: { 'application/problem+json': { schema: convert(Problem, 'output') } } },
      ];
    }),
  );
}

function contentOf(schema: JsonSchema, media: string | readonly string[]) {
  return Object.fromEntries([media].flat().map((each) => [each, { schema }]));
}

function answerResponses({ answers, media = 'application/json' }: Operation, convert: Convert) {
  return Object.fromEntries(
    Object.entries(answers).map(([status, schema]) => {
      const description = status.startsWith('2') ? 'Done.' : 'Not now.';
      return [
        status,
        { description, ...(schema && { content: contentOf(convert(schema, 'output'), media) }) },
      ];
    }),
  );
}

function describe(scanned: Scanned, operation: Operation, path: string, convert: Convert): Scanned {
  const { summary, query, body, otherBodies, key } = operation;
  const keyless = key === 'for some' ? [{}] : [];
  return {
    ...scanned,
    summary,
    tags: [path.split('/')[2] ?? 'index'],
    ...(query && {
      parameters: [...(scanned.parameters ?? []).filter((p) => p.in !== 'query'), ...parametersOf(query)],
    }),
    ...(body && {
      requestBody: {
        required: true,
        content: Object.fromEntries(
          Object.entries({ 'application/json': body, ...otherBodies }).map(([media, schema]) => [
            media,
            { schema: convert(schema, 'input') },
          ]),
        ),
      },
    }),
    ...(key && { security: [...keyless, { 'connector-key': [] }] }),
    responses: {
      ...problemResponses([...always, ...(operation.problems ?? [])], convert),
      ...answerResponses(operation, convert),
    },
  };
}

/** Adds to what was read off the controllers: answers, problems, query parameters, the key. */
export function describeOperations(document: OpenAPIObject): OpenAPIObject {
  const components: Record<string, JsonSchema> = {
    ...(document.components?.schemas as Record<string, JsonSchema> | undefined),
  };
  const convert: Convert = (schema, direction) => {
    const converted = toJsonSchema(schema, direction);
    Object.assign(components, converted.components);
    return converted.schema;
  };
  const paths: Record<string, Record<string, Scanned>> = {};
  for (const [path, methods] of Object.entries(document.paths)) {
    paths[path] = {};
    for (const [method, scanned] of Object.entries(methods as Record<string, Scanned>)) {
      const operation = operations[`${method.toUpperCase()} ${path}`];
      paths[path][method] = operation ? describe(scanned, operation, path, convert) : scanned;
    }
  }
  const schemas = Object.fromEntries(Object.entries(components).sort(([a], [b]) => (a < b ? -1 : 1)));
  return { ...document, paths, components: { ...document.components, schemas } };
}

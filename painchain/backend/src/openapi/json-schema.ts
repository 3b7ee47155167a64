import { z } from 'zod';

export type JsonSchema = Record<string, unknown>;
export type Direction = 'input' | 'output';

interface Converted {
  schema: JsonSchema;
  components: Record<string, JsonSchema>;
}

function convertPlainly(schema: z.ZodType, io: Direction): Converted {
  const { $schema: _, $defs = {}, ...root } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return { schema: root, components: $defs };
}

const renamed = (name: string, direction: Direction) => (direction === 'input' ? `${name}Input` : name);

/** Names what is sent apart from what is received wherever they differ: a default is optional only one way. */
function namesOf(schema: z.ZodType, direction: Direction): Map<string, string> {
  const [input, output] = [convertPlainly(schema, 'input'), convertPlainly(schema, 'output')];
  const differs = (name: string): boolean => {
    const [sent, received] = [input.components[name], output.components[name]];
    const text = JSON.stringify(received);
    if (JSON.stringify(sent) !== text) return true;
    return [...text.matchAll(/"#\/\$defs\/(\w+)"/g)].some(
      ([, inner = '']) => inner !== name && differs(inner),
    );
  };
  // An object that isn't strict differs only by what it says of unknown fields.
  return new Map(
    Object.keys(input.components).map((name) => [name, differs(name) ? renamed(name, direction) : name]),
  );
}

/** A Zod schema as JSON Schema 2020-12, with what has a name as components of the document. */
export function toJsonSchema(schema: z.ZodType, direction: Direction): Converted {
  const names = namesOf(schema, direction);
  const point = (value: JsonSchema): JsonSchema =>
    JSON.parse(
      JSON.stringify(value).replaceAll(
        /"#\/\$defs\/(\w+)"/g,
        (_, name: string) => `"#/components/schemas/${names.get(name) ?? name}"`,
      ),
    ) as JsonSchema;
  const converted = convertPlainly(schema, direction);
  const components = Object.entries(converted.components).map(
    ([name, component]) => [names.get(name) ?? name, point(component)] as const,
  );
  return { schema: point(converted.schema), components: Object.fromEntries(components) };
}

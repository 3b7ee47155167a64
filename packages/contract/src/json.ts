import { z } from 'zod';

/** Any JSON value, as RFC 8259 knows it. */
export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

/** A JSON object with foreign keys. */
export type JsonObject = { [key: string]: JsonValue };

/**
 * A JSON object whose inside is not described by the contract. Depth, width and content are the business of
 * whoever decodes the bytes; the schema only demands that it is an object.
 */
export const JsonObject = z.record(z.string(), z.unknown()).meta({
  description: 'Any JSON object.',
}) as unknown as z.ZodType<JsonObject, JsonObject>;

/** Any JSON value. See {@link JsonObject} about limits. */
export const JsonValue = z.unknown().meta({
  description: 'Any JSON value.',
}) as unknown as z.ZodType<JsonValue, JsonValue>;

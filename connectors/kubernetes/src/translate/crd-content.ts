import type { JsonObject, JsonValue } from '@painchain/connector-sdk';
import { shownDigest } from './digest-text.js';
import { isObject } from './json-object.js';

/** With more fields than this a schema is known as a whole only. */
const maxFields = 200;

/**
 * The spec of a CustomResourceDefinition as apiextensions.k8s.io/v1 has it. Schemas can be as long as a book: of each
 * field it is kept that it differs.
 */
export function crdSpec(spec: JsonObject): JsonObject {
  const { versions, version, validation, subresources, additionalPrinterColumns, ...others } = spec;
  const shared = {
    ...(validation !== undefined && { schema: validation }),
    ...(subresources !== undefined && { subresources }),
    ...(additionalPrinterColumns !== undefined && { additionalPrinterColumns }),
  };
  const only: JsonValue[] = version === undefined ? [] : [{ name: version, served: true, storage: true }];
  const list = Array.isArray(versions) && versions.length > 0 ? versions : only;
  return {
    ...others,
    versions: list.map((each) => (isObject(each) ? versionOf({ ...shared, ...each }) : each)),
  };
}

function versionOf({ schema, ...version }: JsonObject): JsonObject {
  const root = isObject(schema) ? schema['openAPIV3Schema'] : undefined;
  return { ...version, ...(isObject(root) && { schema: fieldDigests(root) }) };
}

/** By the fields of `spec` and of whatever else stands on top. */
function fieldDigests(root: JsonObject): JsonObject {
  const fields = Object.entries(propertiesOf(root)).flatMap(([name, field]): [string, JsonValue][] => {
    const inner = Object.entries(propertiesOf(field));
    const itself = shownDigest(withoutProperties(field));
    return [
      [name, itself],
      ...inner.map(([key, value]): [string, JsonValue] => [`${name}.${key}`, shownDigest(value)]),
    ];
  });
  const rest = shownDigest(withoutProperties(root));
  return fields.length > maxFields ? { all: shownDigest(root) } : { ...Object.fromEntries(fields), rest };
}

function propertiesOf(schema: JsonValue): JsonObject {
  const properties = isObject(schema) ? schema['properties'] : undefined;
  return isObject(properties) ? properties : {};
}

function withoutProperties(schema: JsonValue): JsonValue {
  return isObject(schema) ? { ...schema, properties: null } : schema;
}

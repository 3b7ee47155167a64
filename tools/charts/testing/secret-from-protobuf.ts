import type { Manifest } from './render.js';

type Fields = Map<number, Buffer[]>;

/** The fields of a message that have a length, by their numbers; what helm keeps in a Secret needs no others. */
function fieldsOf(message: Buffer): Fields {
  const fields: Fields = new Map();
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = message.readUInt8(at++);
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  };
  while (at < message.length) {
    const tag = varint();
    if ((tag & 7) === 0) {
      varint();
      continue;
    }
    if ((tag & 7) !== 2) throw new Error(`wire type ${tag & 7} is not expected`);
    const length = varint();
    const number = Math.floor(tag / 8);
    fields.set(number, [...(fields.get(number) ?? []), message.subarray(at, at + length)]);
    at += length;
  }
  return fields;
}

const first = (fields: Fields, number: number) => fields.get(number)?.[0] ?? Buffer.alloc(0);

function mapOf(fields: Fields, number: number, encoding: 'utf8' | 'base64'): Record<string, string> {
  const entries = (fields.get(number) ?? []).map(fieldsOf);
  return Object.fromEntries(
    entries.map((entry) => [first(entry, 1).toString(), first(entry, 2).toString(encoding)]),
  );
}

/**
 * A Secret as client-go sends it. Helm writes its own records so, and everything else as JSON.
 * https://kubernetes.io/docs/reference/using-api/api-concepts/#protobuf-encoding
 */
export function secretFromProtobuf(body: Buffer): Manifest {
  const secret = fieldsOf(first(fieldsOf(body.subarray(4)), 2));
  const metadata = fieldsOf(first(secret, 1));
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: first(metadata, 1).toString(),
      namespace: first(metadata, 3).toString(),
      labels: mapOf(metadata, 11, 'utf8'),
    },
    data: mapOf(secret, 2, 'base64'),
  };
}

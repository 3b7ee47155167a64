/**
 * A place in the live tail: everything up to and with (xid, seq) has been seen. It means something only in the
 * cluster that gave the transaction its number.
 */
export interface LiveCursor {
  cluster: string;
  xid: bigint;
  seq: bigint;
}

const written = /^([0-9a-f]{12})\.([1-9]\d{0,18})\.(0|[1-9]\d{0,17})$/;

export function encodeLiveCursor({ cluster, xid, seq }: LiveCursor): string {
  return `${cluster}.${xid}.${seq}`;
}

/** Undefined for anything that `encodeLiveCursor` has not made. */
export function decodeLiveCursor(text: string): LiveCursor | undefined {
  const [, cluster, xid, seq] = written.exec(text) ?? [];
  if (cluster === undefined || xid === undefined || seq === undefined) return undefined;
  return { cluster, xid: BigInt(xid), seq: BigInt(seq) };
}

/** The integration belongs to somebody else by now: everything about it is dropped and leased anew. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError';
}

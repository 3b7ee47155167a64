import type { Coverage } from '@painchain/contract';
import { apiUrl, getJson } from './client.js';

/** A window, and whose view of it is asked for: of all sources, or of any of these. */
export type CoverageAsked = {
  from: string;
  to?: string | undefined;
  connector?: readonly string[];
  project?: readonly string[];
  integration?: readonly string[];
};

/** Who saw what of a window completely. */
export function getCoverage(asked: CoverageAsked, signal: AbortSignal): Promise<Coverage> {
  return getJson<Coverage>(apiUrl('/coverage', asked), signal);
}

import type { Translation } from '@painchain/connector-sdk';
import { ignored } from '../reasons.js';

/** The webhook `build` of a job: what came of it is told with its pipeline. */
export function jobWebhook(): Translation {
  return ignored('part');
}

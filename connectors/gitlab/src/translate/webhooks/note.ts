import type { Translation } from '@painchain/connector-sdk';
import { ignored } from '../reasons.js';

/** The webhook `note`: what is said of commits, merge requests, issues and snippets changes none of them. */
export function noteWebhook(): Translation {
  return ignored('conversation');
}

import type { Noise } from '../translate/noise-rules.js';

/** What the configuration says of all kinds. */
export interface KindOptions {
  /** Names whose values are secrets, with `*`, beside those that look like one by themselves. */
  redact: readonly string[];
  /** Whether a rule of noise holds: not when `noise:` switches it off. */
  noise: Noise;
  secrets: 'off' | 'keys';
  helm: 'off' | 'labels' | 'payload';
  /** Keys the digests of values that must not be told: an integration's own, and the same over restarts. */
  digestKey: string;
  autoscalingMinutes: number;
}

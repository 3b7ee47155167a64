import type { SourceEvent } from '@painchain/connector-sdk';
import { z } from 'zod';
import { keepPod } from '../translate/kept-pod.js';
import { type NoiseRule, noiseRules } from '../translate/noise-rules.js';
import { translatePod } from '../translate/pod.js';
import { redactText } from '../translate/secret-text.js';
import type { Kind } from './kind.js';
import type { KindOptions } from './options.js';
import { secrecyOf } from './redaction.js';
import { troubleFold } from './trouble-fold.js';

const TroubleData = z.object({ pod: z.string(), reason: z.string(), image: z.string().optional() });

function troubleData({ data }: SourceEvent): z.output<typeof TroubleData> | undefined {
  return TroubleData.safeParse(data).data;
}

/** What goes wrong with pods, told of the workloads that they are of. */
export function podKinds(options: KindOptions): Kind[] {
  const quiet = (Object.keys(noiseRules) as NoiseRule[]).filter((rule) => options.noise(rule));
  const secrecy = secrecyOf(options);
  return [
    {
      name: 'Pod',
      resources: [{ groupVersion: 'v1', plural: 'pods', namespaced: true }],
      usual: true,
      keep: (object, before) => keepPod(object, (message) => redactText(message, secrecy), before),
      translate: (step, cluster, sighting) => translatePod(step, quiet, cluster, sighting),
      fold: troubleFold({
        // What another image brings is told at once, however long the one before it has been failing.
        alike(event) {
          const data = troubleData(event);
          return data && [event.subject, event.type, data.reason, data.image].join(' ');
        },
        names: { of: (event) => troubleData(event)?.pod ?? '', as: 'pods' },
        mustLast: ({ type }) => type === 'pod_unschedulable',
      }),
    },
  ];
}

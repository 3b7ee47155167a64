import type { SourceEvent } from '@painchain/connector-sdk';
import { z } from 'zod';
import { keepWarning } from '../translate/kept-warning.js';
import { translateWarning } from '../translate/warning.js';
import type { Kind } from './kind.js';
import type { KindOptions } from './options.js';
import { secrecyOf } from './redaction.js';
import { troubleFold } from './trouble-fold.js';

const WarningData = z.object({ reason: z.string(), name: z.string(), pod: z.string().optional() });

function warningData({ data }: SourceEvent): z.output<typeof WarningData> | undefined {
  return WarningData.safeParse(data).data;
}

/** What the cluster’s own components warn of. The API serves it as events.k8s.io, too: these are the same objects. */
export function eventKinds(options: KindOptions): Kind[] {
  const secrecy = secrecyOf(options);
  return [
    {
      name: 'Event',
      resources: [{ groupVersion: 'v1', plural: 'events', namespaced: true }],
      // There are many more of those that warn of nothing; the server leaves them out.
      ...(options.noise('normal_events') && { fieldSelector: 'type=Warning' }),
      usual: true,
      keep: (object, before) => keepWarning(object, options.noise, secrecy, before),
      translate: translateWarning,
      fold: troubleFold({
        alike(event) {
          const reason = warningData(event)?.reason;
          return reason === undefined ? undefined : [event.subject, reason].join(' ');
        },
        names: {
          of(event) {
            const data = warningData(event);
            return data?.pod ?? data?.name ?? '';
          },
          as: 'objects',
        },
      }),
    },
  ];
}

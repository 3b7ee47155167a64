import type { components } from '@octokit/openapi-webhooks-types';
import type { Translation } from '@painchain/connector-sdk';
import { z } from 'zod';
import { reading, repositoryOf } from '../payload.js';
import { ignored, unsupported } from '../reasons.js';

const Package = reading<components['schemas']['webhook-package-published']['package']>()(
  z.object({ package_type: z.string() }),
);

// The older webhook of the same fact has it under another name.
const PackagePayload = z.union([z.object({ package: Package }), z.object({ registry_package: Package })]);

/**
 * The webhooks `package` and `registry_package`. They say one of a version's tags only, so a version is told by
 * polling, which has all of them: whoever comes first decides what an event says.
 */
export function packageWebhook(payload: unknown, host: string): Translation {
  if (!repositoryOf(payload, host)) return ignored('foreign');
  const { data } = PackagePayload.safeParse(payload);
  if (!data) return unsupported('package');
  const { package_type: type } = 'package' in data ? data.package : data.registry_package;
  return ignored(type.toLowerCase() === 'container' ? 'fuller' : 'otherPackage');
}

import type { SourceEvent, Translation } from '@painchain/connector-sdk';
import { z } from 'zod';
import type { ProjectFacts, Sighting } from './facts.js';
import { Id, Link } from './payload.js';
import { ignored, unsupported } from './reasons.js';
import { pageOf, refsOf, whenSeen, windowData } from './wording.js';

const Word = z.string().nullish().catch(null);

/** https://docs.gitlab.com/api/environments/ */
export const Environment = z.object({
  id: Id,
  name: z.string().min(1),
  state: Word,
  tier: Word,
  external_url: Link,
});
export type Environment = z.output<typeof Environment>;

/** What is known of an environment that is gone. */
export type GoneEnvironment = Pick<Environment, 'id' | 'name'>;

function factOf(
  fact: 'stopped' | 'deleted',
  { id, name }: GoneEnvironment,
  project: ProjectFacts,
  sighting: Sighting,
): Omit<SourceEvent, 'data'> {
  return {
    key_parts: [
      project.host,
      'environment',
      String(id),
      fact,
      ...(sighting.again === undefined ? [] : [sighting.again]),
    ],
    title: `Environment ${name} ${fact}`,
    type: `environment_${fact}`,
    project: project.fullPath,
    ...whenSeen('', sighting),
    environment: name,
    status: fact,
    ...pageOf(project, fact === 'stopped' ? `environments/${id}` : 'environments'),
    subject: `${project.fullPath}/environment/${name}`,
    refs: refsOf(`env:${name}`),
  };
}

/** An environment that runs nothing any more. When it was stopped, only the looks tell that it lies between. */
export function translateEnvironmentStopped(
  payload: unknown,
  project: ProjectFacts,
  sighting: Sighting,
): Translation {
  const { data: environment } = Environment.safeParse(payload);
  if (!environment) return unsupported('environment');
  const { name, state, tier, external_url: url } = environment;
  if (state !== 'stopped') return ignored('noChange');
  const data = {
    environment: name,
    state,
    ...(tier && { tier }),
    ...(url !== undefined && { environment_url: url }),
    ...windowData(sighting),
  };
  return { kind: 'events', events: [{ ...factOf('stopped', environment, project, sighting), data }] };
}

/** An environment that isn't there any more. */
export function translateGoneEnvironment(
  gone: GoneEnvironment,
  project: ProjectFacts,
  sighting: Sighting,
): Translation {
  const data = { environment: gone.name, ...windowData(sighting) };
  return { kind: 'events', events: [{ ...factOf('deleted', gone, project, sighting), data }] };
}

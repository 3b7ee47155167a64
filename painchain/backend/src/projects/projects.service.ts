import { Injectable } from '@nestjs/common';
import { limits, type ProjectList } from '@painchain/contract';
import { z } from 'zod';
import { decodeCursor, encodeCursor } from './project-cursor.js';
import { ProjectsRepository } from './projects.repository.js';

const anyOf = (max: number) =>
  z
    .union([z.string(), z.array(z.string())])
    .transform((given) => (Array.isArray(given) ? given : [given]))
    .pipe(z.array(z.string().min(1).max(max)).max(100))
    .optional();

/** Which projects to list; several connectors or tags mean any of them, `q` is the beginning of the name. */
export const ProjectQuery = z
  .strictObject({
    connector: anyOf(limits.connector),
    tag: anyOf(limits.tag),
    q: z.string().max(limits.project).optional(),
    cursor: z.string().max(2_000).optional(),
    limit: z.coerce.number().int().min(1).max(limits.pageRows).default(100),
  })
  .meta({ id: 'ProjectQuery' });
export type ProjectQuery = z.infer<typeof ProjectQuery>;

@Injectable()
export class ProjectsService {
  constructor(private readonly projects: ProjectsRepository) {}

  /** A page in the order of names. Throws `invalid-cursor`. */
  async list(tenantId: number, { connector, tag, q, cursor, limit }: ProjectQuery): Promise<ProjectList> {
    const after = cursor === undefined ? undefined : decodeCursor(cursor);
    const found = await this.projects.list(tenantId, { connector, tag, q, after, limit: limit + 1 });
    const projects = found.slice(0, limit);
    const last = projects.at(-1);
    return { projects, next_cursor: found.length > limit && last ? encodeCursor(last) : null };
  }
}

import { Injectable } from '@nestjs/common';
import type { ProjectList, ProjectQuery } from '@painchain/contract';
import { decodeCursor, encodeCursor } from './project-cursor.js';
import { ProjectsRepository } from './projects.repository.js';

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

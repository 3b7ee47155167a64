import { Injectable } from '@nestjs/common';
import type { ProjectView } from '@painchain/contract';
import { Database } from '../database/database.js';
import { instantText } from '../database/instant.js';

/** Where a page begins: after this project. */
export interface ProjectPosition {
  name: string;
  connector: string;
}

export interface ProjectFilter {
  connector: string[] | undefined;
  tag: string[] | undefined;
  q: string | undefined;
  after: ProjectPosition | undefined;
  limit: number;
}

@Injectable()
export class ProjectsRepository {
  constructor(private readonly database: Database) {}

  async list(tenantId: number, { connector, tag, q, after, limit }: ProjectFilter): Promise<ProjectView[]> {
    const { rows } = await this.database.inTenant(
      tenantId,
      (sql) =>
        sql.query<ProjectView>({
          name: 'project-list',
          text: `select name, connector, tags, event_count::float8 as events,
                        ${instantText('last_event_at')} as last_event_at
                   from projects
                  where tenant_id = $1
                    and ($2::text[] is null or connector = any($2))
                    and ($3::text[] is null or tags && $3)
                    and ($4::text is null or starts_with(lower(name), lower($4)))
                    and ($5::text is null or (name collate "C", connector collate "C") > ($5, $6))
                  order by name collate "C", connector collate "C" limit $7`,
          values: [
            tenantId,
            connector ?? null,
            tag ?? null,
            q ?? null,
            after?.name ?? null,
            after?.connector ?? null,
            limit,
          ],
        }),
      { readOnly: true },
    );
    return rows;
  }
}

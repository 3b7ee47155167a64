import { Injectable } from '@nestjs/common';
import { limits, type NewView, type SavedView, type ViewList } from '@painchain/contract';
import { decodeId } from '../database/opaque-id.js';
import { ProblemError } from '../problem/problem-error.js';
import { type ViewRows, ViewsRepository } from './views.repository.js';

/** Whose personal views may be seen beside the shared ones. */
type Owner = string | undefined;

@Injectable()
export class ViewsService {
  constructor(private readonly views: ViewsRepository) {}

  async list(tenantId: number, owner: Owner): Promise<ViewList> {
    return { views: await this.views.list(tenantId, owner) };
  }

  /** Throws `not-found`. */
  async find(tenantId: number, id: string, owner: Owner): Promise<SavedView> {
    const view = await this.views.find(tenantId, rowId(id), owner);
    if (!view) throw noSuchView();
    return view;
  }

  /** Throws `conflict` for a name that is taken, and when there are too many. */
  create(tenantId: number, view: NewView): Promise<SavedView> {
    return this.views.change(tenantId, async (rows) => {
      if ((await rows.count()) >= limits.views) throw tooMany();
      await makeRoom(rows, view);
      return rows.insert(view);
    });
  }

  /** Throws `not-found`, and `conflict` for a name that is taken. */
  replace(tenantId: number, id: string, view: NewView): Promise<SavedView> {
    const known = rowId(id);
    return this.views.change(tenantId, async (rows) => {
      if (!(await rows.has(known, view.owner))) throw noSuchView();
      await makeRoom(rows, view, known);
      return rows.update(known, view);
    });
  }

  /** Throws `not-found`. */
  async remove(tenantId: number, id: string, owner: Owner): Promise<void> {
    if (!(await this.views.remove(tenantId, rowId(id), owner))) throw noSuchView();
  }
}

/** A name belongs to one view, and being the default too. */
async function makeRoom(rows: ViewRows, view: NewView, id?: string): Promise<void> {
  if (await rows.isTaken(view, id)) throw nameTaken(view);
  if (view.is_default) await rows.clearDefault(view.owner);
}

function rowId(id: string): string {
  const known = decodeId('view', id);
  if (known === undefined) throw noSuchView();
  return known;
}

function noSuchView(): ProblemError {
  return new ProblemError(
    'not-found',
    'There is no shared view with this id, and none of this owner. It may have been removed.',
  );
}

function nameTaken({ name, owner }: NewView): ProblemError {
  const which = owner === null ? 'a shared view' : 'a view of yours';
  return new ProblemError(
    'conflict',
    `There is already ${which} named "${name}". Choose another name, or change or remove that one.`,
  );
}

function tooMany(): ProblemError {
  return new ProblemError(
    'conflict',
    `There are ${limits.views} views already, which is the most. Remove some that nobody needs.`,
  );
}

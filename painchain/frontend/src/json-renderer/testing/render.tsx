import type { JsonObject } from '@painchain/contract';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { prerender } from 'react-dom/static';
import { Fields } from '../fields.js';
import type { Embedding } from '../render-context.js';

/** As if the reader had unfolded everything. */
class AllUnfolded extends Map<string, boolean> {
  override get(): boolean {
    return true;
  }
}

type Options = Embedding & { schema?: JsonObject; folds?: Map<string, boolean>; scope?: string };

/** The markup of an event's data, without what is loaded later. */
export function render(object: JsonObject, options: Options = {}): string {
  return renderToStaticMarkup(<Fields object={object} scope="evt_1" folds={new Map()} {...options} />);
}

export function renderUnfolded(object: JsonObject, options: Options = {}): string {
  return render(object, { folds: new AllUnfolded(), ...options });
}

/** The markup when everything has been loaded. */
export async function renderWhole(node: ReactNode): Promise<string> {
  const { prelude } = await prerender(node);
  return new Response(prelude).text();
}

export function hrefs(markup: string): string[] {
  return [...markup.matchAll(/href="([^"]*)"/g)].map((match) => match[1] ?? '');
}

/** A part of a list, by numbers. */
export interface NumberedPage {
  items: unknown[];
  page: number;
  last: number;
  size: number;
}

/** How many items a page shall have, by `per_page`. */
export function sizeOf({ searchParams }: URL, usual: number): number {
  return Math.min(100, Math.max(1, Number(searchParams.get('per_page') ?? usual) || usual));
}

/** The page that `page` and `per_page` ask for. */
export function numberedPage(items: readonly unknown[], url: URL, usual: number): NumberedPage {
  const size = sizeOf(url, usual);
  const page = Math.max(1, Number(url.searchParams.get('page') ?? 1) || 1);
  const last = Math.max(1, Math.ceil(items.length / size));
  return { items: items.slice((page - 1) * size, page * size), page, last, size };
}

/** The same address but for these parameters, as a part of a `Link` header. */
export function linkTo(url: URL, parameters: Record<string, string>, rel: string): string {
  const to = new URL(url);
  for (const [name, value] of Object.entries(parameters)) to.searchParams.set(name, value);
  return `<${to.href}>; rel="${rel}"`;
}

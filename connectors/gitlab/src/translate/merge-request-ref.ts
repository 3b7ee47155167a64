/** `refs/merge-requests/12/head`, `…/merge`, `…/train`. */
const mergeRequestRef = /^refs\/merge-requests\/(\d{1,15})\/\w+$/;

/** The number of the merge request, in its project, that a ref is made for; undefined for any other ref. */
export function mergeRequestIn(ref: string | null | undefined): number | undefined {
  const iid = mergeRequestRef.exec(ref ?? '')?.[1];
  return iid === undefined ? undefined : Number(iid);
}

import { useEffect } from 'react';

/** Says in the browser's tab where the reader is. */
export function usePageTitle(title: string | undefined): void {
  useEffect(() => {
    if (title !== undefined) document.title = `${title} · PainChain`;
  }, [title]);
}

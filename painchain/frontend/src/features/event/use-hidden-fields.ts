import { useCallback, useMemo, useState } from 'react';
import { usePreference } from '../../components/preferences.js';
import { readHidden, withHidden, withShown, writeHidden } from './hidden-fields.js';

/** The fields that this browser hides in events of a kind. */
export type Hiding = {
  /** The names of the hidden fields. */
  fields: readonly string[];
  /** Whether fields of other kinds are hidden, too. */
  hasOthers: boolean;
  /** Undefined while hidden fields are shown for once. */
  isHidden: ((path: string) => boolean) | undefined;
  isHiding: (path: string) => boolean;
  hide(path: string): void;
  show(path: string): void;
  showForOnce(shown: boolean): void;
  reset(): void;
  resetAll(): void;
};

export function useHiddenFields(kind: string): Hiding {
  const [text, store] = usePreference('hidden-fields');
  const [isShown, setShown] = useState(false);
  const hidden = useMemo(() => readHidden(text), [text]);
  const fields = useMemo(() => hidden.get(kind) ?? [], [hidden, kind]);
  const isHiding = useCallback((path: string) => fields.includes(path), [fields]);
  return {
    fields,
    hasOthers: hidden.size > (hidden.has(kind) ? 1 : 0),
    isHidden: isShown ? undefined : isHiding,
    isHiding,
    hide: (path) => store(writeHidden(withHidden(hidden, kind, path))),
    show: (path) => store(writeHidden(withShown(hidden, kind, path))),
    showForOnce: setShown,
    reset: () => store(writeHidden(withShown(hidden, kind))),
    resetAll: () => store(undefined),
  };
}

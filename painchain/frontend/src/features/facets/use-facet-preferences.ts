import { useMemo } from 'react';
import { textList, usePreference } from '../../components/preferences.js';
import { facetList, toggled } from './facet-list.js';

/** Stands for the whole column in the list of what is folded. */
const column = '*';

/** Which facets a reader has, and which of them are folded. */
export function useFacetPreferences() {
  const [pinnedText, setPinned] = usePreference('pinned-facets');
  const [addedText, setAdded] = usePreference('added-facets');
  const [foldedText, setFolded] = usePreference('facets-folded');
  const pinned = useMemo(() => textList(pinnedText), [pinnedText]);
  const added = useMemo(() => textList(addedText), [addedText]);
  const folded = useMemo(() => textList(foldedText), [foldedText]);
  const facets = useMemo(() => facetList(pinned, added), [pinned, added]);
  const toggleFold = (name: string) => setFolded(JSON.stringify(toggled(folded, name)));
  return {
    facets,
    isPinned: (name: string) => pinned.includes(name),
    isFolded: (name: string) => folded.includes(name),
    isColumnFolded: folded.includes(column),
    togglePin: (name: string) => setPinned(JSON.stringify(toggled(pinned, name))),
    toggleFold,
    toggleColumn: () => toggleFold(column),
    add: (name: string) => setAdded(JSON.stringify([...added, name])),
    remove: (name: string) => {
      setAdded(JSON.stringify(added.filter((each) => each !== name)));
      setPinned(JSON.stringify(pinned.filter((each) => each !== name)));
    },
  };
}

export type FacetPreferences = ReturnType<typeof useFacetPreferences>;

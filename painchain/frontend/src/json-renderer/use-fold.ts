import { useContext, useState } from 'react';
import { RenderContext } from './render-context.js';

/** Whether the part at a path is unfolded, kept by event id and path. */
export function useFold(path: string, initially: boolean): [boolean, () => void] {
  const { folds, scope } = useContext(RenderContext);
  const key = `${scope} ${path}`;
  const [unfolded, setUnfolded] = useState(() => folds.get(key) ?? initially);
  const toggle = () => {
    folds.set(key, !unfolded);
    setUnfolded(!unfolded);
  };
  return [unfolded, toggle];
}

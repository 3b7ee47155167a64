import { X } from 'lucide-react';
import { createContext, type ReactNode, useContext, useState } from 'react';
import { IconButton } from './icon-button.js';

const SayContext = createContext<(words: string) => void>(() => undefined);

/** Says what came of something, on this page or the one that it leads to. */
export function useSay(): (words: string) => void {
  return useContext(SayContext);
}

type Said = { words: string; hops: number };

/** Where it is said: seen and heard, until it is closed, something else is said, or the page after next. */
export function SaidPlace({ pathname, children }: { pathname: string; children: ReactNode }) {
  const [said, setSaid] = useState<Said>();
  const [at, setAt] = useState(pathname);
  if (at !== pathname) {
    setAt(pathname);
    setSaid((now) => (now && now.hops === 0 ? { ...now, hops: 1 } : undefined));
  }
  return (
    <SayContext value={(words) => setSaid({ words, hops: 0 })}>
      {children}
      <div role="status" className="said-place">
        {said && (
          <p className="said">
            <bdi>{said.words}</bdi>
            <IconButton label="Close" onClick={() => setSaid(undefined)}>
              <X size={14} />
            </IconButton>
          </p>
        )}
      </div>
    </SayContext>
  );
}

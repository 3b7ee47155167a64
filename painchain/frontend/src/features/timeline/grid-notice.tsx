import { ArrowUp } from 'lucide-react';
import { useEffect, useState } from 'react';

type Props = {
  /** How many new rows went above, out of sight. */
  above: number;
  /** When a link was copied last; 0 never. */
  copied: number;
  onTop(): void;
};

const copiedForMs = 2_000;

/** A word over the rows: what came in above them, or that a link was copied. */
export function GridNotice({ above, copied, onTop }: Props) {
  const [saidFor, setSaidFor] = useState(0);
  useEffect(() => {
    const timer = setTimeout(() => setSaidFor(copied), copiedForMs);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <div className="grid-notice">
      <span role="status">{copied !== saidFor && <span className="notice-pill">Link copied</span>}</span>
      {above > 0 && (
        <button type="button" className="notice-pill notice-button" onClick={onTop}>
          <ArrowUp size={13} aria-hidden="true" /> {above.toLocaleString('en')} new above
        </button>
      )}
    </div>
  );
}

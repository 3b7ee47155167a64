import type { Trouble } from '@painchain/contract';
import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { CodedText } from '../../components/coded-text.js';
import { Instant } from '../../components/instant.js';

type Props = {
  trouble: Pick<Trouble, 'detail' | 'remedy' | 'since'>;
  /** Whose it is, where that is not plain. */
  of?: string | undefined;
  children?: ReactNode;
};

/** What went wrong and what to do about it. */
export function TroubleBox({ trouble, of, children }: Props) {
  return (
    <div className="trouble">
      <TriangleAlert size={16} className="mt-0.5 shrink-0 text-warning" aria-hidden="true" />
      <div className="min-w-0 break-words">
        <p>
          {of !== undefined && (
            <>
              <bdi className="font-semibold">{of}</bdi>:{' '}
            </>
          )}
          <CodedText text={trouble.detail} />{' '}
          <span className="text-muted">
            since <Instant at={trouble.since} />
          </span>
        </p>
        <p>
          <span className="font-semibold">What to do: </span>
          <CodedText text={trouble.remedy} />
        </p>
        {children}
      </div>
    </div>
  );
}

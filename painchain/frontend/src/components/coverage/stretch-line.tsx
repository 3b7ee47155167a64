import type { CoverageStretch } from '@painchain/contract';
import { useZone } from '../clock.js';
import { CodedText } from '../coded-text.js';
import { StatusMark } from '../status-mark.js';
import { kindTones, kindWord, stretchWords } from './words.js';

/** In what quality a part of a window was seen, when that was, and why it is no better. */
export function StretchLine({ stretch, now }: { stretch: CoverageStretch; now: string }) {
  const { kind, reason } = stretch;
  return (
    <>
      <StatusMark tone={kindTones[kind]} word={kindWord(kind)} />{' '}
      <span className="tabular-nums">{stretchWords(stretch, useZone(), now)}</span>
      {reason !== undefined && (
        <span className="text-muted">
          {' '}
          <CodedText text={reason} />
        </span>
      )}
    </>
  );
}

import type { Coverage } from '@painchain/contract';
import { lazy } from 'react';
import type { HomeSearch } from '../../address/home-search.js';
import { useCoverage } from '../../address/use-coverage.js';
import { useZone } from '../../components/clock.js';
import { classNames } from '../../components/class-names.js';
import { finding } from '../../components/coverage/words.js';
import { PopupButton } from '../../components/popup.js';
import { StatusGlyph } from '../../components/status-mark.js';

const CoveragePanel = lazy(() =>
  import('./coverage-panel.js').then((module) => ({ default: module.CoveragePanel })),
);

/** In a few words who saw all of what is shown; all of it under a press. */
export function CoverageButton({ search }: { search: HomeSearch }) {
  const { coverage, isStale } = useCoverage(search);
  return coverage && <Button coverage={coverage} isStale={isStale} />;
}

function Button({ coverage, isStale }: { coverage: Coverage; isStale: boolean }) {
  const { tone, text } = finding(coverage, useZone());
  return (
    <PopupButton
      title="Who saw what"
      className={classNames('coverage-button', isStale && 'dimmed')}
      label={
        <>
          <StatusGlyph tone={tone} />
          <bdi className="truncate">{text}</bdi>
        </>
      }
    >
      {() => <CoveragePanel coverage={coverage} />}
    </PopupButton>
  );
}

import { memo } from 'react';
import { useZone } from '../../components/clock.js';
import { ConnectorMark } from '../../components/connector-mark.js';
import { dayName, exactTime, zoneName } from '../../components/time-format.js';
import type { Section } from './sections.js';

type Place = { index: number; top: number; columns: number };

/** The line above a day or a group. */
export const HeadingRow = memo(function HeadingRow({
  section,
  index,
  top,
  columns,
}: Place & { section: Section }) {
  return (
    <div role="row" aria-rowindex={index + 2} className="heading-row virtual-row" style={{ top }}>
      <span role="gridcell" aria-colindex={1} aria-colspan={columns}>
        <SectionName section={section} />
      </span>
    </div>
  );
});

export function SectionName({ section }: { section: Section }) {
  const zone = useZone();
  if (section.kind === 'none') return null;
  if (section.kind === 'connector') return <ConnectorMark type={section.value} />;
  if (section.kind !== 'day') return <bdi>{section.value}</bdi>;
  return (
    <>
      {dayName(section.startMs, zone)} <span className="font-normal">{zoneName(section.startMs, zone)}</span>
    </>
  );
}

/** The end that the server named. */
export function EndRow({ index, top, columns, sinceMs }: Place & { sinceMs: number | undefined }) {
  const zone = useZone();
  return (
    <div role="row" aria-rowindex={index + 2} className="end-row virtual-row" style={{ top }}>
      <span role="gridcell" aria-colindex={1} aria-colspan={columns}>
        {sinceMs === undefined
          ? 'That is everything'
          : `That is everything since ${exactTime(sinceMs, zone)}`}
      </span>
    </div>
  );
}

import { Link as LinkIcon, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { windows } from '../../address/home-search.js';
import { classNames } from '../../components/class-names.js';
import { useNow, useZone } from '../../components/clock.js';
import { useCommands } from '../../components/commands.js';
import { CopyButton } from '../../components/copy-button.js';
import { IconButton } from '../../components/icon-button.js';
import { exactTime, relativeTime } from '../../components/time-format.js';
import { MomentInput } from './moment-input.js';

type Props = {
  atMs: number;
  isCompact: boolean;
  isEventOpen: boolean;
  controls: ReactNode;
  /** What the page offers to do with what is shown. */
  tools: ReactNode;
  onMoment(ms: number): void;
  onLeave(): void;
};

/** Which moment it is, and how to go to another one. In an event's panel the moment is the event's. */
export function AroundHead({ isCompact, controls, onMoment, atMs, ...rest }: Props) {
  if (!isCompact) return <FullHead {...rest} atMs={atMs} controls={controls} onMoment={onMoment} />;
  return (
    <div className="around-head">
      {controls}
      <button type="button" className="text-button ml-auto" onClick={() => onMoment(atMs)}>
        Open in full
      </button>
    </div>
  );
}

function FullHead({ atMs, isEventOpen, controls, tools, onMoment, onLeave }: Omit<Props, 'isCompact'>) {
  const zone = useZone();
  const now = useNow();
  useCommands([
    {
      id: 'around-leave',
      title: 'Back to the timeline',
      section: 'Time',
      keys: ['Escape'],
      // With an event open, that is closed first.
      run: isEventOpen ? undefined : onLeave,
    },
  ]);
  return (
    <header className="around-head">
      <h2 className="min-w-0 flex-1 text-base font-semibold">
        Around {exactTime(atMs, zone)}{' '}
        <span className="text-sm font-normal text-muted">{relativeTime(atMs, now)}</span>
      </h2>
      <div className="flex">
        {tools}
        <CopyButton
          text={() => location.href}
          label="Copy a link to this moment"
          icon={<LinkIcon size={16} />}
        />
        <IconButton label="Back to the timeline (Esc)" onClick={onLeave}>
          <X size={16} />
        </IconButton>
      </div>
      <div className="around-controls">
        <MomentInput atMs={atMs} onMoment={onMoment} />
        {controls}
      </div>
    </header>
  );
}

type ControlsProps = {
  width: string;
  onWidth(width: string): void;
  matchesOnly: boolean;
  /** Undefined where there is no query. */
  onMatchesOnly: ((only: boolean) => void) | undefined;
};

/** How far the window reaches, and whether the query counts. */
export function AroundControls({ width, onWidth, matchesOnly, onMatchesOnly }: ControlsProps) {
  return (
    <>
      <div className="segments" role="group" aria-label="How far to each side">
        {windows.map((each) => (
          <button
            key={each}
            type="button"
            className={classNames('segment', each === width && 'segment-on')}
            aria-pressed={each === width}
            onClick={() => onWidth(each)}
          >
            ±{each.replace(/m$/, ' m')}
          </button>
        ))}
      </div>
      {onMatchesOnly && (
        <label className="choice">
          <input
            type="checkbox"
            checked={matchesOnly}
            onChange={(event) => onMatchesOnly(event.target.checked)}
          />
          Only what matches the query
        </label>
      )}
    </>
  );
}

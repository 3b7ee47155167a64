import type { TimelineRow } from '@painchain/contract';
import { type RefObject, useMemo, useRef, useState } from 'react';
import { classNames } from '../../components/class-names.js';
import { useNow } from '../../components/clock.js';
import { useCommands } from '../../components/commands.js';
import { AxisScale, AxisStrip } from './axis-strip.js';
import { LaneSection } from './lane-section.js';
import { lanesOf, openAtFirst } from './lanes.js';

type Props = {
  rows: readonly TimelineRow[];
  atMs: number;
  halfMs: number;
  isDimmed: boolean;
  /** Whether the keys that go from event to event go through these ones. */
  hasKeys: boolean;
  openId: string | undefined;
  onOpen(id: string): void;
  onMoment(ms: number): void;
};

/** Events that are listed at first; the lanes below are folded. */
const glance = 60;

/** The whole window on one axis, and below it a lane for each project. */
export function LaneList({ rows, isDimmed, hasKeys, ...rest }: Props) {
  const { atMs, halfMs } = rest;
  const list = useRef<HTMLDivElement>(null);
  const lanes = useMemo(() => lanesOf(rows, atMs), [rows, atMs]);
  const [toggled, setToggled] = useState<ReadonlyMap<string, boolean>>(new Map());
  const atFirst = useMemo(() => openAtFirst(lanes, glance), [lanes]);
  const isOpen = (project: string) => toggled.get(project) ?? atFirst.has(project);
  const toggle = (project: string) => setToggled(new Map(toggled).set(project, !isOpen(project)));
  const everything = useMemo(() => lanes.flatMap(({ events }) => events), [lanes]);
  return (
    <div ref={list} className={classNames('scroller', isDimmed && 'opacity-50')} aria-busy={isDimmed}>
      <div className="around-axis">
        <AxisStrip events={everything} halfMs={halfMs} isTall nowMs={useNow() - atMs} />
        <AxisScale halfMs={halfMs} />
      </div>
      {lanes.map((lane) => (
        <LaneSection
          key={lane.project}
          lane={lane}
          isOpen={isOpen(lane.project)}
          onToggle={toggle}
          {...rest}
        />
      ))}
      {hasKeys && <EventKeys list={list} openId={rest.openId} onOpen={rest.onOpen} />}
    </div>
  );
}

type KeysProps = Pick<Props, 'openId' | 'onOpen'> & { list: RefObject<HTMLDivElement | null> };

/** The keys of the timeline, which here go through the listed events. An open panel follows. */
function EventKeys({ list, openId, onOpen }: KeysProps) {
  const go = (step: number) => {
    const buttons = [...(list.current?.querySelectorAll<HTMLElement>('[data-around]') ?? [])];
    const focused = buttons.findIndex((button) => button === document.activeElement);
    const at = focused < 0 ? buttons.findIndex(({ dataset }) => dataset['around'] === openId) : focused;
    const button = buttons[Math.min(buttons.length - 1, Math.max(0, at + step))];
    button?.focus();
    if (button && openId !== undefined) onOpen(button.dataset['around'] ?? openId);
  };
  useCommands([
    {
      id: 'around-next',
      title: 'Next event around the moment',
      section: 'Time',
      keys: ['j', 'ArrowDown'],
      run: () => go(1),
    },
    {
      id: 'around-previous',
      title: 'Previous event around the moment',
      section: 'Time',
      keys: ['k', 'ArrowUp'],
      run: () => go(-1),
    },
  ]);
  return null;
}

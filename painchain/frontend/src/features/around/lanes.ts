import type { TimelineRow } from '@painchain/contract';
import { toneOf } from '@painchain/contract/tone';
import { templateOf } from '../../components/title-template.js';

/** An event and how far from the moment it lies. */
export type Placed = { row: TimelineRow; offsetMs: number; isFailure: boolean };

/** What happened in one project, in the order in which it happened. */
export type Lane = { project: string; events: Placed[]; failures: number; nearestMs: number };

/** One lane a project: those with failures first, then those with something close to the moment. */
export function lanesOf(rows: readonly TimelineRow[], atMs: number): Lane[] {
  const byProject = new Map<string, Placed[]>();
  for (const row of new Map(rows.map((each) => [each.id, each])).values()) {
    const events = byProject.get(row.project) ?? [];
    byProject.set(row.project, events);
    events.push(placed(row, atMs));
  }
  return [...byProject].map(([project, events]) => laneOf(project, events)).sort(byUrgency);
}

function isFailure({ status }: TimelineRow): boolean {
  return status !== null && toneOf(status) === 'bad';
}

function placed(row: TimelineRow, atMs: number): Placed {
  return { row, offsetMs: Date.parse(row.timestamp) - atMs, isFailure: isFailure(row) };
}

function laneOf(project: string, events: Placed[]): Lane {
  return {
    project,
    events: events.sort((one, other) => one.offsetMs - other.offsetMs || compare(one.row.id, other.row.id)),
    failures: events.filter((event) => event.isFailure).length,
    nearestMs: Math.min(...events.map(({ offsetMs }) => Math.abs(offsetMs))),
  };
}

function byUrgency(one: Lane, other: Lane): number {
  return (
    Number(other.failures > 0) - Number(one.failures > 0) ||
    one.nearestMs - other.nearestMs ||
    compare(one.project, other.project)
  );
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

/** The projects whose events are listed at first: from the top, as many as can be read at a glance. */
export function openAtFirst(lanes: readonly Lane[], mostRows: number): Set<string> {
  const open = new Set<string>();
  let left = mostRows;
  for (const { project, events } of lanes) {
    if (left <= 0) break;
    open.add(project);
    left -= Math.min(burstsOf(events).length, listedAtFirst);
  }
  return open;
}

/** Rows of a lane that are listed before somebody asks for all of them. */
export const listedAtFirst = 25;

/** The rows that lie closest to the moment, in their order; no failure is left out for anything that is none. */
export function closest(bursts: readonly Burst[], most: number): Burst[] {
  if (bursts.length <= most) return [...bursts];
  const chosen = [...bursts]
    .sort(
      (one, other) =>
        Number(other.first.isFailure) - Number(one.first.isFailure) || distanceOf(one) - distanceOf(other),
    )
    .slice(0, most);
  const kept = new Set(chosen);
  return bursts.filter((burst) => kept.has(burst));
}

/** How far from the moment the closest of its events lies, which is one of its ends. */
function distanceOf({ first, last }: Burst): number {
  return Math.min(Math.abs(first.offsetMs), Math.abs(last.offsetMs));
}

/** Events that are one row: the same thing over and over, none of them far from the one before. */
export type Burst = { first: Placed; last: Placed; events: Placed[] };

const burstGapMs = 5 * 60_000;

/**
 * The events of a lane as rows. Those that follow each other with the same status, and titles of one pattern, are
 * one; never across the moment, and a failure never among anything else.
 */
export function burstsOf(events: readonly Placed[]): Burst[] {
  const bursts: Burst[] = [];
  for (const event of events) {
    const current = bursts.at(-1);
    if (current && goesOn(current, event)) {
      current.events.push(event);
      current.last = event;
    } else bursts.push({ first: event, last: event, events: [event] });
  }
  return bursts;
}

function goesOn({ last }: Burst, next: Placed): boolean {
  return (
    next.offsetMs - last.offsetMs <= burstGapMs &&
    next.offsetMs < 0 === last.offsetMs < 0 &&
    kindOf(next) === kindOf(last)
  );
}

function kindOf({ row: { connector, type, status, title } }: Placed): string {
  return JSON.stringify([connector, type, status, templateOf(title)]);
}

/** A mark on the axis: where, from 0 at the beginning of the window to 1,000 at its end. */
type Tick = { x: number; isFailure: boolean };

/** Where on that axis something lies. */
export function placeOf(offsetMs: number, halfMs: number): number {
  return ((offsetMs + halfMs) / (2 * halfMs)) * 1_000;
}

/** Ticks no closer than they can be drawn; one that stands for a failure among others is a failure's. */
const slot = 5;

export function ticksOf(events: readonly Placed[], halfMs: number): Tick[] {
  const slots = new Map<number, boolean>();
  for (const { offsetMs, isFailure: failed } of events) {
    const x = Math.round(placeOf(offsetMs, halfMs) / slot) * slot;
    const within = Math.min(1_000, Math.max(0, x));
    slots.set(within, failed || slots.get(within) === true);
  }
  return [...slots].map(([x, failed]) => ({ x, isFailure: failed }));
}

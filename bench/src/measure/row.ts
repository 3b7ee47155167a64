/** What a row has to reach, at the size that the goals are set for. */
export type Goal = { atMost: number } | { ratioAtLeast: number };

/** One measured value beside its reference. A null is something that can't be measured here. */
export interface Row {
  name: string;
  value: number | null;
  reference: number | null;
  /** The value divided by the reference: for times below 1 is faster, for rates above 1 is. */
  ratio: number | null;
  unit: string;
}

export interface JudgedRow extends Row {
  bar?: 'ok' | 'missed';
}

export interface Measured {
  name: string;
  value: number | null;
  reference?: number | null;
  unit: string;
  goal?: Goal;
  /** Its goal has nothing to do with the number of events. */
  judgedAlways?: true;
  /** Missed, whatever its value and the size: an answer was wrong, or said nothing of being cut. */
  fault?: string;
}

/** Goals are set for this many events. */
export const judgedFrom = 10_000_000;

export function judge(
  { name, value, reference = null, unit, goal, judgedAlways, fault }: Measured,
  events: number,
): JudgedRow {
  const ratio = value === null || !reference ? null : value / reference;
  const row = { name, value, reference, ratio, unit };
  if (fault !== undefined) return { ...row, bar: 'missed' };
  if (!goal || (events < judgedFrom && !judgedAlways)) return row;
  return { ...row, bar: reaches(goal, value, ratio) ? 'ok' : 'missed' };
}

function reaches(goal: Goal, value: number | null, ratio: number | null): boolean {
  if ('atMost' in goal) return value !== null && value <= goal.atMost;
  return ratio !== null && ratio >= goal.ratioAtLeast;
}

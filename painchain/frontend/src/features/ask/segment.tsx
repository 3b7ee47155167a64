import { classNames } from '../../components/class-names.js';

type Props = { isOn: boolean; onClick(): void; children: string };

/** One of several choices that exclude each other, or none of them. */
export function Segment({ isOn, onClick, children }: Props) {
  return (
    <button
      type="button"
      className={classNames('segment', isOn && 'segment-on')}
      aria-pressed={isOn}
      onClick={onClick}
    >
      {children}
    </button>
  );
}

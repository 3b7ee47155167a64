import { limits } from '@painchain/contract/limits';
import { Check, CircleMinus, Columns3, Copy, Eye, EyeOff, ListFilter } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { Edit } from '../../address/conditions.js';
import { copyText } from '../../components/copy-button.js';
import type { FieldOfEvent } from '../../json-renderer/render-context.js';
import { askableOf, onlyThis, textOf, withoutThis } from './field-conditions.js';

export type FieldDoings = {
  onEdit(edit: Edit): void;
  /** The added columns of the timeline, and how to change them. */
  columns: readonly string[];
  onColumns(columns: string[]): void;
  /** Whether a field is hidden in events of this type, though it is shown at the moment. */
  isHiding(path: string): boolean;
  onHide(path: string): void;
  onShow(path: string): void;
};

/** What every row shows anyway. */
const ownColumns = ['timestamp', 'status', 'title', 'project', 'connector', 'actor'];

type Props = FieldDoings & { field: FieldOfEvent; onDone(): void };

/** All that can be done with one field, as the items of a menu. */
export function FieldItems({ field, onEdit, columns, onColumns, isHiding, onHide, onShow, onDone }: Props) {
  const { path } = field;
  const askable = askableOf(field);
  const isColumn = columns.includes(path);
  const item = (icon: ReactNode, name: string, act: () => void) => (
    <Item
      icon={icon}
      onClick={() => {
        act();
        onDone();
      }}
    >
      {name}
    </Item>
  );
  return (
    <>
      <p className="menu-title" title={path}>
        <bdi>{path}</bdi>
      </p>
      {askable && (
        <>
          {item(<ListFilter size={14} />, 'Only events with this value', () => onEdit(onlyThis(askable)))}
          {item(<CircleMinus size={14} />, 'Without events with this value', () =>
            onEdit(withoutThis(askable)),
          )}
        </>
      )}
      {isColumn &&
        item(<Columns3 size={14} />, 'Remove the column', () =>
          onColumns(columns.filter((column) => column !== path)),
        )}
      {!isColumn &&
        !ownColumns.includes(path) &&
        columns.length < limits.columns &&
        item(<Columns3 size={14} />, 'Add as a column', () => onColumns([...columns, path]))}
      <CopyItem text={() => path}>Copy the path</CopyItem>
      <CopyItem text={() => textOf(field)}>Copy the value</CopyItem>
      {isHiding(path)
        ? item(<Eye size={14} />, 'Show in events of this type again', () => onShow(path))
        : item(<EyeOff size={14} />, 'Hide in events of this type', () => onHide(path))}
    </>
  );
}

type ItemProps = { icon: ReactNode; onClick(): void; children: ReactNode };

function Item({ icon, onClick, children }: ItemProps) {
  return (
    <button type="button" role="menuitem" tabIndex={-1} className="choice" onClick={onClick}>
      {icon}
      {children}
    </button>
  );
}

/** Leaves the menu open, to say whether the browser let it copy. */
function CopyItem({ text, children }: { text: () => string; children: ReactNode }) {
  const [outcome, setOutcome] = useState<'copied' | 'refused'>();
  const words = { copied: 'Copied', refused: 'The browser refused to copy' };
  return (
    <Item
      icon={outcome === 'copied' ? <Check size={14} className="text-good" /> : <Copy size={14} />}
      onClick={() => void copyText(text()).then((done) => setOutcome(done ? 'copied' : 'refused'))}
    >
      <span role="status">{outcome === undefined ? children : words[outcome]}</span>
    </Item>
  );
}

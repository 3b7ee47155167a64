import { Menu } from '@base-ui/react/menu';
import { Check, CircleMinus, Columns3, Copy, Ellipsis, Eye, EyeOff, ListFilter } from 'lucide-react';
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import type { Edit } from '../../address/conditions.js';
import { copyText } from '../../components/copy-button.js';
import { IconButton } from '../../components/icon-button.js';
import type { FieldActions, FieldOfEvent } from '../../json-renderer/render-context.js';
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

const mostColumns = 20;
type Handle = ReturnType<typeof Menu.createHandle<FieldOfEvent>>;

/** What can be done with a field: the buttons of each, and the one menu that they all open. */
export function useFieldMenu(doings: FieldDoings): { actions: FieldActions; menu: ReactNode } {
  const handle = useMemo(() => Menu.createHandle<FieldOfEvent>(), []);
  const { onEdit } = doings;
  const actions = useCallback(
    (field: FieldOfEvent) => <FieldButtons field={field} handle={handle} onEdit={onEdit} />,
    [handle, onEdit],
  );
  return { actions, menu: <FieldMenu handle={handle} {...doings} /> };
}

type ButtonsProps = Pick<FieldDoings, 'onEdit'> & { field: FieldOfEvent; handle: Handle };

function FieldButtons({ field, handle, onEdit }: ButtonsProps) {
  const askable = askableOf(field);
  return (
    <>
      {askable && (
        <>
          <IconButton
            label={`Only events with this ${field.label}`}
            className="wide-only"
            onClick={() => onEdit(onlyThis(askable))}
          >
            <ListFilter size={14} />
          </IconButton>
          <IconButton
            label={`Without events with this ${field.label}`}
            className="wide-only"
            onClick={() => onEdit(withoutThis(askable))}
          >
            <CircleMinus size={14} />
          </IconButton>
        </>
      )}
      <Menu.Trigger
        handle={handle}
        payload={field}
        className="icon-button"
        aria-label={`More to do with ${field.label}`}
        title={`More to do with ${field.label}`}
      >
        <Ellipsis size={14} />
      </Menu.Trigger>
    </>
  );
}

function FieldMenu({ handle, ...doings }: FieldDoings & { handle: Handle }) {
  return (
    <Menu.Root handle={handle}>
      {({ payload }) => (
        <Menu.Portal>
          <Menu.Positioner align="end" sideOffset={4} className="menu-place">
            <Menu.Popup className="popup menu">
              {payload && <FieldItems field={payload} {...doings} />}
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      )}
    </Menu.Root>
  );
}

function FieldItems({ field, onEdit, columns, onColumns, ...hiding }: FieldDoings & { field: FieldOfEvent }) {
  const { path } = field;
  const askable = askableOf(field);
  const isColumn = columns.includes(path);
  return (
    <>
      <p className="menu-title">
        <code>
          <bdi>{path}</bdi>
        </code>
      </p>
      {askable && (
        <>
          <Item icon={<ListFilter size={14} />} onClick={() => onEdit(onlyThis(askable))}>
            Only events with this value
          </Item>
          <Item icon={<CircleMinus size={14} />} onClick={() => onEdit(withoutThis(askable))}>
            Without events with this value
          </Item>
        </>
      )}
      {isColumn ? (
        <Item
          icon={<Columns3 size={14} />}
          onClick={() => onColumns(columns.filter((column) => column !== path))}
        >
          Remove the column
        </Item>
      ) : (
        columns.length < mostColumns && (
          <Item icon={<Columns3 size={14} />} onClick={() => onColumns([...columns, path])}>
            Add as a column
          </Item>
        )
      )}
      <CopyItem text={() => path}>Copy the path</CopyItem>
      <CopyItem text={() => textOf(field)}>Copy the value</CopyItem>
      {hiding.isHiding(path) ? (
        <Item icon={<Eye size={14} />} onClick={() => hiding.onShow(path)}>
          Show in events of this type again
        </Item>
      ) : (
        <Item icon={<EyeOff size={14} />} onClick={() => hiding.onHide(path)}>
          Hide in events of this type
        </Item>
      )}
    </>
  );
}

type ItemProps = { icon: ReactNode; onClick(): void; children: ReactNode };

function Item({ icon, onClick, children }: ItemProps) {
  return (
    <Menu.Item className="choice" onClick={onClick}>
      {icon}
      {children}
    </Menu.Item>
  );
}

/** Stays open to say whether the browser let it copy. */
function CopyItem({ text, children }: { text: () => string; children: ReactNode }) {
  const [outcome, setOutcome] = useState<'copied' | 'refused'>();
  return (
    <Menu.Item
      className="choice"
      closeOnClick={false}
      onClick={() => void copyText(text()).then((done) => setOutcome(done ? 'copied' : 'refused'))}
    >
      {outcome === 'copied' ? <Check size={14} className="text-good" /> : <Copy size={14} />}
      <span role="status">
        {outcome === undefined
          ? children
          : { copied: 'Copied', refused: 'The browser refused to copy' }[outcome]}
      </span>
    </Menu.Item>
  );
}

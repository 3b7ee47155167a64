import { useContext } from 'react';
import { CommandsContext } from './commands.js';
import { Sheet } from './sheet.js';

/** The keys of the page. */
export function HelpDialog({ onClose }: { onClose(): void }) {
  const commands = useContext(CommandsContext)
    .all()
    .filter(({ keys }) => keys !== undefined);
  return (
    <Sheet open onClose={onClose} title="Keyboard" centered>
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-6 gap-y-2 p-4">
        {commands.map(({ id, keys, title }) => (
          <div key={id} className="contents">
            <dt>
              <kbd className="key">{keys?.join(' or ')}</kbd>
            </dt>
            <dd>{title}</dd>
          </div>
        ))}
      </dl>
    </Sheet>
  );
}

import { Fragment } from 'react';
import { capsOf, isApple } from './keys.js';

const apple = isApple(globalThis.navigator?.userAgent ?? '');

/** What the key for commands is called here. */
export const modifierName = apple ? '⌘' : 'Ctrl';

/** Keys as they stand on the reader's keyboard. */
export function KeyCaps({ keys }: { keys: readonly string[] }) {
  return (
    <span className="key-caps">
      {keys.map((key, index) => (
        <Fragment key={key}>
          {index > 0 && <span className="text-muted">or</span>}
          {capsOf(key, apple).map((cap, place) => (
            <Fragment key={place}>
              {place > 0 && <span className="text-muted">then</span>}
              <kbd className="key">{cap}</kbd>
            </Fragment>
          ))}
        </Fragment>
      ))}
    </span>
  );
}

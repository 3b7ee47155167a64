/** PainChain cannot be started here, for a reason that whoever starts it can remove: `message` names the remedy. */
export class LaunchError extends Error {
  override readonly name = 'LaunchError';
}

/** A backup can be neither made nor restored; the message names the remedy. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
}

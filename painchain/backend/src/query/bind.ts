/** Binds a value as a parameter of the type and gives what stands for it in the SQL. */
export type Bind = (value: unknown, type: string) => string;

/** Binds to the end of these values. */
export function binder(values: unknown[]): Bind {
  return (value, type) => `$${values.push(value)}::${type}`;
}

import { useEffect, useState } from 'react';

/** A value once it has rested for so long. Values that are the same as JSON are the same. */
export function useDebounced<Value>(value: Value, ms: number): Value {
  const [settled, setSettled] = useState(value);
  const key = JSON.stringify(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(() => value), ms);
    return () => clearTimeout(timer);
    // `key` stands for the value, which may be another object on every render.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [key, ms]);
  return settled;
}

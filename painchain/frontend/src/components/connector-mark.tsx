import type { ConnectorTypeView } from '@painchain/contract';
import { createContext, useContext } from 'react';

/** What the types of connectors say of themselves, by type. No type is known to this code otherwise. */
export const ConnectorTypesContext = createContext<ReadonlyMap<string, ConnectorTypeView>>(new Map());

const pathData = /^[MmLlHhVvCcSsQqTtAaZz\d\s.,+eE-]*$/;

/** A type's own picture in its own colour: path data on a 24 by 24 grid, never markup. */
export function ConnectorLogo({ type, size = 14 }: { type: string; size?: number }) {
  const known = useConnectorType(type);
  const path =
    known?.logo !== undefined && pathData.test(known.logo)
      ? known.logo
      : 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Z';
  return (
    <svg viewBox="0 0 24 24" width={size} height={size} className="logo" aria-hidden="true">
      <path d={path} fill={known?.color ?? 'currentColor'} />
    </svg>
  );
}

/** A type of connector by its picture and name. */
export function ConnectorMark({ type }: { type: string }) {
  return (
    <span className="connector-mark text-muted" title={useConnectorName(type)}>
      <ConnectorLabel type={type} />
    </span>
  );
}

/** The same without a box of its own. */
export function ConnectorLabel({ type }: { type: string }) {
  return (
    <>
      <ConnectorLogo type={type} />
      <bdi className="truncate">{useConnectorName(type)}</bdi>
    </>
  );
}

/** What a type says of itself, once that is known. */
export function useConnectorType(type: string): ConnectorTypeView | undefined {
  return useContext(ConnectorTypesContext).get(type);
}

/** A type as people say it. */
export function useConnectorName(type: string): string {
  return useConnectorType(type)?.name ?? type;
}

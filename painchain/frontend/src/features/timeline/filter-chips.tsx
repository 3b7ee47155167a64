import { X } from 'lucide-react';
import { filterFields, type FilterField, type HomeSearch } from './search.js';

type Props = { search: HomeSearch; onFilter(field: FilterField, values: string[]): void; onClear(): void };

/** The filters in force, each gone with one click. */
export function FilterChips({ search, onFilter, onClear }: Props) {
  const chips = filterFields.flatMap((field) => (search[field] ?? []).map((value) => ({ field, value })));
  if (chips.length === 0) return null;
  return (
    <ul className="flex flex-wrap items-center gap-1.5" aria-label="Filters in force">
      {chips.map(({ field, value }) => (
        <li key={`${field} ${value}`}>
          <button
            type="button"
            className="filter-chip"
            aria-label={`Remove filter ${field} ${value}`}
            onClick={() =>
              onFilter(
                field,
                (search[field] ?? []).filter((one) => one !== value),
              )
            }
          >
            <span className="text-muted">{field}</span>
            <bdi className="max-w-60 truncate">{value}</bdi>
            <X size={12} aria-hidden="true" />
          </button>
        </li>
      ))}
      {chips.length > 1 && (
        <li>
          <button type="button" className="text-button" onClick={onClear}>
            Clear all
          </button>
        </li>
      )}
    </ul>
  );
}

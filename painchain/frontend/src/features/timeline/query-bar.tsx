import type { ConnectorTypeView, ProjectView } from '@painchain/contract';
import type { UseQueryResult } from '@tanstack/react-query';
import { ConnectorLogo } from '../../components/connector-mark.js';
import type { Zone } from '../../components/clock.js';
import { type Choice, FilterPicker } from './filter-picker.js';
import { type FilterField, type HomeSearch } from './search.js';
import { TimePicker } from './time-picker.js';
import type { TimeRange } from './time-range.js';

export type QueryBarProps = {
  search: HomeSearch;
  projects: UseQueryResult<ProjectView[]>;
  types: UseQueryResult<ConnectorTypeView[]>;
  onRange(range: TimeRange): void;
  onZone(zone: Zone): void;
  onFilter(field: FilterField, values: string[]): void;
};

/** Projects by name: two connectors that watch one project are one choice, since the filter takes the name. */
function projectChoices(projects: ProjectView[]): Choice[] {
  const counts = new Map<string, number>();
  for (const project of projects) counts.set(project.name, (counts.get(project.name) ?? 0) + project.events);
  return [...counts].map(([name, events]) => ({
    value: name,
    label: name,
    note: events.toLocaleString('en'),
  }));
}

function connectorChoices(types: ConnectorTypeView[], projects: ProjectView[]): Choice[] {
  const named = new Map(types.map((type) => [type.type, type.name]));
  const seen = projects.map((project) => project.connector);
  return [...new Set([...named.keys(), ...seen])].map((type) => ({
    value: type,
    label: named.get(type) ?? type,
    mark: <ConnectorLogo type={type} />,
  }));
}

/** What is asked: the range of time, the projects, the connectors. */
export function QueryBar({ search, projects, types, onRange, onZone, onFilter }: QueryBarProps) {
  return (
    <div className="flex flex-wrap items-center gap-1.5" role="search" aria-label="Timeline filters">
      <TimePicker value={search} onChange={onRange} onZone={onZone} />
      <FilterPicker
        name="Project"
        choices={projectChoices(projects.data ?? [])}
        chosen={search.project ?? []}
        loading={projects.isPending}
        failed={projects.isError}
        onChange={(values) => onFilter('project', values)}
      />
      <FilterPicker
        name="Connector"
        choices={connectorChoices(types.data ?? [], projects.data ?? [])}
        chosen={search.connector ?? []}
        loading={types.isPending}
        failed={types.isError}
        onChange={(values) => onFilter('connector', values)}
      />
    </div>
  );
}

import { Link } from '@tanstack/react-router';

/** Nothing is connected: where to begin. */
export function NoIntegrations() {
  return (
    <div className="card flex flex-col items-start gap-3">
      <h2 className="text-base font-semibold">Nothing is connected yet</h2>
      <p className="text-muted">
        An integration is a credential and what is looked at with it. It can be added here, or by a
        configuration file that stands beside its connector.
      </p>
      <Link to="/settings/add" className="button-primary">
        Add an integration
      </Link>
    </div>
  );
}

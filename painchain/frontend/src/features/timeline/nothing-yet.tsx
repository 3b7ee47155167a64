import type { ConnectorTypeView, IntegrationView } from '@painchain/contract';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { classNames } from '../../components/class-names.js';
import { CodedText } from '../../components/coded-text.js';
import { ConnectorLogo } from '../../components/connector-mark.js';
import { CopyButton } from '../../components/copy-button.js';
import { HealthMark } from '../../components/health.js';
import { Instant } from '../../components/instant.js';
import { SafeLink } from '../../components/safe-link.js';

function testEvent(): string {
  const event = {
    title: 'Hello from my terminal',
    connector: 'test',
    project: 'playground',
    timestamp: new Date().toISOString(),
    data: { note: 'my first event' },
  };
  return `curl -X POST ${location.origin}/api/events \\
  -H 'content-type: application/json' \\
  -d '${JSON.stringify(event, null, 2)}'`;
}

function TestEvent() {
  const [command] = useState(testEvent);
  return (
    <section className="notice-box w-full" aria-labelledby="test-event">
      <h3 id="test-event" className="font-semibold">
        Send a test event
      </h3>
      <p className="text-muted">Run this in a terminal. The event appears here the moment it arrives.</p>
      <div className="flex items-start gap-1">
        <pre className="value-pre min-w-0 flex-1">{command}</pre>
        <CopyButton text={command} label="Copy the command" />
      </div>
      <p className="flex items-center gap-2 text-muted">
        <span className="live-dot live-dot-on" aria-hidden="true" /> Waiting for the first event…
      </p>
    </section>
  );
}

/** Nothing is connected: what to do first. */
export function NothingConnected({ types }: { types: ConnectorTypeView[] }) {
  const offered = types.filter(({ mode }) => mode !== 'internal');
  return (
    <div className="empty">
      <h2 className="text-lg font-semibold">Nothing is connected yet</h2>
      <p className="max-w-prose text-muted">
        A connector watches a source and brings its changes here. Connect one of these, here or by a small
        configuration file, or send an event yourself.
      </p>
      {offered.length > 0 && (
        <ul
          className={classNames('grid w-full gap-2', offered.length > 1 && 'sm:grid-cols-2')}
          aria-label="Connectors"
        >
          {offered.map((type) => (
            <li key={type.type} className="card flex gap-3">
              <ConnectorLogo type={type.type} size={24} />
              <div className="min-w-0">
                <h3 className="font-semibold">
                  <bdi>{type.name}</bdi>
                </h3>
                <p className="text-muted">
                  <bdi>{type.description}</bdi>
                </p>
                <Link to="/settings/add/$type" params={{ type: type.type }} className="link">
                  Connect it
                </Link>
                {type.config_example !== null && (
                  <ConfigExample text={type.config_example} name={type.name} />
                )}
                {type.documentation !== undefined && (
                  <SafeLink to={type.documentation}>How to connect it</SafeLink>
                )}
              </div>
            </li>
          ))}
        </ul>
      )}
      <TestEvent />
    </div>
  );
}

function ConfigExample({ text, name }: { text: string; name: string }) {
  return (
    <details className="mt-1">
      <summary className="text-button">Example configuration</summary>
      <div className="flex items-start gap-1">
        <pre className="value-pre min-w-0 flex-1">{text}</pre>
        <CopyButton text={text} label={`Copy the example configuration of ${name}`} />
      </div>
    </details>
  );
}

/** Connected, but no event has come: how the sources are doing and when they are asked next. */
export function NothingYet({ integrations }: { integrations: IntegrationView[] }) {
  return (
    <div className="empty">
      <h2 className="text-lg font-semibold">Connected, and waiting for the first change</h2>
      <ul className="flex w-full flex-col gap-2" aria-label="Integrations">
        {integrations.map((integration) => (
          <li key={integration.id} className="card flex flex-wrap items-center gap-x-3 gap-y-1">
            <ConnectorLogo type={integration.type} size={18} />
            <bdi className="font-semibold">{integration.name}</bdi>
            <HealthMark state={integration.health} />
            <NextPoll integration={integration} />
            {integration.trouble && (
              <p className="w-full text-muted">
                <CodedText text={`${integration.trouble.detail} ${integration.trouble.remedy}`} />
              </p>
            )}
          </li>
        ))}
      </ul>
      <Link to="/settings" className="link">
        See every source
      </Link>
      <TestEvent />
    </div>
  );
}

function NextPoll({ integration }: { integration: IntegrationView }) {
  const next = integration.sources.flatMap((source) => source.next_sync ?? []).toSorted()[0];
  if (next === undefined) return null;
  return (
    <span className="text-muted">
      next look <Instant at={next} />
    </span>
  );
}

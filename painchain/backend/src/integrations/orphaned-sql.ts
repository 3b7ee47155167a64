/** Without its connector for this long, what a file manages counts as orphaned: a restart takes less. */
const orphanedSeconds = 120;

const connectorOfFile = `select from connectors c
     where c.tenant_id = i.tenant_id and c.instance_id = i.file_instance_id`;

/** SQL for whether the connector of the file that manages the integration `i` is gone. */
export const orphaned = `(i.file_path is not null and not exists (
    ${connectorOfFile} and c.last_heartbeat > now() - make_interval(secs => ${orphanedSeconds})))`;

/** SQL for whether it has stopped, and may be about to start again. */
export const stopped = `exists (${connectorOfFile} and c.state = 'stopped')`;

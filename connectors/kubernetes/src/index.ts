import { runConnector } from '@painchain/connector-sdk';
import { kubernetes } from './connector.js';

await runConnector(kubernetes);

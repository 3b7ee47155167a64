import { runConnector } from '@painchain/connector-sdk';
import { gitHub } from './connector.js';

await runConnector(gitHub);

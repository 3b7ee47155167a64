import { runConnector } from '@painchain/connector-sdk';
import { gitLab } from './connector.js';

await runConnector(gitLab);

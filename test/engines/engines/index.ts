import type { Engine } from '../engine.js';
import { etcd } from './etcd.js';
import { kubernetes } from './kubernetes.js';
import { oracleEngine } from './oracle.js';

/** Every engine, in the order in which they are built. */
export const engines: readonly Engine[] = [etcd, kubernetes, oracleEngine];

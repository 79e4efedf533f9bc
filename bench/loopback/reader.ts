// One reader in a process of its own: takes all ticks of a feeder and prints what it measured.

import { createClock } from './clock.js';
import { drain } from './drain.js';
import type { Flow } from './flow.js';
import { ibwire, type Measures, type Way } from './ibwire.js';
import { stoqey } from './stoqey.js';

const [who = '', portText = '', flowText = '{}', measures] = process.argv.slice(2);
const port = Number(portText);
const flow = JSON.parse(flowText) as Flow;
const clock = createClock(flow);
if (who === 'drain') drain(port, flow, clock);
else if (who === 'stoqey') await stoqey(port, flow, clock);
else await ibwire(port, flow, who as Way, measures as Measures, clock);

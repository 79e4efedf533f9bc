// Replays every capture of fixtures/captures whole and writes what came of it: npx tsx scripts/capture-outcomes.ts
import { writeFileSync } from 'node:fs';
import { OUTCOMES, outcomesText } from '../test/capture/outcomes.js';

writeFileSync(OUTCOMES, await outcomesText());

// The wire as witness, share 1 of the random sequences.

import { sequences } from './sequences.js';

sequences(1);

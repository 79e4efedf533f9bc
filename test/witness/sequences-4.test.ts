// The wire as witness, share 4 of the random sequences.

import { sequences } from './sequences.js';

sequences(4);

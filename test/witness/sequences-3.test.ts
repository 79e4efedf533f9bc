// The wire as witness, share 3 of the random sequences.

import { sequences } from './sequences.js';

sequences(3);

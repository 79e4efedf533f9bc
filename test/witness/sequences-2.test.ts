// The wire as witness, share 2 of the random sequences.

import { sequences } from './sequences.js';

sequences(2);

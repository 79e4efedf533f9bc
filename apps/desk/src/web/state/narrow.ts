// Whether the screen is as narrow as a telephone: tables are cards there.

import { createSignal } from 'solid-js';

const query = matchMedia('(max-width: 760px)');
const [narrow, setNarrow] = createSignal(query.matches);
query.addEventListener('change', ({ matches }) => setNarrow(matches));

export const isNarrow = narrow;

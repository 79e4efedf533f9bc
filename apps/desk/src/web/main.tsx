import { render } from 'solid-js/web';
import { Frame } from './frame.jsx';
import { desk } from './state/desk.js';
import './style/base.css';
import './style/frame.css';
import './style/account.css';
import './style/trading.css';
import './style/market.css';
import './style/gateway.css';

const place = document.getElementById('app');
if (place === null) throw new Error('the page has no place for the dashboard');
render(() => <Frame />, place);
desk.start().catch((error: unknown) => desk.tell(error instanceof Error ? error.message : 'the dashboard could not start', true));

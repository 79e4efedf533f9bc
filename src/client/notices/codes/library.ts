// Numbers that client libraries made up for their own errors (501 to 592) and that the host's sockets use; no gateway sends them.

import type { CodeRow } from '../row.js';

const typed = 'ibwire raises a typed error instead; the number is kept for those who know it.';
const desync = 'Close, connect again, and keep the raw frame: there is no point to resume from within the stream.';

export const libraryCodes = [
  { code: 501, class: 'local', meaning: 'Connected already.', remedy: 'Use the session that is open, or close it first.' },
  {
    code: 502,
    class: 'local',
    meaning: 'TWS or IB Gateway could not be reached, is not accepting API clients, or has 32 of them already.',
    remedy:
      'Check host and port (TWS 7496 live, 7497 paper; Gateway 4001 live, 4002 paper) and that the socket API is switched on.',
  },
  {
    code: 503,
    class: 'local',
    meaning: 'The gateway is too old for the call.',
    remedy: 'Update TWS or IB Gateway. ibwire raises TooOldError with the field and the versions.',
  },
  { code: 504, class: 'local', meaning: 'Not connected.', remedy: 'Wait for the session to be ready.' },
  { code: 505, class: 'local', meaning: 'A message of a kind the library does not know.', remedy: desync },
  { code: 506, class: 'local', meaning: 'The versions of the two sides do not meet.', remedy: typed },
  {
    code: 507,
    class: 'local',
    meaning:
      'A frame of impossible length, or the end of the stream: often the client id is in use, or TWS is locked or closing.',
    remedy: desync,
  },
  { code: 508, class: 'local', meaning: 'A message that could not be read.', remedy: desync },
  { code: 509, class: 'local', meaning: 'Reading from the socket failed.', remedy: desync },
  { code: 510, to: 521, class: 'local', meaning: 'A request could not be sent.', remedy: typed },
  { code: 522, class: 'local', meaning: 'An advisor configuration request could not be sent.', remedy: typed },
  { code: 523, class: 'local', meaning: 'An advisor configuration change could not be sent.', remedy: typed },
  { code: 524, to: 568, class: 'local', meaning: 'A request could not be sent.', remedy: typed },
  { code: 569, class: 'local', meaning: 'The cancel of a head timestamp request could not be sent.', remedy: typed },
  { code: 570, to: 578, class: 'local', meaning: 'A request could not be sent.', remedy: typed },
  {
    code: 579,
    class: 'local',
    meaning: 'A text holds letters that the API cannot carry.',
    remedy: 'Use letters of the ASCII set in symbols and order texts.',
  },
  { code: 580, to: 584, class: 'local', meaning: 'A request could not be sent.', remedy: typed },
  { code: 585, class: 'local', meaning: 'Advisor profiles no longer exist (server 177 and up).', remedy: 'Use groups.' },
  { code: 586, class: 'local', meaning: 'Reading went on after the connection was closed.', remedy: desync },
  {
    code: 587,
    to: 592,
    class: 'local',
    meaning: 'A newer request (time in milliseconds, protobuf, depth, contracts, ticks, configuration) could not be sent.',
    remedy: typed,
  },
  {
    code: 10038,
    class: 'local',
    meaning: 'The host says that the socket is no socket any more (Windows).',
    remedy: 'Treat the connection as lost.',
  },
  {
    code: 10053,
    class: 'local',
    meaning: 'The host has cut the connection (Windows).',
    remedy: 'Treat the connection as lost; firewalls and virus scanners do this.',
  },
] as const satisfies readonly CodeRow[];

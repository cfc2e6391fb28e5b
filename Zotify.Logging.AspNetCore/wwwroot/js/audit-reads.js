// The audit log has an event for each reading of the log itself. The page leaves them out, unless its address asks for them.

import { params } from './router.js';

const ofReading = 'audit.read';

/** Whether they are left out. */
export const hidesReads = () => params().get('reads') !== 'shown'
  && !params().getAll('event_type').some(type => type === ofReading || (type.endsWith('*') && ofReading.startsWith(type.slice(0, -1))));

/** Filters that leave them out. */
export const withoutReads = filters => ({ ...filters, 'event_type.not': [...(filters['event_type.not'] ?? []), ofReading] });

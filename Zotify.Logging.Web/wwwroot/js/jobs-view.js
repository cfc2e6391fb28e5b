export function jobsView() { return { update() {}, leave() {}, keys: {} }; }

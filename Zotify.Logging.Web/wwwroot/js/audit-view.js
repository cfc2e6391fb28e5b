export function auditView() { return { update() {}, leave() {}, keys: {} }; }

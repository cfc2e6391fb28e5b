export function jobView() { return { update() {}, leave() {}, keys: {} }; }

// Creates elements. Text is only ever set as text: nothing here, and nothing else on the page, accepts markup.

/** An element. `props` are attributes, except `class`, `text`, `on` (listeners by event) and `data` (data attributes). */
export function el(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === 'text') element.textContent = value;
    else if (name === 'on') for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    else if (name === 'data') Object.assign(element.dataset, value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat(Infinity).filter(child => child !== undefined && child !== null && child !== false));
  return element;
}

/** An SVG element. */
export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** The markup of a view, from its template. */
export function fromTemplate(id) {
  return document.getElementById(id).content.firstElementChild.cloneNode(true);
}

/** The named elements of a template, by name. */
export function partsOf(root) {
  return Object.fromEntries([...root.querySelectorAll('[data-part]')].map(part => [part.dataset.part, part]));
}

/** Shows a text, or several parts, in an element, or hides the element if there is none. */
export function notice(element, content, isBad = false) {
  element.hidden = !content;
  element.classList.toggle('bad', isBad);
  element.replaceChildren(...[content ?? ''].flat());
}

/** Fills an element with a state of a view: what happened, and what to do next. */
export function state(element, title, advice, { isBad = false, action } = {}) {
  element.hidden = !title;
  element.classList.toggle('bad', isBad);
  element.replaceChildren();
  if (!title) return;
  element.append(el('h2', { text: title }), el('p', {}, advice));
  if (action) element.append(el('button', { type: 'button', text: action.text, on: { click: action.run } }));
}

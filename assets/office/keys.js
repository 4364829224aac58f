// keys.js - the keyboard first. Keys go by event.code, so an input method or a full-width state changes nothing; a letter
// never changes data by itself.
import { useLayoutEffect, useRef } from 'preact/hooks';

const layers = [];

const isTyping = (target) => /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && target.type !== 'checkbox';

// The word of a key as the tables of keys have it: Ctrl+Enter, Shift+ArrowDown, KeyE, Slash.
function named(event) {
  return `${event.ctrlKey || event.metaKey ? 'Ctrl+' : ''}${event.altKey ? 'Alt+' : ''}${event.shiftKey ? 'Shift+' : ''}${event.code.replace('Numpad', '')}`;
}

addEventListener('keydown', (event) => {
  if (event.isComposing || event.defaultPrevented) return; // a field of choices took it
  const name = named(event);
  for (let i = layers.length - 1; i >= 0; i--) {
    const handler = layers[i].current[name];
    if (!handler) continue;
    const isMeant = /^(Escape|Ctrl\+|Arrow(Up|Down)$)/.test(name) || (name === 'Enter' && event.target.id === 'search');
    if (isTyping(event.target) && !isMeant) continue;
    if (handler(event) === false) continue;
    event.preventDefault();
    return;
  }
});

// While the component stands, its keys go before those below it: {ArrowDown: (event) => ..., KeyE: ...}. A handler that
// returns false passes the key on. They hold from the moment on at which it can be seen, however fast somebody types.
export function useKeys(keys) {
  const latest = useRef(keys);
  latest.current = keys;
  useLayoutEffect(() => {
    layers.push(latest);
    return () => layers.splice(layers.indexOf(latest), 1);
  }, []);
}

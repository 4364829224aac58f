// live.js - hears from the server what changed: topics and numbers, never contents. Whoever shows one asks again.
import { useEffect, useRef } from 'preact/hooks';
import { set, store } from './store.js';

const listeners = new Set();
let isHeard = false; // since the line was asked for; what changed before that is asked for once more

// Calls back after one of the topics changed, at most every 300 ms, and once the line is there, for the first time or again.
export function useChanged(topics, then) {
  const latest = useRef(then);
  latest.current = then;
  const key = topics.join();
  useEffect(() => {
    if (!key) return undefined;
    let timer = 0;
    const listener = (changed) => {
      if (changed && !changed.some((topic) => topics.includes(topic))) return;
      if (timer) return;
      timer = setTimeout(() => {
        timer = 0;
        latest.current();
      }, 300);
    };
    listeners.add(listener);
    return () => {
      clearTimeout(timer);
      listeners.delete(listener);
    };
  }, [key]);
}

function hear(message) {
  if (message.kind === 'changed') {
    set({ live: { ...store.live, at: Date.now() } });
    listeners.forEach((listener) => listener(message.topics));
    return;
  }
  const wasDeaf = !store.live.ok || !isHeard;
  isHeard = isHeard || message.ok;
  set({ live: { ok: message.ok, since: message.since, at: message.ok ? Date.now() : store.live.at } });
  if (message.ok && wasDeaf) listeners.forEach((listener) => listener(null));
}

let port = null;
let own = null;

function ownOpen() {
  if (own) own.close();
  own = new EventSource('/api/live');
  own.onopen = () => hear({ kind: 'state', ok: true, since: 0 });
  own.onerror = () => {
    hear({ kind: 'state', ok: false, since: store.live.since || Date.now() });
    if (own.readyState === EventSource.CLOSED) setTimeout(ownOpen, 2000 + Math.random() * 3000);
  };
  own.addEventListener('changed', (event) => hear({ kind: 'changed', ...JSON.parse(event.data) }));
}

// Once a session is there; again after another log-in.
export function liveOpen() {
  isHeard = false;
  if (port) {
    port.postMessage('open');
  } else if (window.SharedWorker) {
    port = new SharedWorker('/office/live-worker.js').port;
    port.onmessage = (event) => hear(event.data);
    addEventListener('pagehide', () => port.postMessage('close'));
    addEventListener('pageshow', (event) => event.persisted && location.reload());
  } else {
    const follow = () => {
      if (document.visibilityState === 'visible') ownOpen();
      else if (own) own.close();
    };
    document.addEventListener('visibilitychange', follow);
    follow();
  }
}

// live-worker.js - one stream of changes for all tabs of a browser: HTTP/1.1 allows six connections a host, and a stream
// keeps one. A SharedWorker; live.js does the same by itself where there is none.
const ports = new Set();
let source = null;
let state = { kind: 'state', ok: true, since: 0 };

function tell(message) {
  ports.forEach((port) => port.postMessage(message));
}

function open() {
  if (source) source.close();
  source = new EventSource('/api/live');
  source.onopen = () => {
    state = { kind: 'state', ok: true, since: 0 };
    tell(state);
  };
  source.onerror = () => {
    if (state.ok) state = { kind: 'state', ok: false, since: Date.now() };
    tell(state);
    if (source.readyState === EventSource.CLOSED) setTimeout(open, 2000 + Math.random() * 3000);
  };
  source.addEventListener('changed', (event) => tell({ kind: 'changed', ...JSON.parse(event.data) }));
}

onconnect = (event) => {
  const port = event.ports[0];
  ports.add(port);
  port.onmessage = (message) => {
    if (message.data === 'close') ports.delete(port);
    if (message.data === 'open') open();
    if (!ports.size && source) {
      source.close();
      source = null;
    }
  };
  if (!source) open();
  else if (source.readyState === EventSource.OPEN || !state.ok) port.postMessage(state); // else once it opens
};

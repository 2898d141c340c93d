/** What the shell does in the browser alone: colour scheme, shortcuts, and whether the server is still heard. */
import { ConnectionState, ConnectionStateStore } from '@vaadin/common-frontend';

const SCHEME_KEY = 'warpgrid.scheme';
/** The shell beats every 2 s; two beats missed and a little more is silence. */
const SILENCE_MILLIS = 6_000;

type Scheme = 'system' | 'light' | 'dark';

function applyScheme(scheme: Scheme) {
  document.documentElement.style.colorScheme = scheme === 'system' ? '' : scheme;
  document.documentElement.dataset.scheme = scheme;
}

class WarpShell extends HTMLElement {
  private pending = '';
  private pendingAt = 0;
  private readonly onKey = (event: KeyboardEvent) => this.key(event);

  connectedCallback() {
    document.addEventListener('keydown', this.onKey);
    this.tell('scheme', this.scheme());
  }

  disconnectedCallback() {
    document.removeEventListener('keydown', this.onKey);
  }

  chooseScheme(scheme: Scheme) {
    if (scheme === 'system') localStorage.removeItem(SCHEME_KEY);
    else localStorage.setItem(SCHEME_KEY, scheme);
    applyScheme(scheme);
  }

  private scheme(): Scheme {
    return (localStorage.getItem(SCHEME_KEY) as Scheme | null) ?? 'system';
  }

  private key(event: KeyboardEvent) {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      this.tell('shortcut', 'palette');
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
    const chord = event.timeStamp - this.pendingAt < 1500 ? this.pending + event.key : event.key;
    this.pending = '';
    if (event.key === 'g' && chord === 'g') {
      this.pending = 'g';
      this.pendingAt = event.timeStamp;
    } else if (event.key === '/') {
      event.preventDefault();
      focusSearch() || this.tell('shortcut', 'palette');
    } else if (event.key === '?' || chord.length === 2) {
      this.tell('shortcut', chord);
    }
  }

  private tell(name: string, value: string) {
    this.dispatchEvent(new CustomEvent(`warp-${name}`, { detail: value }));
  }
}

function isTyping(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0];
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

/** The page's own search field, where it has one that can be seen. */
function focusSearch(): boolean {
  const field = [...document.querySelectorAll<HTMLElement>('[data-search]')].find((one) => one.offsetParent !== null);
  field?.focus();
  return field !== undefined;
}
customElements.define('warp-shell', WarpShell);

/** "Live", "Reconnecting" or how long nothing was heard: in words and with a mark of its own shape. */
class WarpConnection extends HTMLElement {
  private heardAt = Date.now();
  private timer = 0;
  private readonly store = (window as unknown as { Vaadin?: { connectionState?: ConnectionStateStore } }).Vaadin?.connectionState;
  private readonly changed = () => this.render();

  connectedCallback() {
    this.setAttribute('role', 'status');
    this.store?.addStateChangeListener(this.changed);
    this.timer = window.setInterval(this.changed, 1000);
    this.render();
  }

  disconnectedCallback() {
    this.store?.removeStateChangeListener(this.changed);
    clearInterval(this.timer);
  }

  beat() {
    this.heardAt = Date.now();
    this.render();
  }

  private render() {
    const silent = Date.now() - this.heardAt;
    const state = this.store?.state;
    const lost = state === ConnectionState.CONNECTION_LOST || state === ConnectionState.RECONNECTING;
    const next = lost ? 'lost' : silent > SILENCE_MILLIS ? 'silent' : 'live';
    const text =
      next === 'live' ? 'Live' : next === 'lost' ? 'Reconnecting' : `No update for ${Math.round(silent / 1000)} s`;
    if (this.dataset.state !== next) this.dataset.state = next;
    if (this.textContent !== text) this.textContent = text;
    const title =
      next === 'live'
        ? 'The server pushes changes as they happen.'
        : 'The server cannot be reached; what you see may be old. The page resumes by itself.';
    if (this.title !== title) this.title = title;
  }
}
customElements.define('warp-connection', WarpConnection);

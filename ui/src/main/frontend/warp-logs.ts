/** A live tail: filter, pause and download happen here, so that none of them costs the server a thing. */
interface Line {
  at: string;
  instance: string;
  revision: number;
  node: string;
  stream: string;
  level: string;
  text: string;
}

const MAXIMUM_LINES = 5_000;
const MAXIMUM_SHOWN = 1_000;
const COLOURS = 8;
const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'critical'];

class WarpLogs extends HTMLElement {
  private lines: Line[] = [];
  private lost = 0;
  private held = 0;
  private paused = false;
  private pattern: RegExp | null = null;
  private least = 0;
  private instance = '';
  private colours = new Map<string, number>();
  private list!: HTMLDivElement;
  private note!: HTMLDivElement;
  private drawing = false;

  connectedCallback() {
    if (this.list) return;
    this.note = document.createElement('div');
    this.note.className = 'warp-logs-note';
    this.note.setAttribute('role', 'status');
    this.list = document.createElement('div');
    this.list.className = 'warp-logs-lines';
    this.list.tabIndex = 0;
    this.list.setAttribute('role', 'log');
    this.list.setAttribute('aria-label', 'Log lines');
    this.list.setAttribute('aria-live', 'off');
    this.append(this.list, this.note);
    this.draw();
  }

  take(lines: Line[], dropped: number) {
    this.lines.push(...lines);
    this.lost += dropped;
    if (this.lines.length > MAXIMUM_LINES) this.lines.splice(0, this.lines.length - MAXIMUM_LINES);
    if (this.paused) {
      this.held += lines.length;
      this.tellNote(0);
      return;
    }
    this.schedule();
  }

  clear() {
    this.lines = [];
    this.lost = 0;
    this.held = 0;
    this.schedule();
  }

  /** An expression that cannot be read is said so and matches as plain text. */
  filter(text: string, regex: boolean, level: string, instance: string) {
    this.least = Math.max(0, LEVELS.indexOf(level));
    this.instance = instance;
    this.pattern = null;
    let wrong = '';
    if (text) {
      try {
        this.pattern = new RegExp(regex ? text : escape(text), 'i');
      } catch (error) {
        wrong = `${(error as Error).message}; the text is searched for as it stands.`;
        this.pattern = new RegExp(escape(text), 'i');
      }
    }
    this.dispatchEvent(new CustomEvent('warp-filter-error', { detail: wrong }));
    this.schedule();
  }

  pause(paused: boolean) {
    this.paused = paused;
    this.held = 0;
    this.schedule();
  }

  download(name: string) {
    const text = this.matching()
      .map((line) => `${line.at} ${line.level.toUpperCase().padEnd(8)} ${line.instance}@${line.revision} ${line.text}\n`)
      .join('');
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
    link.download = `${name}-${new Date().toISOString().replace(/[:.]/g, '-')}.log`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  private matching(): Line[] {
    return this.lines.filter(
      (line) =>
        LEVELS.indexOf(line.level) >= this.least &&
        (!this.instance || line.instance === this.instance) &&
        (!this.pattern || this.pattern.test(line.text)),
    );
  }

  private schedule() {
    if (this.drawing || !this.list) return;
    this.drawing = true;
    requestAnimationFrame(() => {
      this.drawing = false;
      this.draw();
    });
  }

  private draw() {
    const matching = this.matching();
    const bottom = this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < 24;
    this.list.replaceChildren(...matching.slice(-MAXIMUM_SHOWN).map((line) => this.row(line)));
    if (bottom || !this.dataset.shown) this.list.scrollTop = this.list.scrollHeight;
    this.dataset.shown = String(matching.length);
    this.tellNote(matching.length);
  }

  private row(line: Line): HTMLElement {
    const row = document.createElement('div');
    row.className = 'warp-log';
    row.dataset.level = line.level;
    const at = new Date(line.at);
    row.append(
      cell('at', at.toLocaleTimeString('en-GB') + '.' + String(at.getMilliseconds()).padStart(3, '0'), line.at),
      cell('level', line.level.slice(0, 5), `${line.level}, ${line.stream}`),
      this.instanceCell(line),
      this.textCell(line.text),
    );
    return row;
  }

  private instanceCell(line: Line): HTMLElement {
    if (!this.colours.has(line.instance)) this.colours.set(line.instance, this.colours.size % COLOURS);
    const instance = cell('instance', short(line.instance), `${line.instance} (revision ${line.revision}) on ${line.node}`);
    instance.dataset.colour = String(this.colours.get(line.instance));
    return instance;
  }

  private textCell(text: string): HTMLElement {
    const found = this.pattern?.exec(text);
    if (!found || !found[0]) return cell('text', text);
    const span = cell('text', text.slice(0, found.index));
    const mark = document.createElement('mark');
    mark.textContent = found[0];
    span.append(mark, text.slice(found.index + found[0].length));
    return span;
  }

  private tellNote(matching: number) {
    const parts: string[] = [];
    if (this.paused) parts.push(`Paused; ${this.held.toLocaleString('en-US')} new lines wait`);
    else if (this.lines.length === 0) parts.push('No line yet; what the instances print appears here as it comes');
    else if (matching === 0) parts.push(`None of ${this.lines.length.toLocaleString('en-US')} lines matches the filter`);
    else if (matching < this.lines.length) parts.push(`${matching.toLocaleString('en-US')} of ${this.lines.length.toLocaleString('en-US')} lines match`);
    else parts.push(`${this.lines.length.toLocaleString('en-US')} lines`);
    if (matching > MAXIMUM_SHOWN) parts.push(`the newest ${MAXIMUM_SHOWN.toLocaleString('en-US')} are shown, all are in the download`);
    if (this.lost) parts.push(`${this.lost.toLocaleString('en-US')} lost because this page was too slow`);
    this.note.textContent = parts.join('; ') + '.';
  }
}

function cell(part: string, text: string, title?: string): HTMLElement {
  const span = document.createElement('span');
  span.className = part;
  span.textContent = text;
  if (title) span.title = title;
  return span;
}

function short(instance: string): string {
  const dash = instance.lastIndexOf('-');
  return dash >= 0 && instance.length - dash > 4 ? instance.slice(dash + 1) : instance;
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

customElements.define('warp-logs', WarpLogs);

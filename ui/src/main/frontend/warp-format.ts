/** How numbers are written, the same on axes, read-outs and bars. */
export type Unit = 'rate' | 'millis' | 'bytes' | 'count';

const KIBI = 1024;

export function format(unit: Unit, value: number): string {
  switch (unit) {
    case 'bytes':
      return bytes(value);
    case 'millis':
      return millis(value);
    case 'count':
      return Math.round(value).toLocaleString('en-US');
    case 'rate':
      return rate(value);
  }
}

function rate(value: number): string {
  if (value === 0) return '0';
  if (value < 10) return value.toFixed(value < 1 ? 2 : 1);
  if (value < 100_000) return Math.round(value).toLocaleString('en-US');
  return `${Math.round(value / 1000).toLocaleString('en-US')} k`;
}

function millis(value: number): string {
  if (value === 0) return '0 ms';
  if (value >= 1000) return `${(value / 1000).toFixed(value < 10_000 ? 2 : 1)} s`;
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
}

function bytes(value: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let unit = 0;
  while (value >= KIBI && unit < units.length - 1) {
    value /= KIBI;
    unit++;
  }
  return `${value >= 100 || unit === 0 || value === Math.round(value) ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/** "12 s ago", and how many milliseconds later the words change. */
export function relative(at: number, now: number): string {
  const seconds = Math.round((now - at) / 1000);
  const past = seconds >= 0;
  const amount = Math.abs(seconds);
  if (amount < 5) return 'just now';
  const [count, word] =
    amount < 60
      ? [amount, 's']
      : amount < 3600
        ? [Math.floor(amount / 60), 'min']
        : amount < 86_400
          ? [Math.floor(amount / 3600), 'h']
          : [Math.floor(amount / 86_400), 'd'];
  return past ? `${count} ${word} ago` : `in ${count} ${word}`;
}

/** A token of the theme as the browser resolves it now, so that canvases follow light and dark. */
export function token(element: Element, name: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${name})`;
  probe.style.display = 'none';
  (element.shadowRoot ?? element).appendChild(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}

/** Calls back when the colour scheme changes, by the system or by the switch. */
export function onScheme(changed: () => void): () => void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-scheme'] });
  system.addEventListener('change', changed);
  return () => {
    observer.disconnect();
    system.removeEventListener('change', changed);
  };
}

import { relative } from './warp-format';

/** Times age by themselves: one clock for all of them, so that the server never pushes a time again. */
const times = new Set<WarpTime>();
setInterval(() => times.forEach((time) => time.render()), 1000);

class WarpTime extends HTMLElement {
  static observedAttributes = ['at'];

  connectedCallback() {
    times.add(this);
    this.render();
  }

  disconnectedCallback() {
    times.delete(this);
  }

  attributeChangedCallback() {
    this.render();
  }

  render() {
    const at = this.getAttribute('at');
    if (!at) return;
    const exact = new Date(at);
    const text = relative(exact.getTime(), Date.now());
    if (this.textContent !== text) this.textContent = text;
    const title = exact.toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'long' });
    if (this.title !== title) this.title = title;
  }
}
customElements.define('warp-time', WarpTime);

/** A line of the last minutes inside a table row; its value stands beside it as text. */
class WarpSpark extends HTMLElement {
  static observedAttributes = ['points'];

  attributeChangedCallback() {
    const values = (this.getAttribute('points') ?? '').split(',').filter(Boolean).map(Number);
    const width = 96;
    const height = 22;
    const most = Math.max(...values, 0.0001);
    const step = width / Math.max(1, values.length - 1);
    const path = values.map((value, i) => `${i ? 'L' : 'M'}${(i * step).toFixed(1)} ${(height - 2 - (value / most) * (height - 5)).toFixed(1)}`).join('');
    this.innerHTML = values.length > 1
      ? `<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" aria-hidden="true">
           <path class="area" d="${path}L${width} ${height}L0 ${height}Z"/><path class="line" d="${path}"/></svg>`
      : '';
  }
}
customElements.define('warp-spark', WarpSpark);

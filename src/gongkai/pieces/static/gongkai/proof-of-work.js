/* A small sum that a browser does once before a form is handed in: find the number whose SHA-256
   together with the salt is the challenge. Works on plain HTTP too, where crypto.subtle is missing. */
"use strict";
(() => {
  const field = document.querySelector("[data-challenge]");
  if (!field) return;
  const task = JSON.parse(field.dataset.challenge);
  const K = new Int32Array(64), START = new Int32Array(8);
  for (let n = 2, found = 0; found < 64; n++) {
    let prime = true;
    for (let d = 2; d * d <= n; d++) if (n % d === 0) { prime = false; break; }
    if (!prime) continue;
    if (found < 8) START[found] = ((Math.sqrt(n) % 1) * 4294967296) | 0;
    K[found++] = ((Math.cbrt(n) % 1) * 4294967296) | 0;
  }
  const turn = (x, n) => (x >>> n) | (x << (32 - n));
  const w = new Int32Array(64);
  function sha256(text) {
    const blocks = ((text.length + 8) >> 6) + 1, words = new Int32Array(blocks * 16), h = START.slice();
    for (let i = 0; i < text.length; i++) words[i >> 2] |= text.charCodeAt(i) << (24 - (i & 3) * 8);
    words[text.length >> 2] |= 0x80 << (24 - (text.length & 3) * 8);
    words[blocks * 16 - 1] = text.length * 8;
    for (let at = 0; at < words.length; at += 16) {
      let [a, b, c, d, e, f, g, k] = h;
      for (let i = 0; i < 64; i++) {
        if (i < 16) w[i] = words[at + i];
        else {
          const x = w[i - 15], y = w[i - 2];
          w[i] = (w[i - 16] + (turn(x, 7) ^ turn(x, 18) ^ (x >>> 3)) + w[i - 7] + (turn(y, 17) ^ turn(y, 19) ^ (y >>> 10))) | 0;
        }
        const s = (k + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
        const t = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        k = g; g = f; f = e; e = (d + s) | 0; d = c; c = b; b = a; a = (s + t) | 0;
      }
      [a, b, c, d, e, f, g, k].forEach((value, i) => { h[i] = (h[i] + value) | 0; });
    }
    return Array.from(h, (word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
  }
  let number = 0;
  (function search() {
    for (const end = number + 2000; number < end && number <= task.maxnumber; number++) {
      if (sha256(task.salt + number) === task.challenge) {
        const { algorithm, challenge, salt, signature } = task;
        field.value = btoa(JSON.stringify({ algorithm, challenge, number, salt, signature }));
        return;
      }
    }
    if (number <= task.maxnumber) setTimeout(search, 0);
  })();
})();

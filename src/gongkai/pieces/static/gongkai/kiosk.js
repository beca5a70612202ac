// Turns the board; a long page without it.
const sheets = [...document.querySelectorAll("[data-seconds]")];
const bar = document.querySelector("[data-turning]");
const place = bar.querySelector("[data-place-of]");
const pause = bar.querySelector("[data-pause]");
const HELD = 60; // s after a touch
let at = 0, timer, known;
let paused = sessionStorage.paused === "1" || matchMedia("(prefers-reduced-motion: reduce)").matches;

const wait = (seconds) => {
  clearTimeout(timer);
  if (!paused) timer = setTimeout(() => show(at + 1), seconds * 1000);
};
const show = (number, seconds) => {
  at = (number + sheets.length) % sheets.length;
  sheets.forEach((sheet, index) => { sheet.hidden = index !== at; });
  place.textContent = `第${at + 1}页，共${sheets.length}页`;
  scrollTo(0, 0);
  wait(seconds ?? sheets[at].dataset.seconds);
};
const set = (on) => {
  paused = on;
  pause.textContent = on ? "继续" : "暂停";
  place.setAttribute("aria-live", on ? "polite" : "off");
  wait(5);
};
const toggle = () => {
  set(!paused);
  sessionStorage.paused = paused ? "1" : "0";
};

if (sheets.length > 1) {
  bar.hidden = false;
  set(paused);
  show(0);
  pause.onclick = toggle;
  for (const button of bar.querySelectorAll("[data-step]")) {
    button.onclick = () => show(at + Number(button.dataset.step), HELD);
  }
  addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 }[event.key];
    if (step) show(at + step, HELD);
    else if (event.key === " " && !event.target.closest("button, a")) toggle();
    else return;
    event.preventDefault();
  });
  for (const name of ["pointerdown", "wheel", "focusin"]) addEventListener(name, () => wait(HELD));
}

// Withdrawals show soon.
setInterval(async () => {
  const answer = await fetch(location, { cache: "no-cache" }).catch(() => null);
  if (!answer || answer.status >= 500) return;
  const tag = answer.headers.get("ETag") || "none";
  if (known && tag !== known) location.reload();
  known = tag;
}, 30000);

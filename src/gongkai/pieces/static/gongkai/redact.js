// Boxes drawn on the pages of a file. The table of the form is the truth; a drawing is a row of it.
(() => {
  const form = document.querySelector("[data-redact]");
  if (!form) return;
  const body = form.querySelector(".boxes tbody");
  const blank = body.lastElementChild.cloneNode(true);
  const PLACES = ["x0", "y0", "x1", "y1"];
  const pages = new Map([...form.querySelectorAll("svg[data-page]")].map((svg) => [svg.dataset.page, svg]));
  const cell = (row, name) => row.querySelector(`[name="${name}"]`);
  const places = (row) => PLACES.map((name) => parseFloat(cell(row, name).value));
  const height = (svg) => svg.viewBox.baseVal.height;
  let chosen = null;

  const isEmpty = (row) => [...PLACES, "article", "reason"].every((name) => !cell(row, name).value.trim());
  const clamp = (value) => Math.min(100, Math.max(0, value));

  function draw(row) {
    const svg = pages.get(cell(row, "page").value.trim());
    const [x0, y0, x1, y1] = places(row);
    if (!svg || !(x0 < x1) || !(y0 < y1)) return row.box && row.box.remove();
    if (!row.box) {
      row.box = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      row.box.row = row;
      row.box.setAttribute("tabindex", "0");
      row.box.setAttribute("role", "img");
      row.box.addEventListener("focus", () => choose(row));
      row.box.addEventListener("keydown", keys);
    }
    if (row.box.parentNode !== svg) svg.append(row.box);
    const y = height(svg) / 100;
    const shape = { x: x0 * 10, y: y0 * y, width: (x1 - x0) * 10, height: (y1 - y0) * y };
    for (const [name, value] of Object.entries(shape)) row.box.setAttribute(name, value.toFixed(1));
    const number = row.querySelector("th").textContent.trim();
    row.box.setAttribute("aria-label", `第${number}处遮盖 ${cell(row, "article").value}`);
  }

  function set(row, page, corners) {
    cell(row, "page").value = page;
    PLACES.forEach((name, index) => { cell(row, name).value = clamp(corners[index]).toFixed(2); });
    draw(row);
  }

  function choose(row) {
    if (chosen && chosen.box) chosen.box.classList.remove("chosen");
    chosen = row;
    if (row && row.box) row.box.classList.add("chosen");
  }

  function newRow() {
    let row = [...body.rows].find(isEmpty);
    if (!row) {
      row = blank.cloneNode(true);
      row.querySelectorAll("input").forEach((input) => { input.value = ""; });
      body.append(row);
      ready(row);
      renumber();
    }
    const before = row.previousElementSibling;
    for (const name of ["article", "reason"]) if (before) cell(row, name).value = cell(before, name).value;
    return row;
  }

  const renumber = () => [...body.rows].forEach((row, index) => {
    row.querySelector("th").textContent = index + 1;
    draw(row);
  });

  function remove(row) {
    if (row.box) row.box.remove();
    if (chosen === row) chosen = null;
    row.remove();
    if (!body.rows.length) { body.append(blank.cloneNode(true)); ready(body.lastElementChild); }
    renumber();
  }

  function ready(row) {
    const button = row.querySelector("[data-remove]");
    button.hidden = false;
    button.addEventListener("click", () => remove(row));
    row.addEventListener("input", () => draw(row));
    row.addEventListener("focusin", () => choose(row));
    draw(row);
  }

  function keys(event) {
    const row = event.currentTarget.row;
    if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      return remove(row);
    }
    const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key] || [];
    if (dx === undefined) return;
    event.preventDefault();
    const step = event.altKey ? 0.1 : 0.5;
    const [x0, y0, x1, y1] = places(row);
    const page = cell(row, "page").value;
    if (event.shiftKey) set(row, page, [x0, y0, Math.max(x0 + 0.5, x1 + dx * step), Math.max(y0 + 0.5, y1 + dy * step)]);
    else move(row, page, [x0, y0, x1, y1], dx * step, dy * step);
    return undefined;
  }

  function move(row, page, [x0, y0, x1, y1], dx, dy) {
    const x = Math.min(Math.max(dx, -x0), 100 - x1);
    const y = Math.min(Math.max(dy, -y0), 100 - y1);
    set(row, page, [x0 + x, y0 + y, x1 + x, y1 + y]);
  }

  function at(svg, event) {
    const frame = svg.getBoundingClientRect();
    return [((event.clientX - frame.left) / frame.width) * 100, ((event.clientY - frame.top) / frame.height) * 100];
  }

  for (const [page, svg] of pages) {
    svg.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      event.preventDefault();
      const start = at(svg, event);
      const held = event.target.row;
      const from = held && places(held);
      let row = held;
      if (held) held.box.focus();
      svg.setPointerCapture(event.pointerId);
      const drag = (moved) => {
        const [x, y] = at(svg, moved);
        if (held) return move(held, page, from, x - start[0], y - start[1]);
        if (!row && Math.hypot(x - start[0], y - start[1]) < 0.6) return undefined;
        row = row || newRow();
        return set(row, page, [Math.min(x, start[0]), Math.min(y, start[1]), Math.max(x, start[0]), Math.max(y, start[1])]);
      };
      const drop = () => {
        svg.removeEventListener("pointermove", drag);
        if (row && !held) { row.box.focus(); cell(row, "article").scrollIntoView({ block: "nearest" }); }
      };
      svg.addEventListener("pointermove", drag);
      svg.addEventListener("pointerup", drop, { once: true });
      svg.addEventListener("pointercancel", drop, { once: true });
    });
  }
  for (const button of form.querySelectorAll("[data-add]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const row = newRow();
      set(row, button.dataset.add, [35, 45, 65, 50]);
      row.box.focus();
    });
  }
  document.querySelectorAll("[data-drawing]").forEach((hint) => { hint.hidden = false; });
  form.querySelector("[data-more]").hidden = true;
  [...body.rows].forEach(ready);
})();

// The statutory sheet: moving like a spreadsheet, totals that follow, sums checked while typing.
// Everything here is a convenience: without it the sheet is a plain form, checked when it is saved.
"use strict";

const byAddress = (address) => document.getElementById(address);
const inputOf = (address) => byAddress(address)?.querySelector("input");
const readJson = (id) => JSON.parse(document.getElementById(id)?.textContent ?? "null");

/** What stands in an input: a number, null for a blank, NaN for what is no number. */
function figure(input) {
  const text = input.value.normalize("NFKC").replace(/[\s,，]|万元$/g, "").replace(/^增/, "").replace(/^[减−—]/, "-");
  const wanted = input.inputMode === "numeric" ? /^\d+$/ : /^[+-]?\d+(\.\d+)?$/;
  return text === "" ? null : wanted.test(text) ? Number(text) : NaN;
}

/** Sum of the filled cells; null where all are blank. Kept to six decimals, as the form does. */
function sum(addresses) {
  const filled = addresses.map((address) => figure(inputOf(address))).filter((value) => value !== null);
  return filled.length ? Number(filled.reduce((a, b) => a + b, 0).toFixed(6)) : null;
}

// Focus between a finding and its cells, on every page that has both.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  const target = link && byAddress(decodeURIComponent(link.hash.slice(1)));
  if (!target || !target.matches(".figure, .finding")) return;
  event.preventDefault();
  go(target);
});

function go(target) {
  const focusable = target.querySelector("input") ?? target;
  target.scrollIntoView({ block: "center", inline: "center" });
  focusable.focus({ preventScroll: true });
  if (focusable.select) focusable.select();
}

const form = document.getElementById("figures");
if (form) start(form, readJson("relations"), readJson("cell-names"));

function start(form, relations, names) {
  const inputs = [...form.querySelectorAll(".sheet input")];
  const saved = new Map(inputs.map((input) => [input, input.value]));
  const rows = gridOf(form);
  let pasted = null;

  // A total follows its parts as long as nobody has typed another figure into it.
  const owner = new Map();
  for (const relation of relations) {
    if (relation.right.length === 1 && (!owner.has(relation.right[0]) || relation.code === "T3-03")) {
      owner.set(relation.right[0], relation);
    }
  }
  const following = new Set();
  const agrees = (address) => {
    const typed = figure(inputOf(address));
    return typed === null || typed === sum(owner.get(address).left);
  };
  for (const address of owner.keys()) if (agrees(address)) following.add(address);

  function follow(except) {
    for (let pass = 0; pass < 3; pass += 1) {
      for (const address of following) {
        const total = sum(owner.get(address).left);
        const input = inputOf(address);
        if (input === except || total === null || Number.isNaN(total)) continue;
        input.value = String(total);
        byAddress(address).classList.add("auto");
      }
    }
  }

  // With a blank among its cells a sum is open, unless its parts already exceed the total.
  function isBroken(relation) {
    const left = relation.left.map((address) => figure(inputOf(address)));
    const right = relation.right.map((address) => figure(inputOf(address)));
    if ([...left, ...right].some((value) => Number.isNaN(value)) || right.includes(null)) return false;
    const difference = sum(relation.right) - (sum(relation.left) ?? 0);
    return left.includes(null) ? difference < 0 && right.length === 1 : difference !== 0;
  }

  function check() {
    draw(relations.filter(isBroken));
  }

  function draw(broken) {
    for (const cell of form.querySelectorAll(".live-sum, .live-part")) {
      cell.classList.remove("live-sum", "live-part");
      delete cell.dataset.difference;
    }
    const list = document.getElementById("live-list");
    const items = broken.map((relation) => {
      const difference = Number(((sum(relation.right) ?? 0) - (sum(relation.left) ?? 0)).toFixed(6));
      for (const address of relation.left) byAddress(address).classList.add("live-part");
      for (const address of relation.right) {
        byAddress(address).classList.add("live-sum");
        byAddress(address).dataset.difference = difference > 0 ? `多${difference}` : `少${-difference}`;
      }
      return described(relation, difference);
    });
    document.getElementById("live").hidden = items.length === 0;
    if (list.textContent !== items.map((item) => item.textContent).join("")) list.replaceChildren(...items);
  }

  function described(relation, difference) {
    const item = document.createElement("div");
    item.className = "live-finding";
    const words = document.createElement("p");
    const link = document.createElement("a");
    link.href = `#${relation.right[0]}`;
    link.textContent = names[relation.right[0]];
    const left = sum(relation.left) ?? 0;
    const right = sum(relation.right) ?? 0;
    const found = relation.right.length === 1 ? `相加是${left}，填的是${right}` : `左边是${left}，右边是${right}`;
    words.append(`${relation.statement}。`, link, `：${found}，相差${Math.abs(difference)}。`);
    item.append(words);
    return item;
  }

  function tell() {
    const count = inputs.filter((input) => input.value !== saved.get(input)).length;
    document.getElementById("unsaved").textContent = count ? `有${count}格改动还没有保存。` : "";
  }

  function changed(input) {
    const cell = input.closest("td");
    cell.classList.remove("auto");
    if (owner.has(cell.id)) following[agrees(cell.id) ? "add" : "delete"](cell.id);
    refresh(input);
  }

  function refresh(except) {
    follow(except);
    for (const input of inputs) {
      const cell = input.closest("td");
      cell.classList.toggle("changed", input.value !== saved.get(input));
      cell.classList.toggle("blank", input.value === "");
      cell.classList.toggle("invalid", Number.isNaN(figure(input)));
    }
    check();
    tell();
  }

  form.addEventListener("input", (event) => changed(event.target));
  form.addEventListener("focusin", (event) => {
    if (event.target.matches(".sheet input")) event.target.select();
  });

  form.addEventListener("keydown", (event) => {
    const input = event.target;
    if (!input.matches(".sheet input") || event.isComposing || event.altKey || event.metaKey) return;
    const step = move(event, input, rows);
    if (step) {
      event.preventDefault();
      step.focus();
    } else if (event.key === "F8") {
      event.preventDefault();
      nextBroken(input);
    } else if (event.key === "Escape") {
      const mark = input.closest("td").querySelector(".mark");
      if (mark) go(byAddress(mark.hash.slice(1)));
    } else if (event.key.toLowerCase() === "z" && event.ctrlKey && pasted) {
      event.preventDefault();
      for (const [cell, text] of pasted) cell.value = text;
      pasted = null;
      refresh(null);
    }
  });

  function nextBroken(from) {
    const wrong = inputs.filter((input) => input.closest("td").matches(".live-sum, .found-error, .invalid"));
    const after = wrong.find((input) => inputs.indexOf(input) > inputs.indexOf(from)) ?? wrong[0];
    if (after) go(after.closest("td"));
  }

  form.addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text/plain");
    if (!event.target.matches(".sheet input") || !/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    const block = text.replace(/\r/g, "").replace(/\n+$/, "").split("\n").map((line) => line.split("\t"));
    const top = rows.findIndex((row) => row.includes(event.target));
    const left = rows[top].indexOf(event.target);
    pasted = new Map();
    block.forEach((line, down) => line.forEach((word, right) => {
      const cell = rows[top + down]?.[left + right];
      if (!cell || cell.closest("table") !== event.target.closest("table")) return;
      pasted.set(cell, cell.value);
      cell.value = word.trim();
    }));
    for (const cell of pasted.keys()) {
      const address = cell.closest("td").id;
      if (owner.has(address)) following[agrees(address) ? "add" : "delete"](address);
    }
    refresh(null);
    const missed = block.flat().length - pasted.size;
    document.getElementById("unsaved").textContent =
      `已粘贴${pasted.size}格，按 Ctrl+Z 撤销。` + (missed ? `还有${missed}格超出表格，没有粘贴。` : "");
  });

  let leaving = false;
  form.addEventListener("submit", () => { leaving = true; });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && inputs.some((input) => input.value !== saved.get(input))) event.preventDefault();
  });
  check();
}

/** The inputs of every row of every sheet, in reading order. */
function gridOf(form) {
  return [...form.querySelectorAll(".sheet tr")]
    .map((row) => [...row.querySelectorAll("input")])
    .filter((row) => row.length);
}

/** Where a key leads from an input, or undefined. Enter goes down; arrows leave only at an edge of the text. */
function move(event, input, rows) {
  if (event.ctrlKey) return undefined;
  const row = rows.findIndex((each) => each.includes(input));
  const place = rows[row].indexOf(input);
  const whole = input.selectionStart === 0 && input.selectionEnd === input.value.length;
  const atStart = whole || input.selectionEnd === 0;
  const atEnd = whole || input.selectionStart === input.value.length;
  const up = event.key === "ArrowUp" || (event.key === "Enter" && event.shiftKey);
  const down = event.key === "ArrowDown" || (event.key === "Enter" && !event.shiftKey);
  if (up || down) return nearest(rows[row + (down ? 1 : -1)], Number(input.dataset.column)) ?? input;
  if (event.key === "ArrowLeft" && atStart && !event.shiftKey) return rows[row][place - 1];
  if (event.key === "ArrowRight" && atEnd && !event.shiftKey) return rows[row][place + 1];
  return undefined;
}

function nearest(row, column) {
  return row?.reduce((best, each) =>
    Math.abs(each.dataset.column - column) < Math.abs(best.dataset.column - column) ? each : best);
}

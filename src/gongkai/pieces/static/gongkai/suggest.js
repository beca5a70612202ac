// Offers titles and document numbers while somebody types. Without it the form works as it is.
"use strict";
document.querySelectorAll("[data-suggest]").forEach((box) => {
  const input = box.querySelector("input");
  const list = document.createElement("ul");
  list.id = input.id + "_list";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "提示");
  list.hidden = true;
  box.append(list);
  Object.entries({role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false"})
    .forEach(([name, value]) => input.setAttribute(name, value));
  let at = -1, waiting, asked = "";
  const close = () => {
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const take = (option) => { input.value = option.textContent; close(); input.form.requestSubmit(); };
  const mark = (to) => {
    const options = [...list.children];
    at = (to + options.length) % options.length;
    options.forEach((each, place) => each.setAttribute("aria-selected", String(place === at)));
    input.setAttribute("aria-activedescendant", options[at].id);
  };
  const show = (names) => {
    list.replaceChildren(...names.map((name, place) => {
      const option = document.createElement("li");
      option.id = `${list.id}_${place}`;
      option.setAttribute("role", "option");
      option.textContent = name;
      option.addEventListener("mousedown", (event) => { event.preventDefault(); take(option); });
      return option;
    }));
    list.hidden = !names.length;
    at = -1;
    input.setAttribute("aria-expanded", String(!list.hidden));
  };
  const ask = async () => {
    const typed = asked = input.value.trim();
    if (!typed) return close();
    try {
      const answer = await fetch(box.dataset.suggest, {method: "POST", body: new URLSearchParams({q: typed})});
      const {names} = answer.ok ? await answer.json() : {names: []};
      if (asked === typed && document.activeElement === input) show(names);
    } catch { close(); }
  };
  const soon = () => { clearTimeout(waiting); waiting = setTimeout(ask, 150); };
  input.addEventListener("input", (event) => { if (!event.isComposing) soon(); });
  input.addEventListener("compositionend", soon);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); mark(event.key === "ArrowDown" ? at + 1 : Math.max(at, 0) - 1); }
    else if (event.key === "Escape") { event.preventDefault(); close(); }
    else if (event.key === "Enter" && at >= 0) { event.preventDefault(); take(list.children[at]); }
  });
});

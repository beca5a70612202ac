// Dropping a file, and saying that it is being read. Without this script the form works as it is.
for (const zone of document.querySelectorAll("[data-drop]")) {
  const input = zone.querySelector("input[type=file]");
  const over = (on) => (event) => {
    event.preventDefault();
    zone.classList.toggle("over", on);
  };
  zone.addEventListener("dragover", over(true));
  zone.addEventListener("dragleave", over(false));
  zone.addEventListener("drop", (event) => {
    over(false)(event);
    if (event.dataTransfer.files.length) input.files = event.dataTransfer.files;
  });
}
// A file let go beside the zone must not replace the page.
for (const name of ["dragover", "drop"]) {
  window.addEventListener(name, (event) => event.preventDefault());
}

for (const form of document.querySelectorAll("form[data-reading]")) {
  const progress = form.querySelector("[data-progress]");
  form.addEventListener("submit", () => {
    progress.textContent = "正在读取，最多需要十几秒……";
    form.setAttribute("aria-busy", "true");
  });
  window.addEventListener("pageshow", () => {
    progress.textContent = "";
    form.removeAttribute("aria-busy");
  });
}

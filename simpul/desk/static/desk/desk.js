// Comfort for the keyboard; every page works without it.
(() => {
  "use strict";
  const typing = (e) => /^(INPUT|TEXTAREA|SELECT)$/.test(e.target.tagName) || e.ctrlKey || e.metaKey || e.altKey;
  let goes = false;
  const rows = () => [...document.querySelectorAll("tbody tr[data-row]")];
  const step = (by) => {
    const all = rows();
    if (!all.length) return;
    const now = all.findIndex((row) => row.hasAttribute("data-current"));
    const next = Math.max(0, Math.min(all.length - 1, now + by));
    all.forEach((row) => row.removeAttribute("data-current"));
    all[next].setAttribute("data-current", "");
    all[next].querySelector("a")?.focus({ preventScroll: true });
    all[next].scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("keydown", (e) => {
    const row = e.target.closest?.("tbody tr[data-row]");
    if (e.key === "Escape" && row && typing(e)) { e.target.blur(); return; }
    if (typing(e)) return;
    if (goes) {
      goes = false;
      const link = document.querySelector(`.menu a[data-key="${CSS.escape(e.key)}"]`);
      if (link) { e.preventDefault(); link.click(); }
      return;
    }
    if (e.key === "g") { goes = true; setTimeout(() => { goes = false; }, 1500); }
    if (e.key === "j") step(1);
    if (e.key === "k") step(-1);
    if (e.key === "Enter" && e.target === document.body) {
      const field = document.querySelector("tr[data-current] :is(input, select)");
      if (field) { e.preventDefault(); field.focus(); }
    }
    if (e.key === "/") {
      const field = document.querySelector("[data-search]");
      if (field) { e.preventDefault(); field.focus(); }
    }
  });
  // On a narrow screen a menu is wider than its row: where we are is brought into sight.
  for (const here of document.querySelectorAll(".menu [aria-current]")) {
    const row = here.parentElement;
    row.scrollLeft = here.offsetLeft - row.offsetLeft - (row.clientWidth - here.offsetWidth) / 2;
  }
  // A form is sent once, even when the button is pressed twice.
  // A paper opens beside the page: what is typed there stays, and is sent once more later.
  const opensBeside = (e) => (e.submitter?.formTarget || e.target.target) === "_blank";
  document.addEventListener("submit", (e) => {
    if (opensBeside(e)) return;
    if (e.target.dataset.sent) { e.preventDefault(); return; }
    e.target.dataset.sent = "1";
    setTimeout(() => delete e.target.dataset.sent, 8000);
  });
  // On paper everything is unfolded.
  let unfolded = [];
  addEventListener("beforeprint", () => {
    unfolded = [...document.querySelectorAll("details.folded:not([open])")];
    unfolded.forEach((details) => { details.open = true; });
  });
  addEventListener("afterprint", () => unfolded.forEach((details) => { details.open = false; }));
  // Nothing typed is lost by leaving a page half filled in.
  let changed = false;
  document.addEventListener("input", (e) => { if (e.target.closest("form[data-keep]")) changed = true; });
  document.addEventListener("submit", (e) => { if (!opensBeside(e)) changed = false; });
  addEventListener("beforeunload", (e) => { if (changed) e.preventDefault(); });
})();

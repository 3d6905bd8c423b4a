// Comparing records without the mouse: a number chooses, Ctrl and Enter keep. The page works without it.
(() => {
  "use strict";
  const form = document.querySelector("form[data-verdicts]");
  const reason = form?.querySelector("textarea");
  const choices = form ? [...form.querySelectorAll("input[type=radio]")] : [];
  const inForm = (e) => e.target === reason || choices.includes(e.target);
  const isTyping = (e) => /^(INPUT|TEXTAREA|SELECT)$/.test(e.target.tagName) && !choices.includes(e.target);
  const ways = { l: "[data-later]", u: "[data-take-back]" };
  const choose = (choice) => {
    choice.closest("details")?.setAttribute("open", "");
    choice.checked = true;
    reason.focus();
  };
  // g and a letter lead to another page.
  let goes = false;
  document.addEventListener("keydown", (e) => {
    if (inForm(e) && e.key === "Enter" && (e.ctrlKey || e.metaKey)) { e.preventDefault(); form.requestSubmit(); return; }
    if (e.target === reason && e.key === "Escape") { reason.blur(); return; }
    if (isTyping(e) || e.ctrlKey || e.metaKey || e.altKey) return;
    if (goes) { goes = false; return; }
    if (e.key === "g") { goes = true; setTimeout(() => { goes = false; }, 1500); return; }
    const choice = choices[Number(e.key) - 1];
    const way = choice ? null : document.querySelector(ways[e.key.toLowerCase()] || "no-way");
    if (!choice && !way) return;
    e.preventDefault();
    if (choice) choose(choice); else way.click();
  });
})();

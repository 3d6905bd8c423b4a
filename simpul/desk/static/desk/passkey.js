// A passkey that could not be read is said so on the page, not in the console alone.
(() => {
  "use strict";
  document.addEventListener("allauth.error", () => {
    const sentence = document.getElementById("kunci-gagal");
    if (sentence) { sentence.hidden = false; sentence.scrollIntoView({ block: "nearest" }); }
  });
})();

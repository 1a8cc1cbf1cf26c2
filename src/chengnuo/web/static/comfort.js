// Comfort only: every page works without this file.
document.addEventListener("DOMContentLoaded", () => {
  for (const hidden of document.querySelectorAll("[data-needs-script]")) hidden.hidden = false;
  document.querySelector("[data-focus]")?.focus();
  const code = document.querySelector("input[name=code]"); // of a letter's square, behind the #: it is sent by a press alone
  if (code && !code.value && /^#\d{12}$/.test(location.hash)) {
    code.value = location.hash.slice(1);
    history.replaceState(null, "", location.pathname);
  }
  for (const { id, dataset } of document.querySelectorAll("[data-passkey]")) // allauth's own script does the rest
    window.allauth.webauthn.forms[`${dataset.passkey}Form`]({ ids: { add: id, authenticate: id, credential: "id_credential", data: "js_data" } });
});

document.addEventListener("click", (event) => {
  const target = event.target.closest("[data-print], [data-exit]");
  if (!target) return;
  event.preventDefault();
  if ("print" in target.dataset) return window.print();
  document.body.hidden = true;
  window.location.replace(target.href);
});

// A second press within three seconds is a slip of the finger; the form's stamp makes it harmless in any case.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, 3000);
});
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});

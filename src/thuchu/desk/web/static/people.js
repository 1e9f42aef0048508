// Passkeys: the page asks the desk for a question, the device answers it, the form carries the answer. Without scripts
// none of this is shown, and passwords do.
"use strict";

const READ = { create: "parseCreationOptionsFromJSON", get: "parseRequestOptionsFromJSON" };
// What browsers call their refusals, and which of the page's sentences says it.
const SAID = { NotAllowedError: "stopped", AbortError: "stopped", SecurityError: "elsewhere", InvalidStateError: "known" };

function say(form, sentence) {
  const place = form.querySelector("[data-said]");
  place.querySelector("span").textContent = sentence;
  place.hidden = false;
}

async function usePasskey(form) {
  const way = form.dataset.passkey;
  const { csrfmiddlewaretoken, name } = form.elements;
  const body = new URLSearchParams({ csrfmiddlewaretoken: csrfmiddlewaretoken.value });
  if (name) body.set("name", name.value);
  const told = await fetch(form.dataset.begin, { method: "POST", body, headers: { Accept: "application/json" } });
  const question = await told.json();
  if (question.to) return location.assign(question.to);
  if (question.trouble) return say(form, question.trouble);
  const made = await navigator.credentials[way]({ publicKey: PublicKeyCredential[READ[way]](question) });
  form.elements.answer.value = JSON.stringify(made);
  return form.submit();
}

async function tryPasskey(form, button) {
  button.disabled = true;
  form.querySelector("[data-said]").hidden = true;
  try {
    await usePasskey(form);
  } catch (error) {
    say(form, form.querySelector("[data-said]").dataset[SAID[error.name] || "lost"]);
  }
  button.disabled = false;
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential || !PublicKeyCredential[READ[form.dataset.passkey]]) {
    for (const sentence of document.querySelectorAll("[data-no-passkeys]")) sentence.hidden = false;
    continue;
  }
  const use = form.querySelector("[data-use]");
  form.hidden = false;
  for (const part of form.querySelectorAll("[data-with-passkeys]")) part.hidden = false;
  if (use) {
    // The form has a way without passkeys, too: it steps back.
    for (const other of form.querySelectorAll("[data-else]")) other.classList.add("quiet");
    use.addEventListener("click", () => tryPasskey(form, use));
  } else {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      tryPasskey(form, form.querySelector("button"));
    });
  }
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

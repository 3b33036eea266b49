// A passkey is made or asked for by the browser; without this file a mailed code does the same.
"use strict";

const fromText = (text) => {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
};
const toText = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const withIds = (list) => (list ?? []).map((each) => ({ ...each, id: fromText(each.id) }));

const answerOf = (credential) => {
  const { response } = credential;
  const told = { clientDataJSON: toText(response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"])
    if (response[name]) told[name] = toText(response[name]);
  const { id, type } = credential;
  return JSON.stringify({ id, rawId: toText(credential.rawId), type, response: told, clientExtensionResults: {} });
};

const asked = async (form) => {
  const answer = await fetch(form.dataset.begin, { method: "POST", body: new FormData(form) });
  return (await answer.json()).publicKey;
};
const made = async (form) => {
  const options = await asked(form);
  const user = { ...options.user, id: fromText(options.user.id) };
  const publicKey = { ...options, user, challenge: fromText(options.challenge), excludeCredentials: withIds(options.excludeCredentials) };
  return navigator.credentials.create({ publicKey });
};
const shown = async (form) => {
  const options = await asked(form);
  const publicKey = { ...options, challenge: fromText(options.challenge), allowCredentials: withIds(options.allowCredentials) };
  return navigator.credentials.get({ publicKey });
};

for (const form of document.querySelectorAll("[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    if (form.elements.answer.value) return;
    event.preventDefault();
    event.stopPropagation();
    if (!form.reportValidity()) return;
    try {
      const credential = await (form.dataset.passkey === "make" ? made(form) : shown(form));
      form.elements.answer.value = answerOf(credential);
      form.submit();
    } catch (error) {
      form.querySelector("[data-trouble]").hidden = false;
    }
  });
}

// Only what HTML and htmx can't do: close the menu, send once, read what to mend first.
"use strict";

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// A double tap sends once; the page's answer brings the button back.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent && !form.hasAttribute("hx-post")) event.preventDefault();
  else {
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, 4000);
  }
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// After a refused form, the summary of what to mend is read first.
const summary = document.querySelector("[data-errors]");
if (summary) summary.focus();
document.addEventListener("htmx:afterSwap", (event) => {
  const errors = event.target.querySelector?.("[data-errors]");
  if (errors) errors.focus();
});

// Topics ticked first matter most, until the reader says otherwise.
document.addEventListener("change", (event) => {
  const box = event.target.closest("[data-ranked] input[type=checkbox]");
  if (!box) return;
  const ranks = [...document.querySelectorAll("[data-ranks] select")];
  const own = ranks.find((rank) => rank.value === box.value);
  const free = ranks.find((rank) => !rank.value);
  if (!box.checked && own) own.value = "";
  if (box.checked && !own && free) free.value = box.value;
});

// The browser knows the reader's time zone better than we do, where nobody has said it yet.
const guessZone = () => {
  const fields = document.querySelector("[data-guess-zone]");
  const select = fields?.querySelector("select[name=time_zone]");
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (select && [...select.options].some((option) => option.value === zone)) select.value = zone;
  fields?.removeAttribute("data-guess-zone");
};
guessZone();
document.addEventListener("htmx:load", guessZone);

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

// A double tap sends once; the page's answer brings the button back. A form whose button htmx does not
// press is sent after what it is just keeping by the way, else somebody would overtake themselves.
document.addEventListener("submit", (event) => {
  const form = event.target;
  const isOurs = !form.hasAttribute("hx-post") || form.hasAttribute("hx-trigger");
  if (isOurs && form.classList.contains("htmx-request")) {
    const again = () => setTimeout(() => form.requestSubmit(event.submitter), 100);
    event.preventDefault();
    form.addEventListener("htmx:afterRequest", again, { once: true });
  } else if (isOurs && form.dataset.sent) event.preventDefault();
  else {
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, 4000);
  }
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// A button that stands outside its form says its name, too, when htmx sends the form, as it does without htmx.
document.addEventListener("htmx:configRequest", ({ detail }) => {
  const button = detail.triggeringEvent?.submitter;
  if (!button?.name || button.form !== detail.elt || detail.elt.contains(button)) return;
  detail.parameters[button.name] = button.value;
});

// After a refused form, the summary of what to mend is read first.
const summary = document.querySelector("[data-errors]");
if (summary) summary.focus();
document.addEventListener("htmx:afterSwap", (event) => {
  const errors = event.target.querySelector?.("[data-errors]");
  if (errors) errors.focus();
});

// What htmx sends by the way and cannot bring is said, else it would look as if it were kept.
const notSent = document.getElementById("not-sent");
for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.addEventListener(name, () => { notSent.hidden = false; });
}
document.addEventListener("htmx:afterOnLoad", ({ detail }) => { if (detail.successful) notSent.hidden = true; });

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

// Where the browser knows the reader's clock, that one is asked about.
const ownZone = document.querySelector("[data-own-zone]");
const browserZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (ownZone && browserZone?.includes("/")) {
  const time = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "short" }).format(new Date());
  ownZone.elements.time_zone.value = browserZone;
  ownZone.querySelector("[data-zone-name]").textContent = `${browserZone.replaceAll("_", " ")}, ${time}`;
  ownZone.querySelector("[data-zone-time]")?.remove();
  ownZone.hidden = false;
}

// The days of a cohort are moved on their drawing, too: dragged, or with the arrow keys. The fields keep them.
const A_DAY = 86400000;
const WEEK = 7;
const asDay = (text) => Date.parse(`${text}T00:00Z`) / A_DAY;
const asText = (day) => new Date(day * A_DAY).toISOString().slice(0, 10);
const asWords = (day) =>
  new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeZone: "UTC" }).format(day * A_DAY);
const dayFields = (form) => [...form.querySelectorAll("input[type=date]")];
let heldDay = "";

const lineOf = (handle) => {
  const figure = handle.closest("[data-timeline]");
  const { first, days, margin, timeline } = figure.dataset;
  return { figure, form: document.getElementById(timeline), first: asDay(first), days: Number(days), margin: Number(margin) };
};
const fieldOf = (handle) => lineOf(handle).form?.elements[handle.dataset.day];

const tellDay = (handle, day) => {
  const { first, days } = lineOf(handle);
  handle.setAttribute("aria-valuemin", String(Math.min(0, day - first)));
  handle.setAttribute("aria-valuemax", String(Math.max(days, day - first)));
  handle.setAttribute("aria-valuenow", String(day - first));
  handle.setAttribute("aria-valuetext", asWords(day));
};
const armTimelines = () => {
  for (const handle of document.querySelectorAll("[data-timeline] .handle[data-day]:not([role])")) {
    const field = fieldOf(handle);
    if (!field || field.readOnly || !field.value) continue;
    handle.closest("figure > svg").setAttribute("role", "group");
    handle.setAttribute("role", "slider");
    handle.setAttribute("tabindex", "0");
    handle.setAttribute("aria-label", handle.dataset.label);
    tellDay(handle, asDay(field.value));
    if (handle.dataset.day === heldDay && document.activeElement === document.body) handle.focus();
  }
};
armTimelines();
document.addEventListener("htmx:load", armTimelines);

const putDay = (handle, day) => {
  const { first, days, margin } = lineOf(handle);
  const share = margin + ((day - first) / days) * (1 - 2 * margin);
  handle.parentNode.setAttribute("x", `${share * 100}%`);
  tellDay(handle, day);
};
const keepDay = (handle, day) => {
  const field = fieldOf(handle);
  heldDay = handle.dataset.day;
  if (!field || field.value === asText(day)) return;
  field.value = asText(day);
  field.dispatchEvent(new Event("change", { bubbles: true }));
};

const STEPS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -WEEK, PageUp: WEEK };
document.addEventListener("keydown", (event) => {
  const handle = event.target.closest?.("[data-timeline] [role=slider]");
  if (!handle || !STEPS[event.key]) return;
  event.preventDefault();
  const day = asDay(fieldOf(handle).value) + STEPS[event.key] * (event.shiftKey ? WEEK : 1);
  putDay(handle, day);
  keepDay(handle, day);
});

document.addEventListener("pointerdown", (event) => {
  const handle = event.target.closest?.("[data-timeline] [role=slider]");
  if (!handle) return;
  event.preventDefault();
  handle.focus();
  const { figure, days, margin } = lineOf(handle);
  const start = asDay(fieldOf(handle).value);
  const perDay = (figure.getBoundingClientRect().width * (1 - 2 * margin)) / days;
  let day = start;
  const drag = (move) => {
    day = start + Math.round((move.clientX - event.clientX) / perDay);
    putDay(handle, day);
  };
  const drop = (end) => {
    removeEventListener("pointermove", drag);
    removeEventListener("pointerup", drop);
    removeEventListener("pointercancel", drop);
    if (end.type === "pointercancel") putDay(handle, start);
    else keepDay(handle, day);
  };
  addEventListener("pointermove", drag);
  addEventListener("pointerup", drop);
  addEventListener("pointercancel", drop);
});

// Where the days after one that moved are to follow, they do so at once; a year half typed moves nothing.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-days]");
  const field = event.target;
  if (!form || field.type !== "date" || !(asDay(field.value) > 0)) return;
  const fields = dayFields(form);
  const was = form.elements[`was_${field.name}`];
  const by = asDay(field.value) - asDay(was.value);
  was.value = field.value;
  if (!by || !form.elements.move_after.checked) return;
  for (const later of fields.slice(fields.indexOf(field) + 1)) {
    if (later.readOnly || !later.value) continue;
    later.value = asText(asDay(later.value) + by);
    form.elements[`was_${later.name}`].value = later.value;
  }
});

// What a slider stands at is told beside it while it moves.
document.addEventListener("input", (event) => {
  const told = event.target.type === "range" && event.target.parentNode.querySelector("output");
  if (told) told.value = event.target.value;
});

// On the board of a run a mentee is dragged to another mentor; the link on their name does the same by key.
let draggedMentee = "";
const deskUnder = (event) => draggedMentee && event.target.closest?.("[data-mentor]");
document.addEventListener("dragstart", (event) => {
  draggedMentee = event.target.closest?.("[data-mentee]")?.dataset.mentee ?? "";
});
document.addEventListener("dragend", () => {
  draggedMentee = "";
  for (const desk of document.querySelectorAll(".desk.over")) desk.classList.remove("over");
});
document.addEventListener("dragover", (event) => {
  const desk = deskUnder(event);
  if (desk) event.preventDefault();
  for (const other of document.querySelectorAll(".desk.over")) if (other !== desk) other.classList.remove("over");
  desk?.classList.add("over");
});
document.addEventListener("drop", (event) => {
  const desk = deskUnder(event);
  const form = document.getElementById("move-by-drag");
  if (!desk || !form) return;
  event.preventDefault();
  form.elements.mentee.value = draggedMentee;
  form.elements.mentor.value = desk.dataset.mentor;
  form.requestSubmit();
});

// Questions of a form are dragged to their place, too; the buttons beside them do the same.
let draggedQuestion = "";
const questionAt = (event) => event.target.closest?.("[data-arranged] [data-question]");
const armQuestions = () => {
  for (const row of document.querySelectorAll("[data-arranged] [data-question]")) row.draggable = true;
};
armQuestions();
document.addEventListener("htmx:load", armQuestions);
document.addEventListener("dragstart", (event) => {
  draggedQuestion = questionAt(event)?.dataset.question ?? "";
});
document.addEventListener("dragover", (event) => {
  if (draggedQuestion && questionAt(event)) event.preventDefault();
});
document.addEventListener("drop", (event) => {
  const row = questionAt(event);
  if (!draggedQuestion || !row) return;
  event.preventDefault();
  const button = document.createElement("button");
  button.name = "move";
  button.value = `${draggedQuestion}:before:${row.dataset.question}`;
  button.hidden = true;
  row.append(button);
  draggedQuestion = "";
  button.click();
});

// A list that has buttons to move its rows can also be dragged into order, by the head of a row.
let dragged = null;
document.addEventListener("pointerdown", (event) => {
  const row = event.target.closest?.("[data-order] > li");
  if (row) row.draggable = Boolean(event.target.closest("[data-grip]"));
});
document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.("[data-order] > li[draggable=true]");
});
document.addEventListener("dragover", (event) => {
  const over = event.target.closest?.("[data-order] > li");
  if (!dragged || !over || over.parentNode !== dragged.parentNode) return;
  event.preventDefault();
  const { top, height } = over.getBoundingClientRect();
  over.parentNode.insertBefore(dragged, event.clientY < top + height / 2 ? over : over.nextSibling);
});
document.addEventListener("dragend", () => {
  if (dragged) document.getElementById(dragged.parentNode.dataset.order)?.requestSubmit();
  dragged = null;
});

// Somebody is dragged onto another drafted group: what it costs is shown first, as when their name is pressed.
let draggedMember = null;
document.addEventListener("dragstart", (event) => {
  draggedMember = event.target.closest?.("[data-move] [data-person]") ?? null;
  if (draggedMember) event.dataTransfer.setData("text/plain", draggedMember.textContent.trim());
});
document.addEventListener("dragover", (event) => {
  if (!draggedMember) return;
  const group = event.target.closest("[data-into]");
  for (const each of document.querySelectorAll("[data-into].over")) if (each !== group) each.classList.remove("over");
  if (!group) return;
  event.preventDefault();
  group.classList.add("over");
});
document.addEventListener("dragend", () => {
  for (const each of document.querySelectorAll("[data-into].over")) each.classList.remove("over");
  draggedMember = null;
});
document.addEventListener("drop", (event) => {
  const group = draggedMember && event.target.closest("[data-into]");
  if (!group || group === draggedMember.closest("[data-into]")) return;
  event.preventDefault();
  const asked = new URLSearchParams({ person: draggedMember.dataset.person, into: group.dataset.into });
  location.assign(`${group.closest("[data-move]").dataset.move}?${asked}`);
});

// Without a line one kind page stands in; no page of somebody's own is kept.
if ("serviceWorker" in navigator && window.isSecureContext) {
  window.addEventListener("load", () => navigator.serviceWorker.register("/service-worker.js").catch(() => {}));
}

// Files on their way to the program. The browser holds the files and posts them, a few at once, one in each request; the
// page is told in light rows. The list outlives the page: whoever goes to another page of the dashboard and comes back
// finds it, and the uploads went on meanwhile.

import { filesOf, isPhotograph, pastedName } from "./chosen-files.js";

const items = new Map(); // id -> item, in the order of their choosing
const changed = new Set(); // ids the page does not know the news of
let settings = { address: "/api/uploads", maxBytes: Infinity, parallel: 3 };
let details = {};
let nextId = 1;
let sending = 0;
let page = null; // .NET object; null while no upload page is open
let surface = null; // takes the page's listeners away
let flushing = false;
let flushTimer = 0;

const rowsAtOnce = 100; // keeps a message under the circuit's 32 KB
const flushAfterMilliseconds = 150;

export function attach(dotnet, zone, filesInput, folderInput, newSettings) {
  detach();
  page = dotnet;
  settings = { ...settings, ...newSettings };
  surface = new AbortController();
  const on = (target, name, handler, options) => target.addEventListener(name, handler, { ...options, signal: surface.signal });

  let depth = 0;
  const isFiles = event => [...(event.dataTransfer?.types ?? [])].includes("Files");
  const overWindow = event => { if (isFiles(event)) event.preventDefault(); };
  on(window, "dragover", overWindow);
  // A file dropped beside the zone must not replace the dashboard.
  on(window, "drop", event => { if (isFiles(event)) { event.preventDefault(); takeDrop(event.dataTransfer); depth = 0; zone.classList.remove("drop-over"); } });
  on(window, "dragenter", event => { if (isFiles(event)) { depth++; zone.classList.add("drop-over"); } });
  on(window, "dragleave", event => { if (isFiles(event) && --depth <= 0) { depth = 0; zone.classList.remove("drop-over"); } });
  on(document, "paste", event => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length > 0) {
      event.preventDefault();
      add(files.map(file => ({ file, name: pastedName(file) })));
    }
  });
  for (const id of items.keys()) changed.add(id);
  for (const input of [filesInput, folderInput]) {
    const take = () => {
      add([...input.files].map(file => ({ file, name: file.webkitRelativePath || file.name })));
      input.value = "";
    };
    on(input, "change", take);
    // Chosen before this script was there: the page shows itself earlier than it answers.
    if (input.files.length > 0) take();
  }
  flushSoon();
}

export function detach() {
  surface?.abort();
  surface = null;
  page = null;
}

// What the page's fields say; holds for the files that are added from now on.
export function setDetails(newDetails) {
  details = newDetails;
}

// Puts files of the program itself (the samples) on the list, as if they had been chosen.
export async function addAddresses(addresses) {
  const files = await Promise.all(addresses.map(async ({ address, name }) => {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    return { file: new File([await answer.blob()], name), name };
  }));
  add(files);
}

export function cancel(id) {
  const item = items.get(id);
  if (item && (item.state === "waiting" || item.state === "sending")) {
    item.request?.abort();
    settle(item, "cancelled");
  }
}

export function cancelAll() {
  for (const id of [...items.keys()]) cancel(id);
}

export function retry(ids) {
  for (const id of ids) {
    const item = items.get(id);
    if (item && (item.state === "failed" || item.state === "cancelled")) {
      Object.assign(item, { state: "waiting", sent: 0, reasonCode: null, reason: null });
      tell(item);
    }
  }
  pump();
}

export function remove(ids) {
  for (const id of ids) {
    cancel(id);
    items.delete(id);
    changed.delete(id);
  }
}

function add(files) {
  for (const { file, name } of files) {
    const item = { id: nextId++, file, name: name.slice(-255), size: file?.size ?? 0, sent: 0, state: "waiting", details };
    items.set(item.id, item);
    tell(item);
    if (!file) refuse(item, "unreadable");
    else if (file.size === 0) refuse(item, "empty");
    else if (file.size > settings.maxBytes) refuse(item, "large");
  }
  pump();
}

async function pump() {
  for (const item of items.values()) {
    if (sending >= settings.parallel) return;
    if (item.state === "waiting") {
      sending++;
      item.state = "sending";
      tell(item);
      send(item).finally(() => { sending--; pump(); });
    }
  }
}

async function send(item) {
  let head;
  try {
    head = new Uint8Array(await item.file.slice(0, 12).arrayBuffer());
  } catch {
    return refuse(item, "unreadable"); // moved or deleted since it was chosen
  }
  if (item.state !== "sending") return;
  if (!isPhotograph(head)) return refuse(item, "type");

  const form = new FormData();
  for (const [name, value] of Object.entries(item.details)) {
    if (value) form.append(name, value);
  }
  form.append("file", item.file, item.name.split("/").pop()); // last: the program reads the fields before the bytes
  await new Promise(done => {
    const request = item.request = new XMLHttpRequest();
    request.open("POST", settings.address);
    request.setRequestHeader("RequestVerificationToken", document.querySelector("meta[name=antiforgery-token]").content);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", event => { item.sent = event.lengthComputable ? Math.round(event.loaded / event.total * item.size) : 0; tell(item); });
    request.addEventListener("load", () => { finish(item, request); done(); });
    request.addEventListener("error", () => { refuse(item, "network"); done(); });
    request.addEventListener("timeout", () => { refuse(item, "network"); done(); });
    request.addEventListener("abort", done);
    request.send(form);
  });
  item.request = null;
}

function finish(item, request) {
  if (item.state !== "sending") return;
  let answer = null;
  try {
    answer = JSON.parse(request.responseText);
  } catch {
    // Not from the program but from something on the way to it; the status says enough.
  }
  if (request.status >= 200 && request.status < 300 && answer?.imageId) {
    item.sent = item.size;
    item.imageId = answer.imageId;
    item.analysisId = answer.analysisId;
    item.duplicate = !!answer.duplicate;
    item.file = null; // the browser may forget it
    settle(item, "sent");
  } else if (answer?.detail) {
    item.reason = answer.detail;
    settle(item, "failed");
  } else {
    refuse(item, request.status === 413 ? "large" : request.status === 401 || request.status === 403 ? "sign-in" : "answer");
  }
}

function refuse(item, code) {
  item.reasonCode = code;
  settle(item, "failed");
}

function settle(item, state) {
  item.state = state;
  tell(item);
}

function tell(item) {
  changed.add(item.id);
  flushSoon();
}

function flushSoon() {
  if (page && !flushTimer && !flushing) flushTimer = setTimeout(flush, flushAfterMilliseconds);
}

async function flush() {
  flushTimer = 0;
  flushing = true;
  try {
    while (page && changed.size > 0) {
      const ids = [...changed].slice(0, rowsAtOnce);
      ids.forEach(id => changed.delete(id));
      const rows = ids.map(id => items.get(id)).filter(Boolean).map(({ id, name, size, sent, state, imageId, analysisId, duplicate, reasonCode, reason }) =>
        ({ id, name, size, sent, state, imageId: imageId ?? null, analysisId: analysisId ?? null, duplicate: !!duplicate, reasonCode: reasonCode ?? null, reason: reason ?? null }));
      try {
        await page.invokeMethodAsync("RowsChanged", rows);
      } catch {
        // The circuit is away. The next page that attaches is told everything anew.
        page = null;
      }
      await new Promise(done => setTimeout(done, changed.size > rowsAtOnce ? 0 : flushAfterMilliseconds));
    }
  } finally {
    flushing = false;
    flushSoon();
  }
}

async function takeDrop(transfer) {
  for await (const chosen of filesOf(transfer)) add([chosen]);
}

// Closing the window would lose the files that are not sent yet.
addEventListener("beforeunload", event => {
  for (const item of items.values()) {
    if (item.state === "waiting" || item.state === "sending") {
      event.preventDefault();
      return;
    }
  }
});

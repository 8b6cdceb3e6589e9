// What was dropped or pasted, as files with names.

// Files of a drop with their paths, folders walked through. What the browser cannot open comes with null as its file.
export async function* filesOf(transfer) {
  // The entries have to be taken at once: the transfer is empty after the first await.
  const entries = [...transfer.items].filter(item => item.kind === "file").map(item => item.webkitGetAsEntry?.() ?? item.getAsFile());
  for (const entry of entries) {
    if (entry instanceof File) yield { file: entry, name: entry.name };
    else if (entry) yield* walk(entry);
  }
}

async function* walk(entry) {
  const name = entry.fullPath.replace(/^\//, "");
  if (entry.isFile) {
    yield { file: await opened(entry.file, entry), name };
  } else if (entry.isDirectory) {
    const reader = entry.createReader();
    for (;;) {
      const children = await opened(reader.readEntries, reader); // some of them each time, none at the end
      if (!children) yield { file: null, name };
      if (!children?.length) return;
      for (const child of children) yield* walk(child);
    }
  }
}

// What a method of the file system gives, null where it fails.
const opened = (method, owner) => new Promise(done => method.call(owner, done, () => done(null)));

// Whether a file begins as JPEG, PNG or WebP do. `head`: its first 12 bytes.
export function isPhotograph(head) {
  const at = (offset, ...bytes) => bytes.every((byte, index) => head[offset + index] === byte);
  return at(0, 0xff, 0xd8, 0xff) || at(0, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)
    || (at(0, 0x52, 0x49, 0x46, 0x46) && at(8, 0x57, 0x45, 0x42, 0x50));
}

// What a picture from the clipboard is called: browsers call all of them image.png.
export function pastedName(file) {
  const time = new Date(Date.now() - new Date().getTimezoneOffset() * 60000).toISOString().slice(0, 19).replace(/:/g, "-").replace("T", " ");
  return file.name && file.name !== "image.png" ? file.name : `${time}.${file.type.split("/")[1] || "png"}`;
}

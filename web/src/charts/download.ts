// Files made in the page: figures as CSV, pictures as SVG and PNG.

/** A table as CSV that a spreadsheet opens with its Chinese whole: quoted where needed, with the mark of UTF-8. */
export function csv(head: string[], rows: (string | null)[][]): Blob {
  const cell = (value: string | null): string => {
    const plain = value ?? "";
    // A spreadsheet takes what begins so for a formula; a minus before digits is a number.
    const inert = /^[=+@\t\r]/.test(plain) || /^-(?![\d.])/.test(plain) ? `'${plain}` : plain;
    return /[",\n\r]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
  };
  const text = [head, ...rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
  return new Blob(["\uFEFF", text], { type: "text/csv;charset=utf-8" });
}

/** Offers a file to be kept. */
export function save(content: Blob | string, name: string): void {
  const blob = typeof content === "string" ? new Blob([content], { type: "image/svg+xml;charset=utf-8" }) : content;
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = name.replace(/[\\/:*?"<>|\s]+/g, "-").slice(0, 80);
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

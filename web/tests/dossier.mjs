// A document as the program answers it, made up and as long as one likes.

const outcomes = ["supported", "undecided", "bearing", "met", "contradicted", "coherent", "bearing", "off_track", "undecided", "disputed"];
const shapes = ["goal", "proposal", "list"];

/** The API's answer for a document of so many statements, eight a paragraph, some nested, some crossing. */
export function generated(statements, { id = "long-zh" } = {}) {
  let text = "长文\n";
  const blocks = [{ kind: "title", span: [0, 2] }];
  const marks = [];
  const add = (span, number) => {
    const outcome = outcomes[number % outcomes.length];
    marks.push({
      id: `${id}-${String(number).padStart(5, "0")}`, number, span, outcome, overruled: number % 97 === 0,
      kind: outcome === "bearing" ? "bearing" : "verdict", grade: outcome === "bearing" ? null : "official",
      shape: outcome === "bearing" ? shapes[number % 3] : "outcome",
    });
  };
  for (let number = 1; number <= statements; ) {
    const from = text.length;
    if (number % 160 === 1) {
      text += `第${number}部分`;
      blocks.push({ kind: "heading", span: [from, text.length] });
      text += "\n";
    }
    const start = text.length;
    for (let i = 0; i < 8 && number <= statements; i++, number++) {
      const at = text.length;
      text += `全市第${number}项工作完成投资${(number * 7) % 1000}亿元，增长${number % 13}.${number % 10}%`;
      add(i % 5 === 4 ? [at - 6, text.length - 8] : [at, text.length], number);
      text += i === 7 ? "。" : "；";
    }
    blocks.push({ kind: "paragraph", span: [start, text.length] });
    text += "\n";
  }
  const counts = [...new Set(outcomes)].map((outcome) => ({ outcome, statements: marks.filter((mark) => mark.outcome === outcome).length }));
  const document = { id, dossier: "long", title: "长文", language: "zh", dated: "2021-03-06", translation_of: null, pasted: false, counts };
  const dossier = { name: "long", title: "长文", region: { code: 330800, name: { zh: "衢州市", en: "Quzhou" } }, scenarios: [] };
  const first = marks.filter((mark) => mark.outcome === "undecided").slice(0, 40).map((mark) => mark.id);
  return {
    document, dossier, speaker: null, origin: null, text, blocks, statements: marks, notable: [],
    needs: [{ table: "projects", title: { zh: "项目库", en: "project register" }, statements: first.length, claims: first }],
  };
}

/** Answers `/api/d/{id}` with a made-up document; everything else goes to the program. */
export function instead(document) {
  return (page) => page.route(`**/api/d/${document.document.id}`, (route) => route.fulfill({ json: document }));
}

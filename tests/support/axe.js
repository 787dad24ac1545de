// Runs axe-core on the page as it is painted now, and says what it finds.
//
// Most of its time goes into contrast, which depends on the paint of a text: its colour, size and weight, and all
// backgrounds below it. So of all texts painted alike the first is looked at. `seen` are the paints of earlier pages.
async ({ours, scheme, structure, seen}) => {
  const COLOURS = ["color-contrast", "link-in-text-block"];
  const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const OPTIONS = {resultTypes: ["violations"], preload: false};

  const backgrounds = new Map();
  const background = (element) => {
    if (!element) return "";
    if (!backgrounds.has(element)) {
      const {backgroundColor, backgroundImage, opacity} = getComputedStyle(element);
      const plain = backgroundColor === "rgba(0, 0, 0, 0)" && backgroundImage === "none" && opacity === "1";
      const own = plain ? "" : `/${backgroundColor} ${backgroundImage} ${opacity}`;
      backgrounds.set(element, background(element.parentElement) + own);
    }
    return backgrounds.get(element);
  };
  const paint = (element) => {
    const {color, fontSize, fontWeight, textDecorationLine} = getComputedStyle(element);
    return [color, fontSize, fontWeight, textDecorationLine, background(element)].join(" ");
  };
  const isOurs = (element) => Boolean(element?.closest(ours));
  const hasText = (element) => Array.from(element.childNodes).some((node) => node.nodeType === 3 && node.data.trim());

  for (const animation of document.getAnimations()) animation.cancel();
  const paints = new Set(seen);
  const first = [];
  for (const element of document.body.querySelectorAll("*")) {
    if (!hasText(element) || !element.checkVisibility({visibilityProperty: true})) continue;
    const link = element.closest("a");
    const key = [scheme, isOurs(element), paint(element), link && `in ${paint(link.parentElement)}`].join(" ");
    if (!paints.has(key)) first.push(element);
    paints.add(key);
  }

  const violations = [];
  const run = async (context, options) => {
    violations.push(...(await axe.run(context, {...OPTIONS, ...options})).violations);
  };
  if (first.length) await run({include: first}, {runOnly: COLOURS});
  if (structure) {
    await run(document, {runOnly: TAGS, rules: Object.fromEntries(COLOURS.map((rule) => [rule, {enabled: false}]))});
  }
  const finding = ({id, tags}, {target, failureSummary}) => {
    const element = document.querySelector(target[0]);
    const why = failureSummary.split("\n").slice(1).map((line) => line.trim()).join("; ");
    return {rule: id, scheme, element: element.localName, target: target.join(" "), why, ours: isOurs(element),
      required: !tags.includes("best-practice")};
  };
  return [[...paints], violations.flatMap((violation) => violation.nodes.map((node) => finding(violation, node)))];
}

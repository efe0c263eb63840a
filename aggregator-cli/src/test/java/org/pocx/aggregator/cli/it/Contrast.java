package org.pocx.aggregator.cli.it;

/** Finds texts that are hard to read. */
final class Contrast {
    /**
     * Returns a line for each text whose contrast with its ground is below 4.5 (WCAG 2.2, success criterion 1.4.3;
     * relative luminance and contrast ratio as defined there). Grounds with alpha are laid over what is below them.
     */
    static final String SCRIPT =
            """
            const canvas = document.createElement('canvas');
            canvas.width = canvas.height = 1;
            const context = canvas.getContext('2d', { willReadFrequently: true });
            const parsed = new Map();
            const parse = (colour) => {
              if (!parsed.has(colour)) parsed.set(colour, read(colour));
              return parsed.get(colour);
            };
            const read = (colour) => {
              context.clearRect(0, 0, 1, 1);
              context.fillStyle = colour;
              context.fillRect(0, 0, 1, 1);
              const [r, g, b, a] = context.getImageData(0, 0, 1, 1).data;
              return [r, g, b, a / 255];
            };
            const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
            const groundOf = (node) => {
              const layers = [];
              for (let at = node; at; at = at.parentElement) layers.push(parse(getComputedStyle(at).backgroundColor));
              return layers.reverse().reduce((below, top) => (top[3] === 0 ? below : over(top, below)), [255, 255, 255, 1]);
            };
            const luminance = (colour) => {
              const [r, g, b] = colour.map((part) => part / 255)
                .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
              return 0.2126 * r + 0.7152 * g + 0.0722 * b;
            };
            const contrast = (a, b) => {
              const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
              return (high + 0.05) / (low + 0.05);
            };
            const faint = new Set();
            const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            for (let text = walker.nextNode(); text; text = walker.nextNode()) {
              const node = text.parentElement;
              if (!text.textContent.trim() || !node.checkVisibility({ opacityProperty: true })) continue;
              if (node.closest('#tip, #toast, noscript, script, .skip')) continue;
              const ground = groundOf(node);
              const ratio = contrast(over(parse(getComputedStyle(node).color), ground), ground);
              if (ratio < 4.5) faint.add(`${node.className || node.tagName} "${text.textContent.trim().slice(0, 30)}" ${ratio.toFixed(2)}`);
            }
            return [...faint];
            """;

    private Contrast() {}
}

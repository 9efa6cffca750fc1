namespace PatternAnalysis.Panel.Tests.Support;

/// <summary>What can be measured of how well a page reads; expressions that a page evaluates.</summary>
internal static class Readability
{
    /// <summary>
    /// The texts whose contrast with what lies behind them is below that of WCAG 2.2, level AA (1.4.3): 4.5, or 3 for large text.
    /// The formulas are those of its definitions of contrast ratio and relative luminance.
    /// </summary>
    public const string LowContrasts = """
        (() => {
            const parse = (text) => {
                const [r, g, b, a = 1] = text.match(/[\d.]+/g).map(Number);
                return {r, g, b, a};
            };
            const over = (top, under) => ({
                r: top.r * top.a + under.r * (1 - top.a),
                g: top.g * top.a + under.g * (1 - top.a),
                b: top.b * top.a + under.b * (1 - top.a), a: 1});
            const channel = (value) => value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4;
            const luminance = (color) => 0.2126 * channel(color.r) + 0.7152 * channel(color.g) + 0.0722 * channel(color.b);
            const behind = (element) => {
                const layers = [];
                for (let at = element; at; at = at.parentElement) layers.push(parse(getComputedStyle(at).backgroundColor));
                return layers.reverse().reduce((under, top) => over(top, under), {r: 255, g: 255, b: 255, a: 1});
            };
            const isShown = (element) =>
                element.checkVisibility({checkOpacity: true, checkVisibilityCSS: true}) && element.getClientRects().length > 0;
            const hasText = (element) => element.matches('input:not([type=checkbox]):not([type=hidden]), select')
                || [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim());
            return [...document.body.querySelectorAll('*')].filter((element) => isShown(element) && hasText(element)).map((element) => {
                const style = getComputedStyle(element);
                const back = behind(element);
                const [light, dark] = [luminance(over(parse(style.color), back)), luminance(back)].sort((a, b) => b - a);
                const ratio = (light + 0.05) / (dark + 0.05);
                const size = parseFloat(style.fontSize);
                const needed = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
                return {ratio, needed,
                    text: element.tagName + ' ' + element.className + ': ' + (element.textContent || element.value).slice(0, 40)};
            }).filter((found) => !(found.ratio >= found.needed)).map((found) => found.ratio.toFixed(2) + ' ' + found.text);
        })()
        """;

    /// <summary>How many texts were looked at: a page without any has no low contrast either.</summary>
    public const string TextCount =
        "[...document.body.querySelectorAll('*')].filter((element) => element.checkVisibility() && "
        + "[...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim())).length";

    /// <summary>
    /// Whether the page is no wider than its window; a phone would zoom out instead of scrolling, so the window itself can't be asked.
    /// </summary>
    public static string Fits(int width) => $"document.documentElement.scrollWidth <= {width}";

    /// <summary>The fields and buttons that have no name for a screen reader.</summary>
    public const string Nameless = """
        [...document.querySelectorAll('input:not([type=hidden]), select, button, a')]
            .filter((element) => !(element.labels?.length || element.getAttribute('aria-label') || element.textContent.trim()))
            .map((element) => element.outerHTML.slice(0, 80))
        """;

    /// <summary>Whether one sees where the focus is.</summary>
    public const string FocusIsVisible =
        "document.activeElement !== document.body && getComputedStyle(document.activeElement).outlineStyle "
        + "!== 'none' && parseFloat(getComputedStyle(document.activeElement).outlineWidth) >= 2";
}

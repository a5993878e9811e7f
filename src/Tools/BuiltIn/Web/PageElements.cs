using System.Collections.Frozen;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace PersonalAi.Tools.BuiltIn.Web;

/// <summary>Tells what of a page is its text, and what stands around it or is not seen.</summary>
internal sealed class PageElements
{
    private const int ShortestMain = 200;

    private static readonly FrozenDictionary<string, string> Unread = new Dictionary<string, string>
    {
        ["script"] = Scripts, ["style"] = Scripts, ["noscript"] = Scripts, ["template"] = Scripts, ["link"] = Scripts, ["meta"] = Scripts,
        ["nav"] = Navigation, ["menu"] = Navigation, ["aside"] = Navigation, ["footer"] = Navigation,
        ["button"] = Forms, ["select"] = Forms, ["textarea"] = Forms, ["input"] = Forms, ["datalist"] = Forms, ["dialog"] = Forms,
        ["iframe"] = Embedded, ["object"] = Embedded, ["embed"] = Embedded, ["svg"] = Embedded, ["canvas"] = Embedded, ["video"] = Embedded, ["audio"] = Embedded, ["map"] = Embedded,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, string> Roles = new Dictionary<string, string>
    {
        ["navigation"] = Navigation, ["banner"] = Navigation, ["contentinfo"] = Navigation, ["complementary"] = Navigation, ["search"] = Forms, ["dialog"] = Forms, ["alertdialog"] = Forms,
    }.ToFrozenDictionary();

    private readonly StyleSheet _styles = new();

    /// <param name="page">The page whose styles hold.</param>
    public PageElements(IHtmlDocument page)
    {
        foreach (var style in page.QuerySelectorAll("style"))
        {
            _styles.Add(style.TextContent);
        }
    }

    /// <summary>What elements are called that were left out, for people.</summary>
    public const string Scripts = "scripts and styles", Navigation = "navigation", Forms = "forms", Embedded = "embedded things", Hidden = "hidden elements";

    /// <summary>The element that holds the text: the main one, the only article, else the body.</summary>
    public static IElement? MainOf(IHtmlDocument page)
    {
        var main = page.QuerySelector("main, [role=main]");
        if (main is null && page.QuerySelectorAll("article") is { Length: 1 } articles)
        {
            main = articles[0];
        }

        return main?.TextContent.Trim().Length >= ShortestMain ? main : page.Body ?? page.DocumentElement;
    }

    /// <summary>Why an element is left out with all that is in it; null where it is read.</summary>
    public string? ReasonToLeaveOut(IElement element)
    {
        if (element is IHtmlBodyElement or IHtmlHtmlElement)
        {
            // Hidden until a script has run, as a rule.
            return null;
        }

        return Unread.GetValueOrDefault(element.LocalName)
            ?? (element.GetAttribute("role") is { } role ? Roles.GetValueOrDefault(role) : null)
            ?? (IsHeadOfPage(element) ? Navigation : IsHidden(element) ? Hidden : null);
    }

    private static bool IsHeadOfPage(IElement element) => element.LocalName == "header" && element.ParentElement is IHtmlBodyElement && element.QuerySelector("h1") is null;

    private bool IsHidden(IElement element) =>
        element.HasAttribute("hidden")
        || string.Equals(element.GetAttribute("aria-hidden"), "true", StringComparison.OrdinalIgnoreCase)
        || (element.LocalName == "font" && element.GetAttribute("size") is "0")
        || Declarations.Hide(_styles.DeclarationsOf(element));
}

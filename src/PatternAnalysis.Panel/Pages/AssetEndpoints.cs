using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace PatternAnalysis.Panel.Pages;

/// <summary>The style, the script and the picture of the panel, out of its assembly.</summary>
internal static class AssetEndpoints
{
    public const string Path = "/assets";

    private static readonly Dictionary<string, string> s_types = new()
    {
        ["panel.css"] = "text/css; charset=utf-8",
        ["panel.js"] = "text/javascript; charset=utf-8",
        ["icon.svg"] = "image/svg+xml",
    };

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var (name, type) in s_types)
            routes.MapGet($"{Path}/{name}", () => Results.Stream(typeof(AssetEndpoints).Assembly.GetManifestResourceStream(name)!, type));
    }
}

using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using PatternAnalysis.Panel.Api;
using PatternAnalysis.Panel.Pages;

namespace PatternAnalysis.Panel.Security;

/// <summary>
/// Lets in who has the token: once by the printed link, which gives a browser a cookie, or with each request in its header. What a browser
/// sends along by itself
/// (the cookie) is not enough to change anything: that takes the token of a form that the panel made.
/// </summary>
internal sealed class PanelAccess(string place)
{
    public const string QueryKey = "token";

    private const string Bearer = "Bearer ";

    private readonly byte[] _cookie = Encoding.ASCII.GetBytes(RandomText());

    public string Token { get; } = RandomText();

    /// <summary>Cookies don't know ports: panels on different ones must not take each other's.</summary>
    public string CookieName { get; } = "pattern-analysis-" + new string([.. place.Where(char.IsAsciiLetterOrDigit)]);

    public async Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (request.Path.StartsWithSegments(AssetEndpoints.Path))
            await next(context).ConfigureAwait(false);
        else if (HttpMethods.IsGet(request.Method) && request.Query[QueryKey] is [{ } given])
            await SignInAsync(context, given).ConfigureAwait(false);
        else if (
            request.Headers.Authorization is [{ } header]
            && header.StartsWith(Bearer, StringComparison.Ordinal)
            && IsSame(header[Bearer.Length..], Encoding.ASCII.GetBytes(Token))
        )
            await next(context).ConfigureAwait(false);
        else if (request.Cookies[CookieName] is not { } cookie || !IsSame(cookie, _cookie))
            await Refuse(
                    context,
                    StatusCodes.Status401Unauthorized,
                    "Open the link that was printed",
                    "The panel lets in who opens the link that 'pattern-analysis serve' printed when it started. Each start makes a new one."
                )
                .ConfigureAwait(false);
        else if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            await next(context).ConfigureAwait(false);
        else if (
            !IsOwnOrigin(request)
            || !await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context).ConfigureAwait(false)
        )
            await Refuse(
                    context,
                    StatusCodes.Status403Forbidden,
                    "Nothing was changed",
                    "The form does not come from this panel, or from before it was started again. Go back to the queue and try once more."
                )
                .ConfigureAwait(false);
        else
            await next(context).ConfigureAwait(false);
    }

    private async Task SignInAsync(HttpContext context, string given)
    {
        if (!IsSame(given, Encoding.ASCII.GetBytes(Token)))
        {
            await Refuse(
                    context,
                    StatusCodes.Status401Unauthorized,
                    "The link is out of date",
                    "It is from an earlier start. Open the one that was printed last."
                )
                .ConfigureAwait(false);
            return;
        }

        context.Response.Cookies.Append(
            CookieName,
            Encoding.ASCII.GetString(_cookie),
            new CookieOptions
            {
                HttpOnly = true,
                SameSite = SameSiteMode.Strict,
                Path = "/",
                IsEssential = true,
                Secure = context.Request.IsHttps,
            }
        );

        // A redirect would still count as coming from where the link was clicked, and a strict cookie would not be sent along. This page
        // goes on by itself.
        await PageEndpoints.SignedIn().ExecuteAsync(context).ConfigureAwait(false);
    }

    private static bool IsOwnOrigin(HttpRequest request) =>
        request.Headers.Origin is not [{ } origin] || origin == $"{request.Scheme}://{request.Host}";

    private static Task Refuse(HttpContext context, int status, string title, string text) =>
        context.Request.Path.StartsWithSegments(ApiEndpoints.Path)
            ? Results.Problem(title: title, detail: text, statusCode: status).ExecuteAsync(context)
            : PageEndpoints.Message(status, title, text).ExecuteAsync(context);

    private static bool IsSame(string given, byte[] wanted) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), wanted);

    private static string RandomText() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
}

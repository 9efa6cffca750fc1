using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using PatternAnalysis.Panel.Api;
using PatternAnalysis.Panel.Pages;

namespace PatternAnalysis.Panel.Security;

/// <summary>
/// Lets in who has the token: once by the printed link, which gives a browser a session, or with each request in its header. What a browser
/// sends along by itself (the cookie) is not enough to change anything: that takes the token of a form that the panel made.
/// </summary>
/// <param name="ownHost">
/// The name that browsers sign in under, new at each start: cookies know no ports, and those of 127.0.0.1 would be sent to whatever else
/// listens there. Null where the user says under which names the panel is reached.
/// </param>
/// <param name="time">The clock.</param>
/// <param name="log">Takes a line about each refused login.</param>
internal sealed class PanelAccess(string? ownHost, TimeProvider time, Action<string>? log)
{
    public const string QueryKey = "token";
    public const string CookieName = "pattern-analysis";
    public const string SignOutPath = "/sign-out";

    private const string Bearer = "Bearer ";

    private readonly PanelSessions _sessions = new(time);

    public string Token { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    public async Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (request.Path.StartsWithSegments(AssetEndpoints.Path))
            await next(context).ConfigureAwait(false);
        else if (HttpMethods.IsGet(request.Method) && request.Query[QueryKey] is [{ } given])
            await SignInAsync(context, given).ConfigureAwait(false);
        else if (request.Headers.Authorization is [{ } header] && header.StartsWith(Bearer, StringComparison.Ordinal))
        {
            if (IsToken(header[Bearer.Length..]))
                await next(context).ConfigureAwait(false);
            else
                await RefuseLoginAsync(context, "a wrong token in the header", "No such token", "Each start makes a new one.")
                    .ConfigureAwait(false);
        }
        else if (request.Cookies[CookieName] is not { } cookie || !_sessions.IsOpen(cookie))
            await Refuse(
                    context,
                    StatusCodes.Status401Unauthorized,
                    "Open the link that was printed",
                    "The panel lets in who opens the link that 'pattern-analysis serve' printed when it "
                        + "started. Each start makes a new one, and a session ends after two hours without a request."
                )
                .ConfigureAwait(false);
        else if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            await next(context).ConfigureAwait(false);
        else if (HttpMethods.IsPost(request.Method) && request.Path == SignOutPath && IsOwnOrigin(request))
            await SignOutAsync(context, cookie).ConfigureAwait(false);
        else
            await CheckFormAsync(context, next).ConfigureAwait(false);
    }

    private static async Task CheckFormAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            if (
                IsOwnOrigin(context.Request)
                && await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context).ConfigureAwait(false)
            )
            {
                await next(context).ConfigureAwait(false);
                return;
            }
        }
        catch (Exception error)
            when (error is InvalidDataException or BadHttpRequestException or AntiforgeryValidationException { InnerException: not null })
        {
            await Refuse(
                    context,
                    StatusCodes.Status413PayloadTooLarge,
                    "Nothing was changed",
                    "The form holds more than the panel takes at once: select fewer than 1,000 patterns, or write shorter notes."
                )
                .ConfigureAwait(false);
            return;
        }

        await Refuse(
                context,
                StatusCodes.Status403Forbidden,
                "Nothing was changed",
                "The form does not come from this panel, or from before it was started again. Go back to the queue and try once more."
            )
            .ConfigureAwait(false);
    }

    private async Task SignInAsync(HttpContext context, string given)
    {
        if (!IsToken(given))
        {
            await RefuseLoginAsync(
                    context,
                    "a wrong token in the link",
                    "The link is out of date",
                    "It is from an earlier start. Open the one that was printed last."
                )
                .ConfigureAwait(false);
            return;
        }

        if (ownHost is not null && !context.Request.Host.Host.Equals(ownHost, StringComparison.OrdinalIgnoreCase))
        {
            await RefuseLoginAsync(
                    context,
                    "the link under another name",
                    "Open the link as it was printed",
                    "Under another name of this machine the browser would send its cookie to whatever else listens "
                        + "there. Where a browser does not know names that end in .localhost, start the panel with --urls."
                )
                .ConfigureAwait(false);
            return;
        }

        context.Response.Cookies.Append(CookieName, _sessions.Begin(), CookieFor(context));

        // A redirect would still count as coming from where the link was clicked, and a strict cookie would not be sent along. This page
        // goes on by itself.
        await PageEndpoints.SignedIn().ExecuteAsync(context).ConfigureAwait(false);
    }

    private async Task SignOutAsync(HttpContext context, string cookie)
    {
        _sessions.End(cookie);
        context.Response.Cookies.Delete(CookieName, CookieFor(context));
        await PageEndpoints
            .Message(StatusCodes.Status200OK, "You are out", "The printed link lets you in again, as long as the panel runs.")
            .ExecuteAsync(context)
            .ConfigureAwait(false);
    }

    private static CookieOptions CookieFor(HttpContext context) =>
        new()
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Path = "/",
            Secure = context.Request.IsHttps,
        };

    private Task RefuseLoginAsync(HttpContext context, string reason, string title, string text)
    {
        log?.Invoke($"{time.GetUtcNow():yyyy-MM-ddTHH:mm:ss'Z'} A login from {context.Connection.RemoteIpAddress} was refused: {reason}.");
        return Refuse(context, StatusCodes.Status401Unauthorized, title, text);
    }

    // A browser sends one, or, with a form that was typed in by hand, none.
    private static bool IsOwnOrigin(HttpRequest request) =>
        request.Headers.Origin.Count == 0
        || (request.Headers.Origin.Count == 1 && request.Headers.Origin[0] == $"{request.Scheme}://{request.Host}");

    private static Task Refuse(HttpContext context, int status, string title, string text) =>
        context.Request.Path.StartsWithSegments(ApiEndpoints.Path)
            ? Results.Problem(title: title, detail: text, statusCode: status).ExecuteAsync(context)
            : PageEndpoints.Message(status, title, text).ExecuteAsync(context);

    private bool IsToken(string given) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.ASCII.GetBytes(Token));
}

using System.Net;
using Microsoft.AspNetCore.Http;

namespace PatternAnalysis.Panel.Security;

/// <summary>
/// Answers only under names that can't be pointed at this machine by others: an address in digits, <c>localhost</c>, this machine's own
/// name, and the names of its URLs. A page elsewhere that has its own name resolve to this machine (DNS rebinding) is refused.
/// </summary>
internal sealed class HostRule
{
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase) { "localhost", Dns.GetHostName() };

    /// <summary>Reads the URLs that the panel listens on.</summary>
    /// <param name="urls">The URLs.</param>
    /// <param name="ownHost">The panel's own name, if it has one.</param>
    /// <exception cref="PatternAnalysisException"><c>InvalidUrl</c></exception>
    public HostRule(IEnumerable<string> urls, string? ownHost)
    {
        if (ownHost is not null)
            _names.Add(ownHost);
        foreach (var url in urls)
        {
            if (
                !Uri.TryCreate(url, UriKind.Absolute, out var address)
                || address.Scheme != Uri.UriSchemeHttp
                || address.PathAndQuery != "/"
            )
            {
                throw new PatternAnalysisException(
                    ErrorCatalogue.InvalidUrl,
                    $"The panel can't listen on '{url}'. Write http://HOST:PORT. For TLS put a proxy in front, or use a tunnel (ssh -L)."
                );
            }

            _names.Add(address.Host);
        }
    }

    public async Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        var host = context.Request.Host.Host;
        if (_names.Contains(host) || IPAddress.TryParse(host.Trim('[', ']'), out _))
        {
            await next(context).ConfigureAwait(false);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        await context.Response.WriteAsync("The panel does not answer under this name.").ConfigureAwait(false);
    }
}

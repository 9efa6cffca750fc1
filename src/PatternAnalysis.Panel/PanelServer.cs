using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PatternAnalysis.Panel.Api;
using PatternAnalysis.Panel.Pages;
using PatternAnalysis.Panel.Security;

namespace PatternAnalysis.Panel;

/// <summary>A running panel. Whoever has its <see cref="Link"/> may review; nobody else may read.</summary>
public sealed class PanelServer : IAsyncDisposable
{
    private const int LongestBody = 1 << 20;

    private readonly WebApplication _application;

    private PanelServer(WebApplication application, PanelAccess access, string? ownHost)
    {
        _application = application;
        Address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Origin = ownHost is null ? Address : $"http://{ownHost}:{new Uri(Address).Port}";
        Token = access.Token;
    }

    /// <summary>Where it listens.</summary>
    public string Address { get; }

    /// <summary>Where browsers open it: under a name that is new for each start, unless the caller said where it is reached.</summary>
    public string Origin { get; }

    /// <summary>What lets in: new for each start, kept in memory only. Programs send it as <c>Authorization: Bearer</c>.</summary>
    public string Token { get; }

    /// <summary>The address with the token: what a browser is to open.</summary>
    public string Link => $"{Origin}/?{PanelAccess.QueryKey}={Token}";

    /// <summary>Starts a panel.</summary>
    /// <exception cref="PatternAnalysisException"><c>InvalidUrl</c>, or <c>PortInUse</c>: something else listens there.</exception>
    public static async Task<PanelServer> StartAsync(PanelOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        string[] urls =
            options.Urls.Count > 0 ? [.. options.Urls] : [string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{options.Port}")];
        // Browsers take whatever ends in .localhost for this machine (RFC 6761).
        var ownHost = options.Urls.Count > 0 ? null : $"{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}.localhost";
        var hosts = new HostRule(urls, ownHost);
        var access = new PanelAccess(ownHost, options.Time, options.Log);

        // An empty builder: no settings file, environment variable or log of the machine changes how the panel listens.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder
            .WebHost.UseKestrelCore()
            .UseUrls(urls)
            .ConfigureKestrel(kestrel =>
            {
                kestrel.AddServerHeader = false;
                kestrel.Limits.MaxRequestBodySize = LongestBody;
            });
        builder.Services.AddRouting();
        builder.Services.AddRazorComponents();
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = PanelAccess.CookieName + "-form";
            antiforgery.SuppressXFrameOptionsHeader = true; // frame-ancestors says it
        });
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton<IHostLifetime, CallersLifetime>();

        var application = builder.Build();
        application.Use(SecurityHeaders.AddAsync);
        application.Use(hosts.CheckAsync);
        application.Use(access.CheckAsync);
        application.UseWhen(
            context => context.Request.Path.StartsWithSegments(ApiEndpoints.Path, StringComparison.OrdinalIgnoreCase),
            api => api.UseStatusCodePages(ApiEndpoints.ExplainAsync)
        );
        application.UseRouting();
        AssetEndpoints.Map(application);
        PageEndpoints.Map(application);
        ApiEndpoints.Map(application);
        application.MapFallback(() =>
            PageEndpoints.Message(StatusCodes.Status404NotFound, "There is no such page", "The address may be mistyped.")
        );
        try
        {
            await application.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or SocketException)
        {
            await application.DisposeAsync().ConfigureAwait(false);
            throw new PatternAnalysisException(
                ErrorCatalogue.PortInUse,
                $"The panel can't listen on {string.Join(", ", urls)}: {error.Message} "
                    + $"Give another --port, or --port 0 for any that is free.",
                error
            );
        }

        return new PanelServer(application, access, ownHost);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _application.DisposeAsync();

    /// <summary>Whoever started the panel ends it; the signals of the process are not the server's.</summary>
    private sealed class CallersLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

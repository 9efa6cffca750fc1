using System.Net;
using System.Net.Http.Headers;
using PatternAnalysis.Notification;

namespace PatternAnalysis.Delivery;

/// <summary>
/// Posts notifications to an HTTP address. TLS certificates are verified; redirections are not followed, because the secret would go with
/// them. A failure that may pass (no connection, time-out, 408, 429, 5xx) is tried again with growing waits.
/// </summary>
internal sealed class WebhookSink : INotificationSink
{
    private readonly WebhookSettings _settings;
    private readonly TrustedAuthority? _authority;
    private readonly RetryPolicy _retry;

    public WebhookSink(WebhookSettings settings, TrustedAuthority? authority = null, RetryPolicy? retry = null)
    {
        if (settings.Url is not { IsAbsoluteUri: true } url)
            throw Bad("The webhook has no address. Give its URL.");
        if (url.Scheme != Uri.UriSchemeHttps && !(url.Scheme == Uri.UriSchemeHttp && url.IsLoopback))
            throw Bad(
                "The webhook's address must begin with https:// (http:// only to this "
                    + "machine), or anybody on the way reads the patterns and the secret."
            );
        if (settings.TimeoutSeconds is < 1 or > 60)
            throw Bad("The webhook's time-out must lie between 1 and 60 seconds.");
        if (settings.Secret?.Any(character => character is < ' ' or > '~') == true)
            throw Bad("The webhook's secret holds a character that no header may hold.");
        _settings = settings;
        _authority = authority;
        _retry = retry ?? new RetryPolicy();
    }

    public string Name => nameof(SinkKind.Webhook);

    private string Host => $"{_settings.Url!.Scheme}://{_settings.Url.Authority}";

    public void Send(ReviewNotification notification, CancellationToken cancellationToken)
    {
        var body = WebhookBody.Write(notification, _settings.Format);
        using var client = NewClient();
        for (var attempt = 1; ; attempt++)
        {
            var failure = Try(client, notification, body, cancellationToken);
            if (failure is null)
                return;
            if (!failure.MayPass || attempt == _retry.Attempts)
                throw new PatternAnalysisException(
                    ErrorCatalogue.NotificationFailed,
                    $"The webhook at {Host} {failure.Message} ({attempt} "
                        + $"{(attempt == 1 ? "attempt" : "attempts")}). What it was to be told is kept for the next time."
                );
            if (cancellationToken.WaitHandle.WaitOne(_retry.DelayAfter(attempt, failure.RetryAfter)))
                cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private Failure? Try(HttpClient client, ReviewNotification notification, byte[] body, CancellationToken cancellationToken)
    {
        using var request = NewRequest(notification, body);
        try
        {
            using var response = client.Send(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return response.IsSuccessStatusCode
                ? null
                : new Failure(
                    $"answered {(int)response.StatusCode}",
                    MayPass(response.StatusCode),
                    RetryAfter(response.Headers.RetryAfter)
                );
        }
        catch (HttpRequestException error)
        {
            // Its message names the host at most; that of what caused it may say why TLS failed.
            return new Failure(
                $"can't be reached: {error.InnerException?.Message ?? error.Message}",
                error.HttpRequestError != HttpRequestError.SecureConnectionError
            );
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Failure($"did not answer within {_settings.TimeoutSeconds} seconds", MayPass: true);
        }
    }

    private HttpRequestMessage NewRequest(ReviewNotification notification, byte[] body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, _settings.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        request.Headers.UserAgent.Add(
            new ProductInfoHeaderValue("PatternAnalysis", typeof(WebhookSink).Assembly.GetName().Version?.ToString(3))
        );
        request.Headers.Add("Idempotency-Key", notification.NotificationId);
        if (_settings.Secret is { Length: > 0 } secret)
        {
            var value = _settings.SecretHeader.Equals("Authorization", StringComparison.OrdinalIgnoreCase) ? $"Bearer {secret}" : secret;
            if (!request.Headers.TryAddWithoutValidation(_settings.SecretHeader, value))
                throw Bad($"'{_settings.SecretHeader}' is no name of a header that a request can carry.");
        }

        return request;
    }

    private HttpClient NewClient()
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            MaxResponseDrainSize = 0, // of the answer only its status counts
            MaxResponseHeadersLength = 16,
        };
        if (_authority is { } authority)
            handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                authority.Accepts(certificate, chain, errors);
        return new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(_settings.TimeoutSeconds) };
    }

    private static bool MayPass(HttpStatusCode status) =>
        status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests || (int)status >= 500;

    private static TimeSpan? RetryAfter(RetryConditionHeaderValue? header) => header?.Delta ?? header?.Date - DateTimeOffset.UtcNow;

    private static PatternAnalysisException Bad(string message) => new(ErrorCatalogue.InvalidNotificationSettings, message);

    private sealed record Failure(string Message, bool MayPass, TimeSpan? RetryAfter = null);
}

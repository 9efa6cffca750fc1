using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PatternAnalysis.Delivery;

/// <summary>Certificate authorities that are trusted besides those of the system. Names, dates and the chain are checked as ever.</summary>
internal sealed class TrustedAuthority
{
    private readonly X509Certificate2Collection _certificates = [];

    private TrustedAuthority() { }

    /// <summary>Loads a PEM file.</summary>
    /// <exception cref="PatternAnalysisException">It can't be read.</exception>
    public static TrustedAuthority Load(string file)
    {
        try
        {
            var authority = new TrustedAuthority();
            authority._certificates.ImportFromPemFile(file);
            return authority._certificates.Count > 0
                ? authority
                : throw new PatternAnalysisException(
                    ErrorCatalogue.InvalidNotificationSettings,
                    $"The file '{file}' holds no certificate. Give a PEM file."
                );
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new PatternAnalysisException(
                ErrorCatalogue.InvalidNotificationSettings,
                $"The certificates of '{file}' can't be read: {error.Message} Give a PEM file.",
                error
            );
        }
    }

    /// <summary>Decides on a server's certificate.</summary>
    public bool Accepts(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
            return true;
        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is not X509Certificate2 server)
            return false;

        using var own = new X509Chain();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.CustomTrustStore.AddRange(_certificates);
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck; // an authority inside a company seldom publishes a list
        foreach (var element in chain?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
            own.ChainPolicy.ExtraStore.Add(element.Certificate);
        return own.Build(server);
    }
}

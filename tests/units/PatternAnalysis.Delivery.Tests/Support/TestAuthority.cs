using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PatternAnalysis.Delivery.Tests.Support;

/// <summary>A certificate authority of the test's own, and a server's certificate that it signed, by itself or through another.</summary>
internal sealed class TestAuthority : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pattern-analysis-ca-").FullName;

    public TestAuthority(string host = "localhost", bool hasIntermediate = false)
    {
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var root = AuthorityRequest("Test authority", rootKey)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        if (hasIntermediate)
        {
            using var intermediateKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            Intermediate = Sign(AuthorityRequest("Test authority below it", intermediateKey), root, intermediateKey);
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        if (host == "localhost")
            names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        Server = Sign(request, Intermediate ?? root, key);
        File = Path.Combine(_folder, "authority.pem");
        System.IO.File.WriteAllText(File, root.ExportCertificatePem());
    }

    /// <summary>The PEM file of the authority.</summary>
    public string File { get; }

    /// <summary>The authority that the first one signed, and that signed the server's certificate.</summary>
    public X509Certificate2? Intermediate { get; }

    /// <summary>The server's certificate with its key.</summary>
    public X509Certificate2 Server { get; }

    public void Dispose()
    {
        Server.Dispose();
        Intermediate?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static CertificateRequest AuthorityRequest(string name, ECDsa key)
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request;
    }

    private static X509Certificate2 Sign(CertificateRequest request, X509Certificate2 issuer, ECDsa key)
    {
        using var signed = request.Create(issuer, issuer.NotBefore, issuer.NotAfter, [1, 2, 3, 4]);
        using var withKey = signed.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
    }
}

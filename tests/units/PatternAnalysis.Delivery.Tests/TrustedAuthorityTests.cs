using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using PatternAnalysis.Delivery.Tests.Support;

namespace PatternAnalysis.Delivery.Tests;

/// <summary>Whose word is taken for a server.</summary>
public sealed class TrustedAuthorityTests : IDisposable
{
    private readonly TestAuthority _authority = new(hasIntermediate: true);
    private readonly string _file = Path.GetTempFileName();

    public void Dispose()
    {
        _authority.Dispose();
        File.Delete(_file);
    }

    [Fact]
    public void A_server_that_the_system_trusts_needs_nobody_else_who_vouches_for_it() =>
        Assert.True(TrustedAuthority.Load(_authority.File).Accepts(_authority.Server, null, SslPolicyErrors.None));

    [Fact]
    public void An_authority_vouches_through_another_that_it_signed_if_the_server_shows_its_certificate()
    {
        var trusted = TrustedAuthority.Load(_authority.File);
        using var chain = new X509Chain();
        chain.ChainPolicy.ExtraStore.Add(_authority.Intermediate!);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        Assert.False(chain.Build(_authority.Server));

        Assert.True(trusted.Accepts(_authority.Server, chain, SslPolicyErrors.RemoteCertificateChainErrors));
        Assert.False(trusted.Accepts(_authority.Server, null, SslPolicyErrors.RemoteCertificateChainErrors));
    }

    [Theory]
    [InlineData(SslPolicyErrors.RemoteCertificateNameMismatch)]
    [InlineData(SslPolicyErrors.RemoteCertificateNameMismatch | SslPolicyErrors.RemoteCertificateChainErrors)]
    [InlineData(SslPolicyErrors.RemoteCertificateNotAvailable)]
    public void It_vouches_for_no_other_name_and_for_nobody_without_a_certificate(SslPolicyErrors errors)
    {
        using var root = X509Certificate2.CreateFromPem(File.ReadAllText(_authority.File));

        Assert.False(TrustedAuthority.Load(_authority.File).Accepts(root, null, errors));
        Assert.True(TrustedAuthority.Load(_authority.File).Accepts(root, null, SslPolicyErrors.RemoteCertificateChainErrors));
        Assert.False(TrustedAuthority.Load(_authority.File).Accepts(null, null, SslPolicyErrors.RemoteCertificateChainErrors));
    }

    [Fact]
    public void A_file_without_a_certificate_makes_nobody_trusted()
    {
        File.WriteAllText(_file, "no certificate");

        Refuse(_file, $"The file '{_file}' holds no certificate. Give a PEM file.");
    }

    [Fact]
    public void A_file_that_is_not_there_or_that_is_broken_is_told_of()
    {
        Refuse(_file + ".none", $"The certificates of '{_file}.none' can't be read: ");
        File.WriteAllText(_file, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        Refuse(_file, $"The certificates of '{_file}' can't be read: ");
    }

    private static void Refuse(string file, string message)
    {
        var error = Assert.Throws<PatternAnalysisException>(() => TrustedAuthority.Load(file));
        Assert.Equal(ErrorCatalogue.InvalidNotificationSettings.Id, error.ErrorId);
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
        Assert.EndsWith("Give a PEM file.", error.Message, StringComparison.Ordinal);
    }
}

using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Teleprompter.Tests.Integration.Redis;

/// <summary>
/// A private certificate authority and a certificate that it issued for 127.0.0.1, as PEM files in a folder of their own.
/// </summary>
sealed class TestCertificates : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("redis-tls-");

    public TestCertificates()
    {
        var (from, until) = (DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Test authority", authorityKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        using var authority = request.CreateSelfSigned(from, until);

        using var serverKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        request = new CertificateRequest("CN=redis", serverKey, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var server = request.Create(authority, from, until, [1]);

        File.WriteAllText(Authority, authority.ExportCertificatePem());
        File.WriteAllText(Server, server.ExportCertificatePem());
        File.WriteAllText(ServerKey, serverKey.ExportPkcs8PrivateKeyPem());
    }

    public string Authority => Path.Combine(folder.FullName, "authority.pem");

    public string Server => Path.Combine(folder.FullName, "server.pem");

    public string ServerKey => Path.Combine(folder.FullName, "server.key");

    public void Dispose() => folder.Delete(recursive: true);
}

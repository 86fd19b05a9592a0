using System.Diagnostics;
using Teleprompter.Tests.Unit.Repository;

namespace Teleprompter.Tests.Unit.Deploy;

/// <summary>What the tools themselves say of their files; skipped where a tool is not installed.</summary>
[CancelAfter(30_000)]
public sealed class ToolTests
{
    [Test]
    public async Task Prometheus_takes_its_settings(CancellationToken cancellationToken) =>
        await Run("promtool", "check config prometheus/prometheus.yml", cancellationToken);

    [Test]
    public async Task Alerts_fire_when_they_should_and_not_before(CancellationToken cancellationToken) =>
        await Run("promtool", "test rules prometheus/alerts.test.yml", cancellationToken);

    [Test]
    public async Task Nginx_takes_its_settings(CancellationToken cancellationToken)
    {
        var prefix = Directory.CreateTempSubdirectory();
        try
        {
            // The names are those of compose, which nginx looks up at once.
            var settings = DeployFiles.Text("nginx.conf")
                .Replace("gateway-1", "127.0.0.1", StringComparison.Ordinal)
                .Replace("gateway-2", "127.0.0.2", StringComparison.Ordinal);
            var file = Path.Combine(prefix.FullName, "nginx.conf");
            await File.WriteAllTextAsync(file, settings, cancellationToken);
            await Run("nginx", $"-t -p {prefix.FullName}/ -c {file} -e stderr", cancellationToken);
        }
        finally
        {
            prefix.Delete(recursive: true);
        }
    }

    [Test]
    public async Task Kustomize_renders_every_overlay([Values("cpu", "gpu", "local")] string overlay, CancellationToken cancellationToken)
    {
        // Before 1.24, kubectl does not say its Kustomize's version, which is too old to know labels and replicas.
        if (!(await Run("kubectl", "version --client", cancellationToken)).Contains("Kustomize Version", StringComparison.Ordinal))
        {
            Assert.Ignore("kubectl is older than 1.24.");
        }

        var rendered = await Run("kubectl", $"kustomize k8s/overlays/{overlay}", cancellationToken);
        Assert.That(rendered, Does.Contain("name: gateway").And.Contain("name: worker"));
    }

    static async Task<string> Run(string tool, string arguments, CancellationToken cancellationToken)
    {
        var path = $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin".Split(':').Select(folder => Path.Combine(folder, tool))
            .FirstOrDefault(File.Exists);
        if (path is null)
        {
            Assert.Ignore($"{tool} is not installed.");
        }

        using var process = Process.Start(new ProcessStartInfo(path!, arguments)
        {
            UseShellExecute = false,
            WorkingDirectory = RepositoryFiles.Deploy,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var said = await Task.WhenAll(
            process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken));
        await process.WaitForExitAsync(cancellationToken);
        Assert.That(process.ExitCode, Is.Zero, string.Concat(said));
        return said[0];
    }
}

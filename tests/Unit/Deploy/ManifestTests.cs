using System.Globalization;
using System.Text.Json.Nodes;
using Teleprompter.Hosting.Lifecycle;
using Teleprompter.Tests.Unit.Repository;

namespace Teleprompter.Tests.Unit.Deploy;

/// <summary>What the files in <c>deploy</c> promise to a cluster and to compose.</summary>
public sealed class ManifestTests
{
    static readonly DrainOptions Drain = new();
    static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    [Test]
    public void Every_file_parses()
    {
        foreach (var file in DeployFiles.All(".", ".yaml", ".yml"))
        {
            Assert.That(DeployFiles.Documents(file), Is.Not.Empty, file);
        }

        foreach (var file in DeployFiles.All(".", ".json"))
        {
            Assert.That(JsonNode.Parse(DeployFiles.Text(file)), Is.Not.Null, file);
        }
    }

    [Test]
    public void Every_kustomization_finds_what_it_names_and_names_what_lies_beside_it()
    {
        foreach (var file in DeployFiles.All("k8s", ".yaml").Where(file => Path.GetFileName(file) == "kustomization.yaml"))
        {
            var folder = Path.Combine(RepositoryFiles.Deploy, Path.GetDirectoryName(file)!);
            var kustomization = DeployFiles.Documents(file).Single();
            string[] named =
            [
                .. DeployFiles.Items(DeployFiles.At(kustomization, "resources")).Select(resource => resource.ToString()),
                .. DeployFiles.Items(DeployFiles.At(kustomization, "patches")).Select(patch => DeployFiles.Text(patch, "path")!),
            ];
            foreach (var name in named)
            {
                var path = Path.Combine(folder, name);
                Assert.That(File.Exists(path) || File.Exists(Path.Combine(path, "kustomization.yaml")), $"{file} names {name}");
            }

            Assert.That(
                Directory.EnumerateFiles(folder, "*.yaml").Select(Path.GetFileName).Except(["kustomization.yaml"], StringComparer.Ordinal),
                Is.SubsetOf(named), $"{file} leaves a file out");
        }
    }

    [Test]
    public void What_refers_to_an_object_finds_one()
    {
        var deployments = DeployFiles.Objects("Deployment").Select(deployment => DeployFiles.Text(deployment.Object, "metadata", "name"))
            .ToHashSet(StringComparer.Ordinal);
        foreach (var (file, scaler) in DeployFiles.Objects("HorizontalPodAutoscaler").Concat(DeployFiles.Objects("ScaledObject")))
        {
            Assert.That(deployments, Does.Contain(DeployFiles.Text(scaler, "spec", "scaleTargetRef", "name")), file);
        }

        foreach (var (file, budget) in DeployFiles.Objects("PodDisruptionBudget"))
        {
            Assert.That(deployments, Does.Contain(DeployFiles.Text(budget, "spec", "selector", "matchLabels", "app")), file);
        }

        foreach (var (file, service) in DeployFiles.Objects("Service"))
        {
            Assert.That(deployments, Does.Contain(DeployFiles.Text(service, "spec", "selector", "app")), file);
        }
    }

    [Test]
    public void A_process_has_time_to_drain_before_it_is_killed()
    {
        // Notice and Spread are spent within Within; a gateway whose Spread is set longer must still fit.
        var atMost = Max(Drain.Within, Drain.Notice + Drain.Spread);
        foreach (var (file, pod, container) in DeployFiles.OurContainers())
        {
            var before = TimeSpan.FromSeconds(Number(DeployFiles.At(container, "lifecycle", "preStop", "sleep", "seconds")) ?? 0);
            var grace = TimeSpan.FromSeconds(Number(DeployFiles.At(pod, "terminationGracePeriodSeconds")) ?? 30);
            Assert.That(grace, Is.GreaterThanOrEqualTo(before + atMost + Drain.Notice + Drain.Spread + Margin), file);
        }

        foreach (var (name, service) in ComposeServices())
        {
            var grace = TimeSpan.FromSeconds(
                int.Parse(DeployFiles.Text(service, "stop_grace_period")!.TrimEnd('s'), CultureInfo.InvariantCulture));
            Assert.That(grace, Is.GreaterThanOrEqualTo(atMost + Margin), name);
        }
    }

    [Test]
    public void Probes_ask_for_our_health_pages_on_a_port_that_is_listened_on()
    {
        var count = 0;
        foreach (var (file, _, container) in DeployFiles.OurContainers())
        {
            var image = DeployFiles.Text(container, "image")!.Split('/')[1];
            var ports = DeployFiles.Items(DeployFiles.At(container, "ports"))
                .ToDictionary(
                    port => DeployFiles.Text(port, "name")!, port => DeployFiles.Text(port, "containerPort")!, StringComparer.Ordinal);
            var probes = new[]
            {
                ("startupProbe", "/health/ready"), ("livenessProbe", "/health/live"), ("readinessProbe", "/health/ready"),
            };
            foreach (var (probe, path) in probes)
            {
                Assert.That(DeployFiles.Text(container, probe, "httpGet", "path"), Is.EqualTo(path), $"{file} {probe}");
                var port = ports[DeployFiles.Text(container, probe, "httpGet", "port")!];
                Assert.That(DeployFiles.Text($"{image}.Containerfile"), Does.Contain($"http://0.0.0.0:{port}"), $"{file} {probe}");
                count++;
            }
        }

        Assert.That(count, Is.EqualTo(6));
    }

    [Test]
    public void No_pod_runs_as_root_or_writes_to_its_root()
    {
        foreach (
            var (file, deployment) in DeployFiles.Objects("Deployment")
                .Where(deployment => !deployment.File.Contains("gpu", StringComparison.Ordinal)))
        {
            var pod = DeployFiles.At(deployment, "spec", "template", "spec");
            Assert.That(DeployFiles.Text(pod, "securityContext", "runAsNonRoot"), Is.EqualTo("true"), file);
            foreach (var container in DeployFiles.Items(DeployFiles.At(pod, "containers")))
            {
                Assert.That(DeployFiles.Text(container, "securityContext", "readOnlyRootFilesystem"), Is.EqualTo("true"), file);
                Assert.That(DeployFiles.Text(container, "securityContext", "allowPrivilegeEscalation"), Is.EqualTo("false"), file);
            }
        }

        foreach (var file in DeployFiles.All(".", ".Containerfile"))
        {
            Assert.That(DeployFiles.Text(file), Does.Match("(?m)^USER (\\$APP_UID|1654)$"), file);
        }
    }

    [Test]
    public void Secrets_are_referred_to_and_never_written_down()
    {
        Assert.That(DeployFiles.Objects("Secret"), Is.Empty);
        foreach (var (file, _, container) in DeployFiles.OurContainers())
        {
            foreach (
                var setting in DeployFiles.Items(DeployFiles.At(container, "env"))
                    .Where(setting => IsSecret(DeployFiles.Text(setting, "name")!)))
            {
                Assert.That(DeployFiles.At(setting, "valueFrom", "secretKeyRef"), Is.Not.Null, $"{file} {setting}");
            }
        }

        foreach (var (file, name, _) in DeploySettings.Literals())
        {
            Assert.That(IsSecret(name), Is.False, $"{file} {name}");
        }

        foreach (var (name, service) in ComposeServices())
        {
            foreach (var (setting, value) in (JsonObject)service["environment"]!)
            {
                Assert.That(!IsSecret(setting) || value!.ToString().Contains("${", StringComparison.Ordinal), $"{name} {setting}");
            }
        }
    }

    [Test]
    public void Every_setting_is_one_that_we_have()
    {
        var settings = DeploySettings.All().ToArray();
        Assert.That(settings, Has.Length.GreaterThan(15));
        foreach (var (file, name, value) in settings)
        {
            Assert.That(() => DeploySettings.Check(name, value), Throws.Nothing, $"{file}: {name}");
        }

        Assert.That(() => DeploySettings.Check("Admission__Slotz", "8"), Throws.InvalidOperationException, "the check itself");
    }

    [Test]
    public void Metrics_have_a_port_of_their_own_that_is_listened_on_and_kept_from_clients()
    {
        foreach (var file in DeployFiles.All(".", ".Containerfile").Where(file => !file.StartsWith("scripted", StringComparison.Ordinal)))
        {
            Assert.That(DeployFiles.Text(file), Does.Contain("http://0.0.0.0:9464").And.Contain("OpenTelemetry__MetricsPort=9464"), file);
        }

        Assert.That(
            DeployFiles.Objects("Service").SelectMany(service => DeployFiles.Items(DeployFiles.At(service.Object, "spec", "ports")))
                .Select(port => DeployFiles.Text(port, "targetPort")),
            Has.None.EqualTo("metrics"));
        Assert.That(DeployFiles.Text("nginx.conf"), Does.Contain("location = /metrics"));
    }

    [Test]
    public void Every_alert_has_a_runbook_and_every_runbook_an_alert()
    {
        var alerts = (from @group in DeployFiles.Items(DeployFiles.Documents("prometheus/alerts.yml").Single()["groups"])
                      from rule in DeployFiles.Items(@group["rules"])
                      select (Name: DeployFiles.Text(rule, "alert")!, Runbook: DeployFiles.Text(rule, "annotations", "runbook"))).ToArray();
        var sections = DeployFiles.Text("runbooks.md").Split('\n').Where(line => line.StartsWith("## ", StringComparison.Ordinal))
            .Select(line => line[3..]);
        Assert.That(sections, Is.EquivalentTo(alerts.Select(alert => alert.Name)));
        foreach (var (name, runbook) in alerts)
        {
            Assert.That(runbook, Is.EqualTo($"deploy/runbooks.md#{name.ToLowerInvariant()}"));
        }
    }

    static IEnumerable<(string Name, JsonNode Service)> ComposeServices() =>
        from service in (JsonObject)DeployFiles.Documents("compose.yaml").Single()["services"]!
        where service.Key is "gateway-1" or "gateway-2" or "worker"
        select (service.Key, service.Value);

    static bool IsSecret(string name) => name.StartsWith("ConnectionStrings__", StringComparison.Ordinal)
        || name.EndsWith("Key", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith("Secret", StringComparison.OrdinalIgnoreCase)
        || name.Contains("password", StringComparison.OrdinalIgnoreCase);

    static double? Number(JsonNode? node) => node is null ? null : double.Parse(node.ToString(), CultureInfo.InvariantCulture);

    static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}

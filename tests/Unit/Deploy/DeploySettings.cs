using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Teleprompter.Bus;
using Teleprompter.Gateway.Hosting;
using Teleprompter.Gateway.SignIn;
using Teleprompter.Hosting.Lifecycle;
using Teleprompter.Hosting.Telemetry;
using Teleprompter.InferenceWorker.Admission;
using Teleprompter.InferenceWorker.Answering;
using Teleprompter.InferenceWorker.ContextAssembly;
using Teleprompter.InferenceWorker.Models;
using Teleprompter.InferenceWorker.Playbook;

namespace Teleprompter.Tests.Unit.Deploy;

/// <summary>The settings of gateways and workers that the files in <c>deploy</c> name.</summary>
static partial class DeploySettings
{
    static readonly Dictionary<string, Type> Sections = new(StringComparer.Ordinal)
    {
        [GatewayOptions.Section] = typeof(GatewayOptions),
        [SignInOptions.Section] = typeof(SignInOptions),
        [CallStoreOptions.Section] = typeof(CallStoreOptions),
        [DrainOptions.Section] = typeof(DrainOptions),
        [OpenTelemetryOptions.Section] = typeof(OpenTelemetryOptions),
        [ModelOptions.Section] = typeof(ModelOptions),
        [AdmissionOptions.Section] = typeof(AdmissionOptions),
        [CoalescingOptions.Section] = typeof(CoalescingOptions),
        [ContextOptions.Section] = typeof(ContextOptions),
        [PlaybookOptions.Section] = typeof(PlaybookOptions),
    };

    static readonly string[] Others = ["ConnectionStrings__Redis", "Urls", "AllowedHosts", "DOTNET_EnableDiagnostics", "PATH"];

    /// <summary>Every one, with its file; the value is null where it comes from elsewhere.</summary>
    public static IEnumerable<(string File, string Name, string? Value)> All() =>
    [
        .. Literals(),
        .. from our in DeployFiles.OurContainers()
           from setting in DeployFiles.Items(DeployFiles.At(our.Container, "env"))
           select (our.File, DeployFiles.Text(setting, "name"), DeployFiles.Text(setting, "value")),
        .. from service in (JsonObject)DeployFiles.Documents("compose.yaml").Single()["services"]!
           where service.Key is "gateway-1" or "gateway-2" or "worker"
           from setting in (JsonObject)service.Value!["environment"]!
           let value = setting.Value!.ToString()
           select ("compose.yaml", setting.Key, value.Contains("${", StringComparison.Ordinal) ? null : value),
        .. from file in DeployFiles.All(".", ".Containerfile")
           from line in DeployFiles.Text(file).Split('\n')
           where line.StartsWith("ENV ", StringComparison.Ordinal)
           from Match setting in Assignment().Matches(line)
           select (file, setting.Groups["name"].Value, setting.Groups["value"].Value.Trim('"')),
    ];

    /// <summary>Those that the kustomizations write into config maps.</summary>
    public static IEnumerable<(string File, string Name, string? Value)> Literals() =>
        from file in DeployFiles.All("k8s", ".yaml")
        from document in DeployFiles.Documents(file)
        from generator in DeployFiles.Items(DeployFiles.At(document, "configMapGenerator"))
        from literal in DeployFiles.Items(DeployFiles.At(generator, "literals"))
        let parts = literal.ToString().Split('=', 2)
        select (file, parts[0], (string?)parts[1]);

    /// <summary>Binds a setting to the options that have it.</summary>
    /// <exception cref="InvalidOperationException">There is no such setting, or it cannot have this value.</exception>
    public static void Check(string name, string? value)
    {
        if (Others.Contains(name, StringComparer.Ordinal))
        {
            return;
        }

        var parts = name.Split("__", 2);
        if (!Sections.TryGetValue(parts[0], out var type) || parts.Length < 2)
        {
            throw new InvalidOperationException($"No options have {name}.");
        }

        if (value is null)
        {
            if (type.GetProperty(parts[1]) is null)
            {
                throw new InvalidOperationException($"{type.Name} has no {parts[1]}.");
            }

            return;
        }

        new ConfigurationBuilder()
            .AddInMemoryCollection([new(parts[1].Replace("__", ":", StringComparison.Ordinal), value)])
            .Build()
            .Get(type, binder => binder.ErrorOnUnknownConfiguration = true);
    }

    [GeneratedRegex("(?<name>[A-Za-z_]+)=(?<value>\"[^\"]*\"|\\S+)", RegexOptions.NonBacktracking)]
    private static partial Regex Assignment();
}

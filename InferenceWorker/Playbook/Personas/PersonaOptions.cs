using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Teleprompter.InferenceWorker.Playbook.Personas;

/// <summary>Section <c>Personas</c> of the configuration: <c>{ "Folder": "personas" }</c>.</summary>
public sealed class PersonaOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Personas";

    /// <summary>
    /// The folder of personas. A relative path is resolved against the content root first, then against the program's folder.
    /// </summary>
    public string Folder { get; set; } = "personas";

    /// <summary>Where <see cref="Folder"/> is, as a full path; null when there is no such folder.</summary>
    public string? Resolve(string contentRoot) => MarkdownFolder.Find(contentRoot, Folder);

    /// <summary>Refuses to start with a folder that is not there.</summary>
    internal sealed class Validator(IHostEnvironment host) : IValidateOptions<PersonaOptions>
    {
        public ValidateOptionsResult Validate(string? name, PersonaOptions options) =>
            options.Resolve(host.ContentRootPath) is null
                ? ValidateOptionsResult.Fail(
                    $"Personas:Folder '{options.Folder}' is neither below '{host.ContentRootPath}' nor below '{AppContext.BaseDirectory}'. "
                    + "Create it, or remove the setting to use the shipped personas.")
                : ValidateOptionsResult.Success;
    }
}

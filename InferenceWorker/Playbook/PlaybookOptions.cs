using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Teleprompter.InferenceWorker.Playbook;

/// <summary>Section <c>Playbook</c> of the configuration: <c>{ "Folder": "playbook" }</c>.</summary>
public sealed class PlaybookOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Playbook";

    /// <summary>
    /// The folder of cards. A relative path is resolved against the content root first, then against the program's folder.
    /// </summary>
    public string Folder { get; set; } = "playbook";

    /// <summary>
    /// The folder of the team's own notes, Markdown in any form; resolved like <see cref="Folder"/>. Empty for none. Its passages are
    /// found by meaning alone.
    /// </summary>
    public string Notes { get; set; } = "";

    /// <summary>How what was said is compared with the cards' examples.</summary>
    public PlaybookMatcher Matcher { get; set; } = PlaybookMatcher.Meaning;

    /// <summary>
    /// The file that keeps the vectors of examples from one start to the next; workers may share it. Empty for none: then every start
    /// embeds all examples, and matches by words alone for some seconds.
    /// </summary>
    public string Vectors { get; set; } = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        "teleprompter",
        "card-vectors.bin");

    /// <summary>Where <see cref="Folder"/> is, as a full path; null when there is no such folder.</summary>
    public string? Resolve(string contentRoot) => MarkdownFolder.Find(contentRoot, Folder);

    /// <summary>Where <see cref="Notes"/> is, as a full path; null when there is no such folder.</summary>
    public string? ResolveNotes(string contentRoot) => Notes.Length == 0 ? null : MarkdownFolder.Find(contentRoot, Notes);

    /// <summary>Refuses to start without a folder of cards.</summary>
    internal sealed class Validator(IHostEnvironment host) : IValidateOptions<PlaybookOptions>
    {
        public ValidateOptionsResult Validate(string? name, PlaybookOptions options) =>
            string.IsNullOrWhiteSpace(options.Folder) ? ValidateOptionsResult.Fail(
                "Playbook:Folder is empty. Name the folder of your cards, or remove the setting to use the shipped ones.")
            : options.Resolve(host.ContentRootPath) is null ? ValidateOptionsResult.Fail(
                $"Playbook:Folder '{options.Folder}' is neither below '{host.ContentRootPath}' nor below '{AppContext.BaseDirectory}'. "
                + "Create it, or set Playbook:Folder to the folder of your cards.")
            : options.Notes.Length > 0 && options.ResolveNotes(host.ContentRootPath) is null ? ValidateOptionsResult.Fail(
                $"Playbook:Notes '{options.Notes}' is neither below '{host.ContentRootPath}' nor below '{AppContext.BaseDirectory}'. "
                + "Create it, or remove the setting.")
            : !Enum.IsDefined(options.Matcher) ? ValidateOptionsResult.Fail(
                $"Playbook:Matcher is '{options.Matcher}'. Set it to meaning, or to words.")
            : ValidateOptionsResult.Success;
    }
}

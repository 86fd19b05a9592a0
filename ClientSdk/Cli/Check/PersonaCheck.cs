using Teleprompter.InferenceWorker.Playbook.Personas;

namespace Teleprompter.Cli.Check;

/// <summary>Reads a folder of personas as a worker does, and reports the file and line of every error.</summary>
static class PersonaCheck
{
    /// <exception cref="InputException">There is no such folder.</exception>
    public static void Run(string root, Action<CheckStep> report)
    {
        var folder = new PersonaFolder(root);
        var personas = folder.Scan() ?? throw new InputException($"--personas: there is no folder {root}.");
        foreach (var persona in personas)
        {
            report(new CheckStep("persona", Ok: true, null, $"{persona.Id}: {persona.Name}, {persona.Role} at {persona.Company}"));
        }

        foreach (var error in folder.Errors)
        {
            report(new CheckStep("persona", Ok: false, null, $"{error}"));
        }

        if (personas.Count == 0 && folder.Errors.Count == 0)
        {
            report(new CheckStep("persona", Ok: false, null, $"{root} holds no personas. Add a file such as 'finance-director.md'."));
        }
    }
}

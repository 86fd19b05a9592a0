using System.Runtime.CompilerServices;

namespace Teleprompter.Tests.EndToEnd;

/// <summary>These tests and the processes they start match cards by words alone: loading the model would cost each of them a
/// second.</summary>
static class WordsAlone
{
#pragma warning disable CA2255 // The setting must be there before the first fixture starts a process.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Set() => Environment.SetEnvironmentVariable("Playbook__Matcher", "words");
}

using System.Runtime.InteropServices;

namespace Teleprompter.InferenceWorker.Playbook.Matching;

/// <summary>One feature of a text.</summary>
/// <param name="Weight">How much it counts, 0 to 1.</param>
[StructLayout(LayoutKind.Auto)]
readonly record struct Feature(ulong Hash, float Weight);

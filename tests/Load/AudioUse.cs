namespace Teleprompter.Tests.Load;

/// <summary>Who used the processors while voices streamed.</summary>
/// <param name="Gateway">The gateway.</param>
/// <param name="Worker">The worker.</param>
/// <param name="Redis">Redis between the two.</param>
/// <param name="Client">The load client and the transcriber, which share the machine.</param>
/// <param name="Machine">The machine.</param>
sealed record AudioUse(ProcessUse Gateway, ProcessUse Worker, ProcessUse Redis, ProcessUse Client, MachineUse Machine);

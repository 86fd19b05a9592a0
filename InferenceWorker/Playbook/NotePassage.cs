namespace Teleprompter.InferenceWorker.Playbook;

/// <summary>A passage of a team's own notes.</summary>
/// <param name="Source">Its page and heading, as a rep would look it up.</param>
/// <param name="Text">A few sentences, on one line.</param>
public sealed record NotePassage(string Source, string Text);

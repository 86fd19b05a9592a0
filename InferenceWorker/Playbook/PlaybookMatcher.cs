namespace Teleprompter.InferenceWorker.Playbook;

/// <summary>How what was said is compared with the cards' examples.</summary>
public enum PlaybookMatcher
{
    /// <summary>By meaning and words: needs the model beside the program, some milliseconds a sentence and about 170 MB.</summary>
    Meaning,

    /// <summary>By words alone.</summary>
    Words,
}
